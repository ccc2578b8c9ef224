import type { StaticBody } from '../static-body.ts';
import type { Catalogue, Text } from './shapes.ts';

const lessons = new WeakMap<StaticBody, Text>();

/** A unit's lesson: it stands in the body of the unit's content route alone. */
export const lessonOf = ({ bodies }: Catalogue, unit: string): Text => {
  const body = bodies[`/v1/units/${unit}`];
  if (!body) return { html: '', markdown: '' };
  const known = lessons.get(body);
  if (known) return known;
  const { html, markdown } = JSON.parse(body.body) as Text;
  const lesson = { html, markdown };
  lessons.set(body, lesson);
  return lesson;
};
