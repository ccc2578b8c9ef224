import type { Documents } from './documents.ts';
import { type Report, uniqueIds } from './read-files.ts';
import type { Claim, Source, Topic } from './shapes.ts';
import { countVerdict } from './topics.ts';

/** The claims of all sources by id; each names its source, and roles and topics that exist. */
export const compileClaims = ({ module, topics, sources }: Documents, report: Report): Record<string, Claim> => {
  const roles = new Set(module.value.roles.map(({ id }) => id));
  const subjects = new Set([...topics.value, ...module.value.themes].map(({ id }) => id));
  const uniqueSource = uniqueIds(report);
  const uniqueClaim = uniqueIds(report);
  const claims: Record<string, Claim> = {};
  for (const doc of sources) {
    uniqueSource(doc, ['id'], doc.value.id);
    doc.value.claims.forEach((claim, index) => {
      const path = ['claims', index];
      const fault = (detail: string) => report(doc, path, `claim ${claim.id} ${detail}`);
      uniqueClaim(doc, path, claim.id);
      if (!claim.id.startsWith(`${doc.value.id}.`)) fault('is not named after its source');
      if (claim.role && !roles.has(claim.role)) fault(`names an unknown role, ${claim.role}`);
      const about = claim.topics.map((topic) => topic.replace('~', ''));
      for (const topic of about) if (!subjects.has(topic)) fault(`names an unknown topic, ${topic}`);
      claims[claim.id] = {
        ...claim,
        source: doc.value.id,
        topics: about,
        implied: claim.topics.filter((topic) => topic.startsWith('~')).map((topic) => topic.slice(1)),
        role: claim.role ?? null,
        speaker: claim.speaker ?? null,
      };
    });
  }
  return claims;
};

export const compileSources = ({ sources }: Documents): Source[] =>
  sources.map(({ value: { id, title, author, date, kind, interest, caution } }) => ({
    id,
    title,
    author: author ?? null,
    date: date ?? null,
    kind,
    interest: interest ?? null,
    caution: caution ?? null,
  }));

/** The topics by id. The verdict is a person's; where it differs from the count of the claims it must say why. */
export const compileTopics = (
  { module, topics: doc }: Documents,
  claims: Record<string, Claim>,
  report: Report,
): Record<string, Topic> => {
  const roles = new Set(module.value.roles.map(({ id }) => id));
  const unique = uniqueIds(report);
  const topics: Record<string, Topic> = {};
  doc.value.forEach((topic, index) => {
    unique(doc, [index], topic.id);
    for (const role of topic.roles ?? [])
      if (!roles.has(role)) report(doc, [index], `${topic.id}: unknown role ${role}`);
    const computed = countVerdict(topic.id, Object.values(claims));
    if (computed !== topic.verdict && !topic.because)
      report(
        doc,
        [index],
        `${topic.id} is called ${topic.verdict} but its claims count as ${computed}: say because why`,
      );
    topics[topic.id] = {
      ...topic,
      roles: topic.roles ?? [],
      soft: topic.soft ?? false,
      because: topic.because ?? null,
      computed,
    };
  });
  return topics;
};
