import { Problem } from '../problem.ts';
import type { Catalogue } from './shapes.ts';

/** Throws `unknown-claim` naming each claim that no source makes. */
export const knownClaims = ({ claims: known }: Catalogue, ids: readonly string[], pointer: string): string[] => {
  const errors = ids.flatMap((id, index) =>
    Object.hasOwn(known, id) ? [] : [{ pointer: `${pointer}/${index}`, detail: `there is no claim ${id}` }],
  );
  if (errors.length > 0) throw new Problem('unknown-claim', { errors });
  return [...new Set(ids)];
};

/** Throws `invalid-input` for a role that the module does not have. */
export const knownRole = ({ module }: Catalogue, role: string): string => {
  if (module.roles.some(({ id }) => id === role)) return role;
  const detail = `choose one of ${module.roles.map(({ id }) => id).join(', ')}`;
  throw new Problem('invalid-input', { errors: [{ pointer: '/role', detail }] });
};
