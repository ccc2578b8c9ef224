import * as z from 'zod';
import { listPage } from '../auth/list-page.ts';
import { lazily } from '../lazily.ts';
import { pageQuery } from '../paging.ts';
import { route } from '../route.ts';
import { listAudit } from './audit-store.ts';
import { timeOf } from './schedule.ts';

const auditQuery = lazily(() =>
  pageQuery().extend({
    action: z
      .string()
      .regex(/^[a-z-]{0,60}$/, 'use the beginning of an action')
      .default(''),
  }),
);

const auditEventSchema = lazily(() =>
  z
    .object({
      id: z.string(),
      at: z.iso.datetime(),
      actor: z.string(),
      action: z.string(),
      subject: z.string(),
      reason: z.string().nullable(),
    })
    .meta({ id: 'AuditEvent' }),
);

export const auditApi = [
  route({
    method: 'get',
    path: '/v1/courses/{course}/audit',
    title: 'Who changed what and why, newest first; ?action= takes the beginning of an action, such as post-',
    action: 'audit:read',
    query: auditQuery,
    returns: () => ({ 200: z.object({ items: z.array(auditEventSchema()) }) }),
    handle: async (call) => {
      const courseId = call.params.course;
      const at = { list: `audit ${courseId}`, action: 'audit:read', courseId } as const;
      const { items, link } = await listPage(call, at, (db, institutionId, after, limit) =>
        listAudit(db, { institutionId, courseId }, call.query.action, after, limit),
      );
      const body = items.map(({ createdAt, ...event }) => ({ ...event, at: timeOf(createdAt) }));
      return { status: 200, body: { items: body }, headers: { link } };
    },
  }),
];
