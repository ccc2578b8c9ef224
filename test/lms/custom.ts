import { type Context, type Link, type Platform, profileOf, type User } from './platforms.ts';

/** The values of substitution variables (LTI 1.3 Core appendix B); an earlier id comes before those before it. */
const valuesOf = (
  user: User,
  context: Context | undefined,
  link: Link | undefined,
): Record<string, string | undefined> => ({
  'User.id': user.id,
  'Person.name.full': user.name,
  'Person.email.primary': user.email,
  'Context.id': context?.id,
  'Context.id.history': context?.history.map(encodeURIComponent).join(','),
  'Context.title': context?.title,
  'ResourceLink.id': link?.id,
  'ResourceLink.id.history': link?.history.map(encodeURIComponent).join(','),
  'ResourceLink.title': link?.title,
});

/** A link's custom parameters as the platform sends them: variables replaced, keys doubled where it does that. */
export const customOf = (
  platform: Platform,
  custom: Record<string, string>,
  user: User,
  context: Context | undefined,
  link: Link | undefined,
): Record<string, string | null> => {
  const values = valuesOf(user, context, link);
  const { doublesCustomKeys } = profileOf(platform);
  const resolved = Object.entries(custom).map(([key, value]): [string, string | null] => {
    if (!value.startsWith('$')) return [key, value];
    return [key, values[value.slice(1)] ?? (doublesCustomKeys ? null : value)];
  });
  const lowered = resolved.map(([key, value]): [string, string | null] => [key.toLowerCase(), value]);
  return Object.fromEntries(doublesCustomKeys ? [...lowered, ...resolved] : resolved);
};
