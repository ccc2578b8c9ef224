import { type newVisitor, type Page, unescaped } from './visitor.ts';

export type FormFields = [name: string, value: string][];

const attribute = (tag: string, name: string): string | undefined => {
  const [, value] = new RegExp(` ${name}="([^"]*)"`).exec(tag) ?? [];
  return value === undefined ? undefined : unescaped(value);
};

const control = /<input( [^>]*?)\/?>|<select( [^>]*)>([\s\S]*?)<\/select>|<textarea( [^>]*)>([^<]*)<\/textarea>/g;

const selected = (options: string): string => {
  const tags = [...options.matchAll(/<option( [^>]*)>/g)].map(([, tag]) => tag!);
  return attribute(tags.find((tag) => / selected/.test(tag)) ?? tags[0] ?? '', 'value') ?? '';
};

/** What a browser would send of a form as it stands, its buttons left out. `form`: its HTML. */
export const formFields = (form: string): FormFields =>
  [...form.matchAll(control)].flatMap(([, input, select, options, area, text]): FormFields => {
    const name = attribute(input ?? select ?? area ?? '', 'name');
    if (name === undefined) return [];
    if (select !== undefined) return [[name, selected(options!)]];
    if (area !== undefined) return [[name, unescaped(text!)]];
    const ticks = attribute(input!, 'type') === 'checkbox';
    return ticks && !/ checked/.test(input!) ? [] : [[name, attribute(input!, 'value') ?? '']];
  });

/** A form of the page, by its id or the end of its action. */
export const formIn = ({ html }: Pick<Page, 'html'>, action: string): string => {
  const form = html.split('<form ').find((part) => part.includes(`action="${action}`)) ?? '';
  return form.split('</form>')[0]!;
};

/** Fields with others in their place: a text replaces that field, a list all of that name. */
export const filled = (fields: FormFields, changes: Readonly<Record<string, string | string[]>>): FormFields => [
  ...fields.filter(([name]) => !Object.hasOwn(changes, name)),
  ...Object.entries(changes).flatMap(([name, value]) => [value].flat().map((one): [string, string] => [name, one])),
];

/** Fills the form of a page that leads to `path` and presses one of its buttons, as a browser without script does. */
export const fill = (
  { send, course }: ReturnType<typeof newVisitor>,
  page: Page,
  path: string,
  changes: Readonly<Record<string, string | string[]>>,
): Promise<Page> => {
  const action = `${course}${path}#result`;
  return send('POST', action, new URLSearchParams(filled(formFields(formIn(page, action)), changes)));
};
