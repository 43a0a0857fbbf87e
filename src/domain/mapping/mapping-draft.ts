import type { ConnectionMapping, FieldRule, Transform } from './mapping.js';
import { type TransformFault, readTransform, transformText } from './transform-text.js';

/** One rule of a mapping as a person edits it. */
export interface RuleRow {
  /** The outgoing field. */
  target: string;
  /** Source paths, one a line: the first with a value wins. */
  sources: string;
  /** One a line (`TRANSFORM_FORMS`). */
  transforms: string;
  /** `fixed`: sent if no source has a value. */
  fixed: string;
}

/** The edited part of a mapping; tables of classifications stay as they are. */
export interface MappingDraft {
  rows: RuleRow[];
  /** Empty: the default. */
  shipping: string;
  promotions: string;
  /** Names, one a line. */
  vendorFields: string;
}

/** The part of the mapping whose rules are rows; a middleware has none. */
export type RulesOf = 'cxml' | 'oci' | undefined;

export type DraftFault = { row: number } & (
  { kind: 'no_target' | 'target_twice' } | ({ kind: 'transform' } & TransformFault)
);

export function draftOf(mapping: ConnectionMapping, rules: RulesOf): MappingDraft {
  return {
    rows: rules === undefined ? [] : Object.entries(mapping[rules] ?? {}).map(([target, rule]) => rowOf(target, rule)),
    shipping: mapping.shipping ?? '',
    promotions: mapping.promotions ?? '',
    vendorFields: (mapping.ociVendorFields ?? []).join('\n'),
  };
}

export function rowOf(target: string, { from, fallbacks = [], fixed = '', transforms = [] }: FieldRule): RuleRow {
  const sources = [...(from === undefined ? [] : [from]), ...fallbacks].join('\n');
  return { target, sources, transforms: transforms.map(transformText).join('\n'), fixed };
}

/**
 * The mapping with the draft in place of its edited part, not checked by the schema. What is empty is left out, so that
 * presets and defaults are in force. `faults`: what cannot be read.
 */
export function mappingOf(
  before: ConnectionMapping,
  draft: MappingDraft,
  rules: RulesOf,
): { mapping: object | undefined; faults: DraftFault[] } {
  const faults: DraftFault[] = [];
  const fields = new Map<string, FieldRule>();
  for (const [row, { target, ...parts }] of draft.rows.entries()) {
    const name = target.trim();
    if (name === '') faults.push({ row, kind: 'no_target' });
    else if (fields.has(name)) faults.push({ row, kind: 'target_twice' });
    const [from, ...fallbacks] = linesOf(parts.sources);
    const transforms: Transform[] = [];
    for (const line of linesOf(parts.transforms)) {
      const read = readTransform(line);
      if (read.ok) transforms.push(read.value);
      else faults.push({ row, kind: 'transform', ...read.fault });
    }
    fields.set(name, {
      ...(from === undefined ? {} : { from }),
      ...(fallbacks.length === 0 ? {} : { fallbacks }),
      ...(transforms.length === 0 ? {} : { transforms }),
      ...(parts.fixed === '' ? {} : { fixed: parts.fixed }),
    });
  }
  const edited = new Map<string, unknown>(Object.entries(before));
  const put = (name: string, value: unknown, isEmpty: boolean): void => {
    if (isEmpty) edited.delete(name);
    else edited.set(name, value);
  };
  if (rules !== undefined) put(rules, Object.fromEntries(fields), fields.size === 0);
  put('shipping', draft.shipping, draft.shipping === '');
  put('promotions', draft.promotions, draft.promotions === '');
  const vendorFields = linesOf(draft.vendorFields);
  if (rules === 'oci') put('ociVendorFields', vendorFields, vendorFields.length === 0);
  return { mapping: edited.size === 0 ? undefined : Object.fromEntries(edited), faults };
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
