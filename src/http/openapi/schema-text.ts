/** JSON Schema written like a TypeScript type, with limits as comments: `{ status: "active" | "expired" }` */
export function schemaText(schema: unknown, indent = ''): string {
  if (typeof schema !== 'object' || schema === null) return 'any';
  const known = schema as Schema;
  if (known.$ref !== undefined) return known.$ref.split('/').at(-1) ?? known.$ref;
  if ('const' in known) return JSON.stringify(known.const);
  if (known.enum !== undefined) return known.enum.map((value) => JSON.stringify(value)).join(' | ');
  const either = known.anyOf ?? known.oneOf;
  if (either !== undefined) return either.map((part) => schemaText(part, indent)).join(' | ');
  if (known.properties !== undefined) return objectText(known, indent);
  if (known.items !== undefined)
    return `${itemText(schemaText(known.items, indent))}[]${limits([known.minItems, known.maxItems], 'items')}`;
  const types = known.type === undefined ? ['any'] : [known.type].flat();
  if (typeof known.additionalProperties === 'object')
    return `{ [name]: ${schemaText(known.additionalProperties, indent)} }`;
  const format = known.format === undefined ? '' : ` (${known.format})`;
  const range = limits([known.minimum, known.maximum], '');
  return `${types.join(' | ')}${format}${range}${limits([known.minLength, known.maxLength], 'characters')}`;
}

export interface Schema {
  $ref?: string;
  const?: unknown;
  enum?: readonly unknown[];
  anyOf?: readonly unknown[];
  oneOf?: readonly unknown[];
  type?: string | readonly string[];
  format?: string;
  properties?: Record<string, unknown>;
  additionalProperties?: unknown;
  required?: readonly string[];
  items?: unknown;
  minItems?: number;
  maxItems?: number;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
}

function objectText({ properties = {}, required = [] }: Schema, indent: string): string {
  const inner = `${indent}  `;
  const lines = Object.entries(properties).map(
    ([name, part]) => `${inner}${name}${required.includes(name) ? '' : '?'}: ${schemaText(part, inner)}`,
  );
  return lines.length === 0 ? '{}' : `{\n${lines.join('\n')}\n${indent}}`;
}

function itemText(text: string): string {
  return text.includes(' | ') && !text.startsWith('{') ? `(${text})` : text;
}

function limits([least, most]: [number | undefined, number | undefined], what: string): string {
  if (least === undefined && most === undefined) return '';
  const range = least === undefined ? `up to ${most}` : most === undefined ? `from ${least}` : `${least} to ${most}`;
  return ` (${range}${what === '' ? '' : ` ${what}`})`;
}
