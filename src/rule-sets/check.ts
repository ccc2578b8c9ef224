import * as z from 'zod';
import type { Finding } from '../grading/check-rule-set.ts';
import { pointsOf } from '../grading/policy.ts';
import { rubricMax } from '../grading/rubric.ts';
import type { RuleSet } from '../grading/rule-set.ts';
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

/** What a draft's rubrics do to everybody's maximum when it is published: no dry run shows it, for nobody's points move. */
export const rubricFindings = (now: RuleSet, draft: RuleSet): Finding[] =>
  (['scenarios', 'prompts'] as const).flatMap((kind) =>
    Object.entries(draft[kind]).flatMap(([id, rule]): Finding[] => {
      const [before, after] = [rubricMax(now[kind][id]), rubricMax(rule)];
      const detail = `${id}: publishing this moves everybody's maximum by ${pointsOf(after - before)} points, marked or not`;
      return before === after
        ? []
        : [{ severity: 'warning', code: 'rubric-changes', path: [kind, id, 'rubric'], detail }];
    }),
  );
