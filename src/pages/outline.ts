import { html } from 'hono/html';

export type Json = Record<string, unknown>;

export const shapeAnchor = (name: string): string => `shape-${name}`;

const joined = (parts: readonly unknown[], between: string) =>
  parts.map((part, index) => html`${index === 0 ? '' : between}${part}`);

/** From and to, with what stands between them; zod's bounds of whole numbers say nothing. */
const range = (from: unknown, to: unknown, of = ''): string[] => {
  const least = typeof from === 'number' && from > Number.MIN_SAFE_INTEGER ? from : undefined;
  const most = typeof to === 'number' && to < Number.MAX_SAFE_INTEGER ? to : undefined;
  if (least === undefined && most === undefined) return [];
  const says =
    least === undefined
      ? `up to ${most}`
      : most === undefined
        ? `from ${least}`
        : least === most
          ? `${most}`
          : `${least} to ${most}`;
  return [`${says}${of}`];
};

const limits = (schema: Json): string => {
  const says = [
    ...range(schema.minimum, schema.maximum),
    ...(typeof schema.exclusiveMinimum === 'number' ? [`over ${schema.exclusiveMinimum}`] : []),
    ...(schema.multipleOf === 0.01 ? ['two decimals'] : []),
    ...range(schema.minLength, schema.maxLength, ' characters'),
    ...range(schema.minItems, schema.maxItems, ' items'),
    ...(schema.format === 'date-time' ? ['a time'] : []),
    ...(schema.pattern !== undefined && schema.format === undefined ? [String(schema.pattern)] : []),
    ...(schema.default === undefined ? [] : [`${JSON.stringify(schema.default)} if left out`]),
  ];
  return says.length === 0 ? '' : ` (${says.join('; ')})`;
};

/** A JSON schema as indented lines of `name: type (limits) description`; a named shape is a link to where it is told. */
export const outline = (schema: Json, depth = 0): unknown => {
  const name = typeof schema.$ref === 'string' ? schema.$ref.split('/').at(-1)! : undefined;
  if (name) return html`<a href="#${shapeAnchor(name)}">${name}</a>`;
  const all = schema.allOf as Json[] | undefined;
  if (all)
    return joined(
      all.map((one) => outline(one, depth)),
      ' & ',
    );
  // Beside properties it only says which of them go together.
  const many = (schema.properties ? undefined : (schema.anyOf ?? schema.oneOf)) as Json[] | undefined;
  if (many)
    return joined(
      many.map((one) => outline(one, depth)),
      ' | ',
    );
  if (Array.isArray(schema.enum))
    return `${schema.enum.map((one) => JSON.stringify(one)).join(' | ')}${limits(schema)}`;
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.type === 'array') return html`[ ${outline((schema.items ?? {}) as Json, depth)} ]${limits(schema)}`;
  const indent = '  '.repeat(depth + 1);
  const line = (key: string, one: Json) => {
    const says = typeof one.description === 'string' ? `  — ${one.description}` : '';
    return html`${indent}${key}: ${outline(one, depth + 1)}${says}\n`;
  };
  const values = schema.additionalProperties as Json | false | undefined;
  const properties = schema.properties as Record<string, Json> | undefined;
  const required = new Set((schema.required ?? []) as string[]);
  const lines = Object.entries(properties ?? {}).map(([key, one]) =>
    line(`${key}${required.has(key) && one.default === undefined ? '' : '?'}`, one),
  );
  if (values && Object.keys(values).length > 0) lines.push(line('[id]', values));
  if (lines.length === 0) return `${[schema.type ?? 'anything'].flat().join(' | ')}${limits(schema)}`;
  return html`{\n${lines}${'  '.repeat(depth)}}${limits(schema)}`;
};
