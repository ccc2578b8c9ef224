import type { Catalogue } from '../catalogue/shapes.ts';
import { sourceName } from './claims.tsx';

/** Every claim of the readings to tick, reading by reading; a reading with a ticked one is open. Works without script. */
export const ClaimPicker = ({
  catalogue: { sources, claims },
  legend,
  chosen,
}: {
  catalogue: Catalogue;
  legend: string;
  chosen: readonly string[];
}) => {
  const all = Object.values(claims);
  return (
    <fieldset class="claims">
      <legend>{legend}</legend>
      {sources.map((source) => {
        const own = all.filter((claim) => claim.source === source.id);
        return (
          <details open={own.some(({ id }) => chosen.includes(id))}>
            <summary>{sourceName(source)}</summary>
            {own.map(({ id, text }) => (
              <label>
                <input type="checkbox" name="claims" value={id} checked={chosen.includes(id)} />
                <b>{id}</b> {text}
              </label>
            ))}
          </details>
        );
      })}
    </fieldset>
  );
};
