import type { FieldRule } from '../../domain/mapping/mapping.js';
import { type SourceContext, sourceReader } from './read-source.js';
import { transformValue } from './transform-value.js';

/** What a rule gives for a line; undefined: the writer's own default stays. */
export type FieldValue = (context: SourceContext) => string | undefined;

/** A rule made ready for many lines. Blank counts as empty; an empty value is not transformed, so padding never makes one up. */
export function fieldValue({ from, fallbacks = [], fixed, transforms = [] }: FieldRule): FieldValue {
  const sources = [...(from === undefined ? [] : [from]), ...fallbacks].map(sourceReader);
  return (context) => {
    for (const read of sources) {
      let value = read(context) ?? '';
      for (const transform of transforms) {
        if (value.trim() === '') break;
        value = transformValue(value, transform);
      }
      if (value.trim() !== '') return value;
    }
    return fixed;
  };
}

/** All rules of one protocol, in the order of the settings. */
export function fieldValues(rules: Record<string, FieldRule> | undefined): [field: string, value: FieldValue][] {
  return Object.entries(rules ?? {}).map(([field, rule]) => [field, fieldValue(rule)]);
}
