import type { Accept } from '../../src/grading/rule-set.ts';
import type { ClassHere } from './make.ts';

type Rules = { doc: { scenarios: Record<string, { accepts: Accept[] }> } };
type Run = { id: string; hash: string };

/** Changes a scenario's entries in the draft. */
const redraft = async ({ send, course, tokens }: ClassHere, scenario: string, change: (accepts: Accept[]) => void) => {
  const { body, etag } = await send<Rules>(tokens.ines, 'GET', `/v1/courses/${course}/rule-draft`);
  const rule = body.doc.scenarios[scenario]!;
  change(rule.accepts);
  await send(tokens.ines, 'PUT', `/v1/courses/${course}/rule-draft/scenarios/${scenario}`, rule, { 'if-match': etag });
};

/** A rule that was mended in the course: drafted, compared, published, applied. */
const mendOneRule = async (here: ClassHere) => {
  const { send, course, tokens } = here;
  await redraft(here, 'S30', (accepts) => {
    for (const { role, needs } of accepts) if (role === 'both' && needs && 'any' in needs) needs.any.push('001.09');
  });
  const run = await send<Run>(tokens.ines, 'POST', `/v1/courses/${course}/dry-runs`, { ruleSet: 'draft' });
  await send(tokens.ines, 'POST', `/v1/courses/${course}/rule-draft/publication`);
  const reason = 'Who takes over the conversation has a share in the crisis: 001.09 counts too.';
  const applied = { dryRun: run.body.id, policy: 'raise-only', reason };
  await send(tokens.ines, 'POST', `/v1/courses/${course}/regrades`, applied, { 'if-match': `"${run.body.hash}"` });
};

/** Three contest a verdict: one is told no, one yes (which drafts the rule), one waits. */
const appeal = async (here: ClassHere) => {
  const { send, course, tokens } = here;
  const contest = async (who: 'kostas' | 'priya' | 'chloe', scenario: string, claim: string, body: string) => {
    const given = await send<{ id: string }>(
      tokens[who],
      'POST',
      `/v1/courses/${course}/scenarios/${scenario}/answers`,
      { role: 'smm', claims: [claim] },
    );
    const made = { answer: given.body.id, claim, body };
    return (await send<{ id: string }>(tokens[who], 'POST', `/v1/courses/${course}/appeals`, made)).body.id;
  };
  const [kostas, priya] = await Promise.all([
    contest('kostas', 'S34', '001.07', 'An announcement prepares the ground, and this is about the ground.'),
    contest(
      'priya',
      'S29',
      '003.09',
      'Cole helps people with their problems, whatever her title is. Why would that not count here?',
    ),
    contest(
      'chloe',
      'S33',
      '003.05',
      'Brands watched which posts brought visitors. I cited exactly that, and it counted for nothing.',
    ),
  ]);
  const decide = (id: string, body: object) =>
    send(tokens.ines, 'PUT', `/v1/courses/${course}/appeals/${id}/decision`, body);
  await decide(kostas, {
    decision: 'deny',
    reason:
      'Honea lets the manager place the notice and then step back. The case begins after that, so the claim speaks of another moment.',
  });
  await decide(priya, {
    decision: 'uphold',
    reason: 'You are right: the passage licenses it, for everybody who cited it.',
  });
};

/** What instructors decide in the course of a term. */
export const decideThings = async (here: ClassHere): Promise<void> => {
  const { send, course, tokens, ids } = here;
  const override = (person: string, activity: string, points: number, reason: string) =>
    send(tokens.ines, 'PUT', `/v1/courses/${course}/people/${person}/grades/${activity}/override`, { points, reason });
  await mendOneRule(here);
  await Promise.all([
    override(ids.layla, 'scenario/S01', 3, 'She made the case in my office hour, and well.'),
    override(ids.xiaohong, 'prompt/Q003.1', 6, 'One point more for the two floors of the hospital.'),
  ]);
  await appeal(here);
};
