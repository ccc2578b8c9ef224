import type { Catalogue } from '../../catalogue/shapes.ts';
import { stanceWords } from '../claims.tsx';

type Claim = Catalogue['claims'][string];
type Source = Catalogue['sources'][number];

/** How a claim says what it says of a topic. */
export const saysHow = (claim: Claim, topic: string): string =>
  `${stanceWords(claim)}${claim.speaker ? ` (${claim.speaker})` : ''}${claim.implied.includes(topic) ? ', by implication' : ''}`;

/** The claims on a topic, reading by reading. */
export const claimsOn = ({ claims, sources }: Catalogue, topic: string): Claim[] =>
  sources.flatMap(({ id }) =>
    Object.values(claims).filter((claim) => claim.source === id && claim.topics.includes(topic)),
  );

export type Matrix = {
  /** `null`: claims that name no role. */
  roles: (string | null)[];
  rows: { source: Source; cells: Claim[][] }[];
};

/** Who says what about a topic: a row for each reading, silent ones too, a column for each role that a claim names. */
export const matrixOf = (catalogue: Catalogue, topic: string): Matrix => {
  const claims = claimsOn(catalogue, topic);
  const named = catalogue.module.roles.map(({ id }) => id).filter((id) => claims.some(({ role }) => role === id));
  const roles = [...named, ...(claims.some(({ role }) => role === null) ? [null] : [])];
  const rows = catalogue.sources.map((source) => ({
    source,
    cells: roles.map((role) => claims.filter((claim) => claim.source === source.id && claim.role === role)),
  }));
  return { roles, rows };
};

/** The claims to choose from for an entry: those chosen, as they stand, then the topic's, those for its role first. */
export const choicesFor = (catalogue: Catalogue, topic: string, role: string, chosen: readonly string[]): string[] => {
  const others = claimsOn(catalogue, topic).filter(({ id }) => !chosen.includes(id));
  const speaksFor = (claim: Claim) => claim.role === role && claim.stance !== 'denies';
  return [...chosen, ...[...others.filter(speaksFor), ...others.filter((one) => !speaksFor(one))].map(({ id }) => id)];
};
