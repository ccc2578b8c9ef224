import { and, count, eq } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/libsql/http';
import { v7 } from 'uuid';
import { catalogue } from '#catalogue';
import type { Person } from '../../../src/auth/actor.ts';
import { readSession } from '../../../src/auth/sessions.ts';
import { activityWindow, answer, course, enrolment, verdict } from '../../../src/db/schema.ts';
import { answerKey, ENGINE_VERSION, gradeAnswer } from '../../../src/grading/grade-answer.ts';

type Env = { TURSO_URL: string; SESSION_SECRET: string };

/** The work of an answer as it is usually written: statement by statement in drizzle's interactive transaction. */
const submit = (url: string, person: Person, input: { scenario: string; role: string; claims: string[] }) =>
  drizzle({ connection: { url } }).transaction(async (tx) => {
    const { institutionId, courseId, personId } = person;
    const given = { ...input, counterClaims: [] };
    const [id, now] = [v7(), Date.now()];
    const mine = { institutionId, courseId, personId };

    const [enrolled] = await tx
      .select()
      .from(enrolment)
      .where(and(eq(enrolment.courseId, courseId), eq(enrolment.personId, personId)));
    if (enrolled?.role !== person.role || enrolled.withdrawnAt !== null) throw new Error('not enrolled');

    const [{ ruleSet } = { ruleSet: '' }] = await tx.select().from(course).where(eq(course.id, courseId));
    if (ruleSet !== catalogue.rules.hash) throw new Error('the rules moved');

    const unit = catalogue.scenarios[input.scenario]?.unit ?? '';
    const [window] = await tx
      .select()
      .from(activityWindow)
      .where(and(eq(activityWindow.courseId, courseId), eq(activityWindow.activity, unit)));
    if (window?.closesAt && window.closesAt <= now) throw new Error('closed');

    const theirs = and(
      eq(answer.courseId, courseId),
      eq(answer.personId, personId),
      eq(answer.scenario, input.scenario),
    );
    const [before] = await tx.select({ attempts: count() }).from(answer).where(theirs);
    const attempt = before!.attempts + 1;
    if (attempt > catalogue.rules.ruleSet.policy.attempts.max) throw new Error('attempts used up');

    const { credit, points, max, trace } = gradeAnswer(catalogue.rules.ruleSet, given);
    const fullCredit = credit === 1 ? 1 : 0;

    const key = answerKey(given);
    const inHundredths = Math.round(credit * 100);
    const kept = { institutionId, ruleSet, answerKey: key, engine: ENGINE_VERSION, credit: inHundredths, points, max };
    await tx
      .insert(verdict)
      .values({ ...kept, trace: JSON.stringify(trace) })
      .onConflictDoNothing();

    const ofKey = and(
      eq(verdict.institutionId, institutionId),
      eq(verdict.ruleSet, ruleSet),
      eq(verdict.engine, ENGINE_VERSION),
      eq(verdict.answerKey, key),
    );
    const [{ verdictId } = { verdictId: 0 }] = await tx.select({ verdictId: verdict.id }).from(verdict).where(ofKey);
    const facts = {
      attempt,
      lateMs: 0,
      submittedAt: now,
      fullCredit,
      verdictId,
      points,
      autoPoints: points,
      gradePoints: points,
    };
    await tx.insert(answer).values({ id, ...mine, ...given, ...facts });

    const [stored] = await tx
      .select()
      .from(answer)
      .innerJoin(verdict, eq(verdict.id, answer.verdictId))
      .where(eq(answer.id, id));
    return stored!;
  });

// biome-ignore lint/style/noDefaultExport: a Worker's entry
export default {
  fetch: async (request: Request, env: Env): Promise<Response> => {
    const token = request.headers.get('authorization')?.slice('Bearer '.length) ?? '';
    const person = await readSession(env.SESSION_SECRET, token, Date.now());
    const { role, claims } = (await request.json()) as { role: string; claims: string[] };
    const scenario = new URL(request.url).pathname.split('/')[5] ?? '';
    try {
      const stored = await submit(env.TURSO_URL, person, { scenario, role, claims });
      const credit = stored.verdict.credit / 100;
      const [points, max] = [(stored.answer.gradePoints ?? 0) / 100, stored.verdict.max / 100];
      const body = { ...stored.answer, verdict: { credit }, grade: { points, max } };
      return Response.json(body, { status: 201 });
    } catch (error) {
      return Response.json({ error: String(error) }, { status: 500 });
    }
  },
};
