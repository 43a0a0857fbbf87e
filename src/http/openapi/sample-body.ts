import type { Schema } from './schema-text.js';

type Schemas = Readonly<Record<string, object>>;

/** Nested schemas deeper than this are left empty. */
const DEEPEST = 6;

/** A value that a person can start from: the required members of the schema, with the first allowed values. */
export function sampleOf(schema: unknown, schemas: Schemas, depth = 0): unknown {
  if (typeof schema !== 'object' || schema === null || depth > DEEPEST) return null;
  const known = schema as Schema;
  if (known.$ref !== undefined) return sampleOf(schemas[known.$ref.split('/').at(-1) ?? ''], schemas, depth + 1);
  if ('const' in known) return known.const;
  if (known.enum !== undefined) return known.enum[0];
  const either = known.anyOf ?? known.oneOf;
  if (either !== undefined) return sampleOf(either[0], schemas, depth + 1);
  if (known.properties !== undefined) {
    const { properties, required = [] } = known;
    return Object.fromEntries(required.map((name) => [name, sampleOf(properties[name], schemas, depth + 1)]));
  }
  if (known.items !== undefined) return (known.minItems ?? 0) > 0 ? [sampleOf(known.items, schemas, depth + 1)] : [];
  const type = [known.type ?? 'object'].flat()[0];
  if (type === 'integer' || type === 'number') return known.minimum ?? 0;
  if (type === 'boolean') return false;
  return type === 'string' ? '' : type === 'null' ? null : {};
}
