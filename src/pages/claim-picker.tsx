import type { Catalogue } from '../catalogue/shapes.ts';
import { ClaimLinks, sourceName } from './claims.tsx';
import { matchesClaim } from './find.ts';

type Props = {
  catalogue: Catalogue;
  legend: string;
  chosen: readonly string[];
  /** How many may be cited. */
  most?: number;
  /** What was searched for. Left out where the page does not search (`step=find`): then script alone does. */
  find?: string;
};

/**
 * Every claim of the readings to tick, reading by reading, with a search; a reading with a ticked or found one is open.
 * Without script the search is a step of the form; with it (`script/claims.ts`) it finds while one types.
 */
export const ClaimPicker = ({ catalogue: { sources, claims }, legend, chosen, most, find }: Props) => {
  const all = Object.values(claims);
  const searched = find !== undefined && find.trim() !== '';
  const readings = sources.map((source) => {
    const name = sourceName(source);
    const own = all.filter((claim) => claim.source === source.id);
    const found = searched ? own.filter(({ id, text }) => matchesClaim(name, `${id} ${text}`, find)) : own;
    return { name, found, shown: own.filter((claim) => found.includes(claim) || chosen.includes(claim.id)) };
  });
  return (
    <fieldset class="picker" data-most={most}>
      <legend>{legend}</legend>
      <div class="finder" hidden={find === undefined}>
        <label>
          Search the claims
          <input type="search" name="find" value={find ?? ''} autocomplete="off" />
        </label>
        <button type="submit" class="button" name="step" value="find" formnovalidate>
          Find
        </button>
      </div>
      <p class="cited" hidden={chosen.length === 0}>
        Cited: <span>{chosen.length > 0 && <ClaimLinks ids={chosen.filter((id) => Object.hasOwn(claims, id))} />}</span>
      </p>
      <p class="nothing" hidden={readings.some(({ found }) => found.length > 0)}>
        No claim holds these words.
      </p>
      {readings.map(
        ({ name, shown }) =>
          shown.length > 0 && (
            <details open={searched || shown.some(({ id }) => chosen.includes(id))}>
              <summary>{name}</summary>
              {shown.map(({ id, text }) => (
                <label>
                  <input type="checkbox" name="claims" value={id} checked={chosen.includes(id)} />
                  <b>{id}</b> {text}
                </label>
              ))}
            </details>
          ),
      )}
    </fieldset>
  );
};

/** What is cited by now, after a step of the form that does not send it: a search, or a claim cited from its note. */
export const Cited = ({ claims }: { claims: readonly string[] }) => (
  <p id="result" role="status" tabindex={-1}>
    {claims.length === 0 ? 'You cite no claim yet.' : `You cite ${claims.join(', ')}. Nothing is sent yet.`}
  </p>
);
