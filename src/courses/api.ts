import * as z from 'zod';
import { institutionOf, roles } from '../auth/actor.ts';
import { standing } from '../auth/store.ts';
import { revisionTag } from '../etag.ts';
import { pageOf, pageQuery, readCursor } from '../paging.ts';
import { Problem } from '../problem.ts';
import { route } from '../route.ts';
import {
  changeCourse,
  changeCourseSchema,
  courseBody,
  createCourse,
  createCourseSchema,
  extensionSchema,
  setWindow,
  windowBody,
  windowSchema,
} from './courses.ts';
import { changePerson, changePersonSchema, enrolPerson, enrolPersonSchema, personBody } from './roster.ts';
import { findCourse, findPerson, listCourses, listPeople, listWindows } from './store.ts';

const courseSchema = z
  .object({ id: z.string(), name: z.string(), timeZone: z.string(), ruleSet: z.string() })
  .meta({ id: 'Course' });
const personSchema = z
  .object({ id: z.string(), externalId: z.string(), name: z.string().nullable(), role: z.enum(roles) })
  .meta({ id: 'Person' });
const enrolledSchema = personSchema.extend({ withdrawn: z.boolean() }).meta({ id: 'EnrolledPerson' });
const time = z.iso.datetime().nullable();
const windowReturned = z
  .object({
    kind: z.enum(['unit', 'prompt', 'criterion']),
    activity: z.string(),
    opensAt: time,
    dueAt: time,
    closesAt: time,
  })
  .meta({ id: 'ActivityWindow' });

export const coursesApi = [
  route({
    method: 'post',
    path: '/v1/courses',
    title: 'Make a course',
    action: 'courses:create',
    body: createCourseSchema,
    returns: { 201: courseSchema },
    handle: async ({ deps, actor, once, body }) => ({ status: 201, ...(await createCourse(deps, actor, once, body)) }),
  }),
  route({
    method: 'get',
    path: '/v1/courses',
    title: "The institution's courses",
    action: 'courses:list',
    query: pageQuery,
    returns: { 200: z.object({ items: z.array(courseSchema) }) },
    handle: async ({ deps, actor, query, url }) => {
      const institutionId = institutionOf(actor);
      const secret = deps.config.sessionSecret;
      const after = await readCursor(secret, 'courses', query.cursor);
      const db = deps.dbFor(institutionId);
      const [, rows] = await db.batch([
        standing(db, actor, 'courses:list'),
        listCourses(db, institutionId, after, query.limit),
      ]);
      const { items, link } = await pageOf(secret, 'courses', url, rows, query.limit, (row) => ({
        at: row.createdAt,
        id: row.id,
      }));
      return { status: 200, body: { items: items.map(courseBody) }, headers: { link } };
    },
  }),
  route({
    method: 'get',
    path: '/v1/courses/{course}',
    title: 'A course and its dates',
    action: 'course:read',
    returns: { 200: courseSchema.extend({ schedule: z.array(windowReturned) }).meta({ id: 'CourseWithSchedule' }) },
    handle: async ({ deps, actor, params }) => {
      const institutionId = institutionOf(actor);
      const db = deps.dbFor(institutionId);
      const [, [row], windows] = await db.batch([
        standing(db, actor, 'course:read', params.course),
        findCourse(db, institutionId, params.course),
        listWindows(db, params.course, ''),
      ]);
      if (!row) throw new Problem('course-not-found');
      const body = { ...courseBody(row), schedule: windows.map(windowBody) };
      return { status: 200, body, headers: { etag: revisionTag(row.revision) } };
    },
  }),
  route({
    method: 'patch',
    path: '/v1/courses/{course}',
    title: 'Rename a course or move its time zone',
    action: 'course:change',
    ifMatch: true,
    body: changeCourseSchema,
    returns: { 200: courseSchema },
    handle: async ({ deps, actor, params, ifMatch, body }) => {
      const row = await changeCourse(deps, actor, params.course, ifMatch!, body);
      return { status: 200, body: courseBody(row), headers: { etag: revisionTag(row.revision) } };
    },
  }),
  route({
    method: 'put',
    path: '/v1/courses/{course}/schedule/{kind}/{activity}',
    title: 'When a unit, a prompt or one criterion (prompt:criterion) opens, is due and closes',
    action: 'course:change',
    body: windowSchema,
    returns: { 200: windowReturned },
    handle: async ({ deps, actor, params, body }) => {
      const row = { kind: params.kind, activity: params.activity, personId: '', ...body };
      if (!['unit', 'prompt', 'criterion'].includes(row.kind)) throw new Problem('content-not-found');
      await setWindow(deps, actor, params.course, row);
      return { status: 200, body: windowBody(row) };
    },
  }),
  route({
    method: 'post',
    path: '/v1/courses/{course}/people',
    title: 'Enrol a person, or bring them up to date',
    action: 'people:change',
    body: enrolPersonSchema,
    returns: { 200: personSchema, 201: personSchema },
    handle: ({ deps, actor, params, once, body }) => enrolPerson(deps, actor, params.course, once, body),
  }),
  route({
    method: 'get',
    path: '/v1/courses/{course}/people',
    title: 'Who is in the course',
    action: 'people:read',
    query: pageQuery,
    returns: { 200: z.object({ items: z.array(enrolledSchema) }) },
    handle: async ({ deps, actor, params, query, url }) => {
      const secret = deps.config.sessionSecret;
      const list = `people ${params.course}`;
      const after = await readCursor(secret, list, query.cursor);
      const db = deps.dbFor(institutionOf(actor));
      const [, rows] = await db.batch([
        standing(db, actor, 'people:read', params.course),
        listPeople(db, params.course, after, query.limit),
      ]);
      const { items, link } = await pageOf(secret, list, url, rows, query.limit, (row) => ({
        at: row.createdAt,
        id: row.id,
      }));
      return { status: 200, body: { items: items.map(personBody) }, headers: { link } };
    },
  }),
  route({
    method: 'get',
    path: '/v1/courses/{course}/people/{person}',
    title: 'A person in the course',
    action: 'people:read',
    returns: { 200: enrolledSchema },
    handle: async ({ deps, actor, params }) => {
      const db = deps.dbFor(institutionOf(actor));
      const [, [row]] = await db.batch([
        standing(db, actor, 'people:read', params.course),
        findPerson(db, params.course, params.person),
      ]);
      if (!row) throw new Problem('person-not-found');
      return { status: 200, body: personBody(row), headers: { etag: revisionTag(row.revision) } };
    },
  }),
  route({
    method: 'patch',
    path: '/v1/courses/{course}/people/{person}',
    title: "Change a person's name or role, withdraw or restore them",
    action: 'people:change',
    ifMatch: true,
    body: changePersonSchema,
    returns: { 200: enrolledSchema },
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
    returns: { 200: windowReturned },
    handle: async ({ deps, actor, params, body: { reason, ...dates } }) => {
      const row = { kind: 'unit', activity: params.unit, personId: params.person, opensAt: null, ...dates };
      await setWindow(deps, actor, params.course, row, reason);
      return { status: 200, body: windowBody(row) };
    },
  }),
];
