import * as z from 'zod';
import { institutionOf, roles } from '../auth/actor.ts';
import { listPage } from '../auth/list-page.ts';
import { standing } from '../auth/store.ts';
import { revisionTag } from '../etag.ts';
import { lazily } from '../lazily.ts';
import { pageQuery } from '../paging.ts';
import { Problem } from '../problem.ts';
import { route } from '../route.ts';
import { auditApi } from './audit-api.ts';
import { changeCourse, changeCourseSchema, courseBody, createCourse, createCourseSchema } from './courses.ts';
import { type Dated, extensionSchema, setDates, windowBody, windowReturnedSchema, windowSchema } from './dates.ts';
import { changePerson, changePersonSchema, enrolPerson, enrolPersonSchema, personBody } from './roster.ts';
import { findCourse, findPerson, listCourses, listPeople, listWindows } from './store.ts';

const courseSchema = lazily(() =>
  z
    .object({
      id: z.string(),
      name: z.string(),
      timeZone: z.string(),
      ruleSet: z.string(),
      holdFirstPosts: z.boolean(),
    })
    .meta({ id: 'Course' }),
);
const personSchema = lazily(() =>
  z
    .object({ id: z.string(), externalId: z.string(), name: z.string().nullable(), role: z.enum(roles) })
    .meta({ id: 'Person' }),
);
const enrolledSchema = lazily(() => personSchema().extend({ withdrawn: z.boolean() }).meta({ id: 'EnrolledPerson' }));
const kinds = ['unit', 'prompt', 'criterion'] as const;

const datedOf = (params: { kind: string; activity: string }): Dated => {
  const kind = kinds.find((one) => one === params.kind);
  if (!kind) throw new Problem('content-not-found');
  return { kind, activity: params.activity, personId: '' };
};

export const coursesApi = [
  route({
    method: 'post',
    path: '/v1/courses',
    title: 'Make a course',
    action: 'courses:create',
    body: createCourseSchema,
    returns: () => ({ 201: courseSchema() }),
    handle: async ({ deps, actor, once, body }) => ({ status: 201, ...(await createCourse(deps, actor, once, body)) }),
  }),
  route({
    method: 'get',
    path: '/v1/courses',
    title: "The institution's courses",
    action: 'courses:list',
    query: pageQuery,
    returns: () => ({ 200: z.object({ items: z.array(courseSchema()) }) }),
    handle: async (call) => {
      const { items, link } = await listPage(call, { list: 'courses', action: 'courses:list' }, listCourses);
      return { status: 200, body: { items: items.map(courseBody) }, headers: { link } };
    },
  }),
  route({
    method: 'get',
    path: '/v1/courses/{course}',
    title: 'A course and its dates',
    action: 'course:read',
    returns: () => ({
      200: courseSchema()
        .extend({ schedule: z.array(windowReturnedSchema()) })
        .meta({ id: 'CourseWithSchedule' }),
    }),
    handle: async ({ deps, actor, params }) => {
      const institutionId = institutionOf(actor);
      const db = deps.dbFor(institutionId);
      const [, [row], windows] = await db.batch([
        standing(db, actor, 'course:read', params.course),
        findCourse(db, institutionId, params.course),
        listWindows(db, { institutionId, courseId: params.course }, ''),
      ]);
      if (!row) throw new Problem('course-not-found');
      const body = { ...courseBody(row), schedule: windows.map(windowBody) };
      return { status: 200, body, headers: { etag: revisionTag(row.revision) } };
    },
  }),
  route({
    method: 'patch',
    path: '/v1/courses/{course}',
    title: "Rename a course, move its time zone, or hold everybody's first posts for the staff",
    action: 'course:change',
    ifMatch: true,
    body: changeCourseSchema,
    returns: () => ({ 200: courseSchema() }),
    handle: async ({ deps, actor, params, ifMatch, body }) => {
      const row = await changeCourse(deps, actor, params.course, ifMatch!, body);
      return { status: 200, body: courseBody(row), headers: { etag: revisionTag(row.revision) } };
    },
  }),
  route({
    method: 'put',
    path: '/v1/courses/{course}/schedule/{kind}/{activity}',
    title:
      'When a unit, a prompt or one criterion (prompt:criterion) opens, is due and closes; a date left out is taken away',
    action: 'course:change',
    body: windowSchema,
    returns: () => ({ 200: windowReturnedSchema() }),
    handle: async ({ deps, actor, params, body }) => {
      const dated = datedOf(params);
      await setDates(deps, actor, params.course, dated, body);
      return { status: 200, body: windowBody({ ...dated, ...body }) };
    },
  }),
  route({
    method: 'delete',
    path: '/v1/courses/{course}/schedule/{kind}/{activity}',
    title: 'Take the dates of an activity away',
    action: 'course:change',
    returns: () => ({ 204: null }),
    handle: async ({ deps, actor, params }) => {
      await setDates(deps, actor, params.course, datedOf(params), null);
      return { status: 204 };
    },
  }),
  route({
    method: 'post',
    path: '/v1/courses/{course}/people',
    title: 'Enrol a person, or bring them up to date',
    action: 'people:enrol',
    body: enrolPersonSchema,
    returns: () => ({ 200: personSchema(), 201: personSchema() }),
    handle: ({ deps, actor, params, once, body }) => enrolPerson(deps, actor, params.course, once, body),
  }),
  route({
    method: 'get',
    path: '/v1/courses/{course}/people',
    title: 'Who is in the course',
    action: 'people:read',
    query: pageQuery,
    returns: () => ({ 200: z.object({ items: z.array(enrolledSchema()) }) }),
    handle: async (call) => {
      const courseId = call.params.course;
      const at = { list: `people ${courseId}`, action: 'people:read', courseId } as const;
      const { items, link } = await listPage(call, at, (db, institutionId, after, limit) =>
        listPeople(db, { institutionId, courseId }, after, limit),
      );
      return { status: 200, body: { items: items.map(personBody) }, headers: { link } };
    },
  }),
  route({
    method: 'get',
    path: '/v1/courses/{course}/people/{person}',
    title: 'A person in the course, with their extensions',
    action: 'people:read',
    returns: () => ({
      200: enrolledSchema()
        .extend({ extensions: z.array(windowReturnedSchema()) })
        .meta({ id: 'PersonWithExtensions' }),
    }),
    handle: async ({ deps, actor, params }) => {
      const at = { institutionId: institutionOf(actor), courseId: params.course };
      const db = deps.dbFor(at.institutionId);
      const [, [row], windows] = await db.batch([
        standing(db, actor, 'people:read', params.course),
        findPerson(db, at, params.person),
        listWindows(db, at, params.person),
      ]);
      if (!row) throw new Problem('person-not-found');
      const extensions = windows.filter(({ personId }) => personId !== '').map(windowBody);
      return { status: 200, body: { ...personBody(row), extensions }, headers: { etag: revisionTag(row.revision) } };
    },
  }),
  route({
    method: 'patch',
    path: '/v1/courses/{course}/people/{person}',
    title: "Change a person's name or role, withdraw or restore them",
    action: 'people:change',
    ifMatch: true,
    body: changePersonSchema,
    returns: () => ({ 200: enrolledSchema() }),
    handle: async ({ deps, actor, params, ifMatch, body }) => {
      const row = await changePerson(deps, actor, params.course, params.person, ifMatch!, body);
      return { status: 200, body: personBody(row), headers: { etag: revisionTag(row.revision) } };
    },
  }),
  route({
    method: 'put',
    path: '/v1/courses/{course}/people/{person}/extensions/{unit}',
    title: 'Give a person more time for a unit',
    action: 'people:change',
    body: extensionSchema,
    returns: () => ({ 200: windowReturnedSchema() }),
    handle: async ({ deps, actor, params, body: { reason, ...dates } }) => {
      const dated = { kind: 'unit', activity: params.unit, personId: params.person } as const;
      const window = { opensAt: null, ...dates };
      await setDates(deps, actor, params.course, dated, window, reason);
      return { status: 200, body: windowBody({ ...dated, ...window }) };
    },
  }),
  route({
    method: 'delete',
    path: '/v1/courses/{course}/people/{person}/extensions/{unit}',
    title: "Take a person's extension back",
    action: 'people:change',
    returns: () => ({ 204: null }),
    handle: async ({ deps, actor, params }) => {
      const dated = { kind: 'unit', activity: params.unit, personId: params.person } as const;
      await setDates(deps, actor, params.course, dated, null);
      return { status: 204 };
    },
  }),
  ...auditApi,
];
