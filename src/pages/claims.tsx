import type { Catalogue } from '../catalogue/shapes.ts';

const sourceName = ({ id, author, title }: Catalogue['sources'][number]): string =>
  `${id} · ${author ?? 'an unnamed writer'}, “${title}”`;

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
    <fieldset>
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

/** Claims with their words and who makes them; anchors on the page open these. */
export const ClaimList = ({
  catalogue: { sources, claims },
  ids,
}: {
  catalogue: Catalogue;
  ids: readonly string[];
}) => (
  <ul class="list">
    {[...new Set(ids)].sort().flatMap((id) => {
      const claim = Object.hasOwn(claims, id) ? claims[id]! : undefined;
      const source = sources.find((one) => one.id === claim?.source);
      return claim && source
        ? [
            <li id={`claim-${id}`}>
              <b>{id}</b> {claim.text} <small>{sourceName(source)}</small>
            </li>,
          ]
        : [];
    })}
  </ul>
);
