import { type Person, permit } from '../../auth/actor.ts';
import type { Deps } from '../../deps.ts';
import { clearAllFlags, clearFlagsSchema } from '../../discussion/flags.ts';
import { hidingSchema, releasePost, setHiding, setLock, setPin } from '../../discussion/moderation.ts';
import { invalid } from '../../problem.ts';
import { validate } from '../../validate.ts';

/** What staff do to a post; `clear`: its flags. */
export const moderationVerbs = ['hide', 'show', 'lock', 'unlock', 'pin', 'unpin', 'release', 'clear'] as const;
export type ModerationVerb = (typeof moderationVerbs)[number];

export const isModeration = (verb: string | undefined): verb is ModerationVerb =>
  (moderationVerbs as readonly (string | undefined)[]).includes(verb);

/** Carries out what a button of the staff asked for. Throws what the domain's verbs do, and `invalid-input` for hiding without a reason. */
export const moderate = async (
  deps: Deps,
  person: Person,
  { verb, post, reason }: { verb: ModerationVerb; post: string; reason: string },
): Promise<void> => {
  permit(person, 'posts:moderate');
  if (verb === 'hide' && reason.trim() === '') throw invalid('/reason', 'Say why it is hidden: its author reads that.');
  switch (verb) {
    case 'hide':
      await setHiding(deps, person, post, validate(hidingSchema(), { reason }).reason);
      return;
    case 'show':
      await setHiding(deps, person, post, null);
      return;
    case 'lock':
    case 'unlock':
      await setLock(deps, person, post, verb === 'lock');
      return;
    case 'pin':
    case 'unpin':
      await setPin(deps, person, post, verb === 'pin');
      return;
    case 'release':
      await releasePost(deps, person, post);
      return;
    case 'clear':
      await clearAllFlags(
        deps,
        person,
        post,
        validate(clearFlagsSchema(), reason.trim() === '' ? {} : { reason }).reason,
      );
  }
};
