import type { StaticBody } from '../static-body.ts';
import type { Catalogue, Text } from './shapes.ts';

const texts = new WeakMap<StaticBody, Text>();

/** The text of a content route: it stands in the route's body alone. */
const textAt = ({ bodies }: Catalogue, path: string): Text => {
  const body = bodies[path];
  if (!body) return { html: '', markdown: '' };
  const known = texts.get(body);
  if (known) return known;
  const { html, markdown } = JSON.parse(body.body) as Text;
  const text = { html, markdown };
  texts.set(body, text);
  return text;
};

/** A unit's lesson. */
export const lessonOf = (catalogue: Catalogue, unit: string): Text => textAt(catalogue, `/v1/units/${unit}`);

/** What a reading says, in our words. */
export const digestOf = (catalogue: Catalogue, source: string): Text => textAt(catalogue, `/v1/sources/${source}`);
