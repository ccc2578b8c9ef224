import * as z from 'zod';
import type { Finding } from '../grading/check-rule-set.ts';
import { lazily } from '../lazily.ts';
import { pointerTo } from '../problem.ts';

export const findingSchema = lazily(() =>
  z
    .object({ severity: z.enum(['error', 'warning']), code: z.string(), pointer: z.string(), detail: z.string() })
    .meta({ id: 'Finding' }),
);

/** Findings for JSON: pointers by RFC 6901. */
export const findingsBody = (findings: readonly Finding[]) =>
  findings.map(({ severity, code, path, detail }) => ({
    severity,
    code,
    pointer: pointerTo(path),
    detail,
  }));

export const isPublishable = (findings: readonly Finding[]): boolean =>
  findings.every(({ severity }) => severity !== 'error');
