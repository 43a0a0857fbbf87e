import type { Json } from '../../exchange/decimal-json.js';
import { at, listAt, textAt } from '../../exchange/json-reading.js';
import type { ProductFields } from '../vendure-options.js';

/** Where a value is kept, as `ProductFields` writes it. */
export interface FieldSource {
  kind: 'variant' | 'product' | 'facet';
  /** Name of a custom field, or code of a facet. */
  name: string;
}

const SOURCE = /^(variant|product):([A-Za-z_]\w{0,63})$|^facet:([\w-]{1,64})$/;

/** Throws TypeError for one that it cannot read. */
export function fieldSource(text: string): FieldSource {
  const [, kind, field, facet] = SOURCE.exec(text) ?? [];
  if (facet !== undefined) return { kind: 'facet', name: facet };
  if (field === undefined || (kind !== 'variant' && kind !== 'product'))
    throw new TypeError(`"${text}" is no source: write variant:name, product:name or facet:code`);
  return { kind, name: field };
}

export function allSources({
  manufacturerName,
  manufacturerPartId,
  gtin,
  unit,
  classifications = {},
  customFields = {},
}: ProductFields): FieldSource[] {
  return [
    manufacturerName,
    manufacturerPartId,
    gtin,
    unit,
    ...Object.values(classifications),
    ...Object.values(customFields),
  ].flatMap((text) => (text === undefined ? [] : [fieldSource(text)]));
}

/** `customFields { mpn gtin }`, or nothing: a shop without custom fields has no such field. */
export function customFieldSelection(sources: readonly FieldSource[], kind: 'variant' | 'product'): string {
  const names = new Set(sources.filter((source) => source.kind === kind).map(({ name }) => name));
  return names.size === 0 ? '' : `customFields { ${[...names].join(' ')} }`;
}

/** Text, number or boolean; of a list the first. Undefined where there is none. */
export function sourceValue(text: string | undefined, variant: Json, product: Json): string | undefined {
  if (text === undefined) return undefined;
  const { kind, name } = fieldSource(text);
  if (kind !== 'facet') {
    const value = at(kind === 'variant' ? variant : product, 'customFields', name);
    const [first = null] = Array.isArray(value) ? value : [value];
    return typeof first === 'boolean' ? String(first) : typeof first === 'string' && first !== '' ? first : undefined;
  }
  const value = [...listAt(variant, 'facetValues'), ...listAt(product, 'facetValues')].find(
    (each) => textAt(each, 'facet', 'code') === name,
  );
  return textAt(value, 'name') ?? textAt(value, 'code');
}
