import type { Catalogue } from '../catalogue/shapes.ts';

type Source = Catalogue['sources'][number];
type Claim = Catalogue['claims'][string];

/** Who speaks in a reading, as it is told beside what they say. */
export const sourceName = ({ id, author, title }: Source): string =>
  `${id} · ${author ?? 'an unnamed writer'}, “${title}”`;

/** The same where there is little room. */
export const shortSourceName = ({ id, author }: Source): string => `${id} ${author?.split(' ').at(-1) ?? 'unnamed'}`;

/** What a role is called; one that is none of the module's (a draft may be faulty) by its id. */
export const roleName = ({ module }: Catalogue, id: string | null): string =>
  module.roles.find((role) => role.id === id)?.label ?? id ?? 'no role';

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

// Bounded: else a text of dashes and letters takes the square of its length.
const claimIdPattern = /\b([A-Za-z0-9-]{1,40}\.\d{1,9})\b/;

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

/** How a claim is made. */
export const stanceWords = ({ stance }: Pick<Claim, 'stance'>): string => stances[stance];

const Close = ({ claim: { id } }: { claim: Claim }) => (
  <button type="button" class="button" popovertarget={`claim-${id}`} popovertargetaction="hide">
    Close
  </button>
);

const Note = ({ catalogue, claim, citeIn }: { catalogue: Catalogue; claim: Claim; citeIn?: string | undefined }) => {
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
          {stanceWords(claim)}
          {claim.role && `: ${roleName(catalogue, claim.role)}`}
        </dd>
        <dt>Interest</dt>
        <dd>{source.interest ?? 'none known'}</dd>
      </dl>
      {citeIn ? (
        <div class="actions">
          <button type="submit" class="button main" form={citeIn} name="cite" value={claim.id} formnovalidate>
            Cite {claim.id}
          </button>
          <Close claim={claim} />
        </div>
      ) : (
        <Close claim={claim} />
      )}
    </div>
  );
};

/**
 * The notes of these claims: who says it, where, how, and what interest they have. Each opens from its `ClaimLink`.
 * `citeIn`: the form in which its button cites the claim.
 */
export const ClaimNotes = ({
  catalogue,
  ids,
  citeIn,
}: {
  catalogue: Catalogue;
  ids: readonly string[];
  citeIn?: string | undefined;
}) => (
  <>
    {[...new Set(ids)].sort().flatMap((id) => {
      const claim = Object.hasOwn(catalogue.claims, id) ? catalogue.claims[id] : undefined;
      return claim ? [<Note catalogue={catalogue} claim={claim} citeIn={citeIn} />] : [];
    })}
  </>
);
