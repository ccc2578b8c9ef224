import type { Catalogue } from '../catalogue/shapes.ts';

type Source = Catalogue['sources'][number];
type Claim = Catalogue['claims'][string];

/** Who speaks in a reading, as it is told beside what they say. */
export const sourceName = ({ id, author, title }: Source): string =>
  `${id} · ${author ?? 'an unnamed writer'}, “${title}”`;

export const roleName = ({ module }: Catalogue, id: string | null): string =>
  module.roles.find((role) => role.id === id)?.label ?? 'no role';

/** Opens the note of a claim in place; the page must hold it (`ClaimNotes`). Works without script. */
export const ClaimLink = ({ id }: { id: string }) => (
  <button type="button" class="claim" popovertarget={`claim-${id}`}>
    {id}
  </button>
);

export const ClaimLinks = ({ ids }: { ids: readonly string[] }) => (
  <>
    {ids.map((id, index) => (
      <>
        {index > 0 && ' '}
        <ClaimLink id={id} />
      </>
    ))}
  </>
);

const claimIdPattern = /\b([A-Za-z0-9-]+\.\d+)\b/;

/** A sentence in which the ids of known claims open their notes. */
export const WithClaims = ({ catalogue: { claims }, text }: { catalogue: Catalogue; text: string }) => (
  <>{text.split(claimIdPattern).map((part) => (Object.hasOwn(claims, part) ? <ClaimLink id={part} /> : part))}</>
);

/** The ids of known claims that a sentence names. */
export const claimsNamed = ({ claims }: Catalogue, text: string): string[] =>
  text.split(claimIdPattern).filter((part) => Object.hasOwn(claims, part));

const stances: Record<Claim['stance'], string> = {
  asserts: 'asserts it',
  denies: 'denies it',
  quotes: 'quotes somebody who says it',
  example: 'gives it as an example',
  hedged: 'says it with a hedge',
};

const Note = ({ catalogue, claim }: { catalogue: Catalogue; claim: Claim }) => {
  const source = catalogue.sources.find(({ id }) => id === claim.source)!;
  return (
    <div id={`claim-${claim.id}`} popover="auto" class="note" role="dialog" aria-label={`Claim ${claim.id}`}>
      <p>
        <b>{claim.id}</b> {claim.text}
      </p>
      <dl>
        <dt>Who</dt>
        <dd>
          {claim.speaker ? `${claim.speaker}, in ` : ''}
          {source.author ?? 'an unnamed writer'}, “{source.title}”{source.date && ` (${source.date})`}
        </dd>
        <dt>Where</dt>
        <dd>{claim.place}</dd>
        <dt>Stance</dt>
        <dd>
          {stances[claim.stance]}
          {claim.role && `: ${roleName(catalogue, claim.role)}`}
        </dd>
        {source.interest && (
          <>
            <dt>Interest</dt>
            <dd>{source.interest}</dd>
          </>
        )}
      </dl>
      <button type="button" class="button" popovertarget={`claim-${claim.id}`} popovertargetaction="hide">
        Close
      </button>
    </div>
  );
};

/** The notes of these claims: who says it, where, how, and what interest they have. Each opens from its `ClaimLink`. */
export const ClaimNotes = ({ catalogue, ids }: { catalogue: Catalogue; ids: readonly string[] }) => (
  <>
    {[...new Set(ids)].sort().flatMap((id) => {
      const claim = Object.hasOwn(catalogue.claims, id) ? catalogue.claims[id] : undefined;
      return claim ? [<Note catalogue={catalogue} claim={claim} />] : [];
    })}
  </>
);
