import type { RuleSet } from '../grading/rule-set.ts';
import { pageOf, readCursor } from '../paging.ts';
import { changeBody } from './change-body.ts';
import type { ChangePosition, ChangeRow } from './changes-store.ts';

const listOf = (dryRun: string) => `changes ${dryRun}`;

/** Where a page of a dry run's changes begins; throws `cursor-invalid`. */
export const changesAfter = async (
  secret: string,
  dryRun: string,
  cursor: string | undefined,
): Promise<ChangePosition | null> => {
  const position = await readCursor(secret, listOf(dryRun), cursor);
  const [personId = '', kind = '', activity = ''] = position?.id.split('/') ?? [];
  return position && { personId, kind, activity };
};

/** A page of a dry run's changes as they are told, and its Link header. `ruleSet`: the dry run's. */
export const pageOfChanges = async (
  secret: string,
  { dryRun, url, limit }: { dryRun: string; url: URL; limit: number },
  rows: ChangeRow[],
  ruleSet: RuleSet,
) => {
  const { items, link } = await pageOf(secret, listOf(dryRun), url, rows, limit, (one) => ({
    at: 0,
    id: `${one.personId}/${one.kind}/${one.activity}`,
  }));
  return { items: items.map((one) => changeBody(one, ruleSet)), link };
};
