export type Relation = 'agrees' | 'partly' | 'differs' | 'denies' | 'silent';

/** What a claim says: whose duty it is, or whose it is not. */
export type Saying = { role: string | null; denies: boolean };

/**
 * What a cited claim says of the role that was said. `means` has a shared role's parts: a claim for one of two roles
 * agrees partly with who says both. Silent: it names no role, or only denies the duty to another one.
 */
export const relationOf = (
  said: string,
  { role, denies }: Saying,
  means: Readonly<Record<string, readonly string[]>>,
): Relation => {
  if (role === null) return 'silent';
  const isPartOf = (part: string, whole: string) => means[whole]?.includes(part) ?? false;
  if (denies) return role === said || isPartOf(role, said) ? 'denies' : 'silent';
  if (role === said) return 'agrees';
  return isPartOf(role, said) || isPartOf(said, role) ? 'partly' : 'differs';
};
