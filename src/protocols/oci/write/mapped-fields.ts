import type { OciCharset } from '../../../domain/access/connection.js';
import { OCI_FIELDS, type OciField } from '../../../domain/mapping/mapping-fields.js';
import type { NameValue } from '../../../domain/transmission/setup-request.js';
import { characterCount, cutText, lineFeeds, oneLine } from './cut-text.js';
import { encodable, transliterate } from './transliterate.js';

export interface FieldFault {
  field: string;
  reason: string;
}

/** A field that the buyer requested in addition to oci.md 3: free text, no known length. */
export const VENDOR_FIELD: OciField = { length: Infinity, text: true };

/**
 * Sets the fields of the connection's mapping on the item whose own fields start at `start`: replaces the writer's
 * field, else appends. Names are those of the settings with the index. Lengths of oci.md 3: descriptive texts are cut;
 * any other value that is too long or not allowed is a fault. A field that needs another one is left out without it.
 * DESCRIPTION is removed if MATNR is set, because OCI 4 has only one of the two, unless DESCRIPTION is mapped itself.
 */
export function setMappedFields(
  fields: NameValue[],
  start: number,
  index: number,
  mapped: ReadonlyMap<string, string>,
  charset: OciCharset,
): FieldFault | undefined {
  const has = (field: string): boolean =>
    mapped.has(field) || placeOfField(fields, start, fieldName(field, index)) >= 0;
  for (const [field, source] of mapped) {
    const rule = OCI_FIELDS.get(field) ?? VENDOR_FIELD;
    const value = writtenValue(field, source, rule, charset);
    if (value === '' || (rule.needs !== undefined && !has(rule.needs))) continue;
    if (rule.text !== true && (!encodable(value, charset) || /[\t\r\n]/.test(value)))
      return {
        field,
        reason: `the mapped value for ${field} has line breaks, tabs or characters that ${charset} lacks.`,
      };
    if (rule.grammar !== undefined && !rule.grammar.test(value))
      return { field, reason: `the mapped value for ${field} is not allowed by OCI.` };
    const length = characterCount(value);
    if (length > rule.length)
      return {
        field,
        reason:
          `the mapped value for ${field} has ${length} characters and ${rule.length} are allowed; a maxLength ` +
          'transform would cut it.',
      };
    const name = fieldName(field, index);
    const place = placeOfField(fields, start, name);
    if (place < 0) fields.push({ name, value });
    else fields[place] = { name, value };
  }
  if (mapped.has('MATNR') && !mapped.has('DESCRIPTION')) {
    const place = placeOfField(fields, start, fieldName('DESCRIPTION', index));
    if (place >= 0) fields.splice(place, 1);
  }
  return undefined;
}

/**
 * A value of a mapping or of a shop as it is written: trimmed, in characters of the charset, cut if the rule allows it.
 */
export function writtenValue(field: string, source: string, rule: OciField, charset: OciCharset): string {
  if (rule.text !== true) return source.trim();
  const text = transliterate(source, charset);
  if (field === 'LONGTEXT') return lineFeeds(text);
  return rule.cut === true ? cutText(oneLine(text), rule.length) : oneLine(text);
}

export function fieldName(field: string, index: number): string {
  return field === 'LONGTEXT' ? `NEW_ITEM-LONGTEXT_${index}:132[]` : `NEW_ITEM-${field}[${index}]`;
}

/** Position of the field of that name, at or after `start`; -1 if there is none. */
export function placeOfField(fields: readonly NameValue[], start: number, name: string): number {
  for (let place = start; place < fields.length; place += 1) if (fields[place]?.name === name) return place;
  return -1;
}
