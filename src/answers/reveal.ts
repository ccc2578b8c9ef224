import type { Catalogue, Stance } from '../catalogue/shapes.ts';

export type Reveal = {
  verdict: string;
  because: string | null;
  voices: { source: string; role: string | null; stance: Stance; claims: string[] }[];
};

/** Who says what on a topic, voice by voice in the order of the sources. */
export const revealFor = ({ topics, claims, sources }: Catalogue, topicId: string | undefined): Reveal | null => {
  const topic = topics[topicId ?? ''];
  if (!topic) return null;
  const voices = new Map<string, Reveal['voices'][number]>();
  const order = (source: string) => sources.findIndex(({ id }) => id === source);
  const onTopic = Object.values(claims)
    .filter((claim) => claim.topics.includes(topic.id))
    .sort((a, b) => order(a.source) - order(b.source));
  for (const { id, source, role, stance } of onTopic) {
    const key = `${source} ${role} ${stance}`;
    const voice = voices.get(key) ?? { source, role, stance, claims: [] };
    voices.set(key, { ...voice, claims: [...voice.claims, id] });
  }
  return { verdict: topic.verdict, because: topic.because, voices: [...voices.values()] };
};
