import type { OciCharset } from '../../../domain/access/connection.js';
import type { MappedLine } from '../../../domain/mapping/mapped-cart.js';
import { OCI_FIELDS, type OciField } from '../../../domain/mapping/mapping-fields.js';
import type { NameValue } from '../../../domain/transmission/setup-request.js';
import { characterCount } from '../write/cut-text.js';
import { fieldName, placeOfField, VENDOR_FIELD, writtenValue } from '../write/mapped-fields.js';
import { oneLine } from '../write/line-breaks.js';
import { encodable, transliterate } from '../write/transliterate.js';

export interface ShopFieldContext {
  charset: OciCharset;
  /** Fields beside OCI.md 3 that this buyer takes (`mapping.ociVendorFields`). */
  vendorFields: readonly string[];
  /** Called for what the shop gave and the form will not hold. */
  lose: (field: string, reason: string) => void;
}

/** They lead back from an order to our cart, so a shop cannot set them. */
const OURS: ReadonlySet<string> = new Set(['EXT_QUOTE_ID', 'EXT_QUOTE_ITEM']);

/**
 * Sets the fields that the shop gave of a line in its own OCI cart, and MATNR for the buyer's article number: in the place of the
 * writer's, else behind them. Precedence: the connection's mapping, then the shop, then what the connection sets for all lines (VENDOR).
 * Names are those of OCI.md 3 and of the settings, never any other name of the cart (SECURITY T18).
 * A value that OCI.md 3 does not allow is left out and reported; descriptive texts are cut and reported.
 */
export function setShopFields(fields: NameValue[], start: number, index: number, line: MappedLine, context: ShopFieldContext): void {
  if (line.ociFields === undefined && line.buyerPartId === undefined) return;
  const given = Object.entries({ ...(line.buyerPartId === undefined ? {} : { MATNR: line.buyerPartId }), ...line.ociFields });
  const mapped = line.outgoing?.oci;
  const has = (field: string): boolean => mapped?.has(field) === true || placeOfField(fields, start, fieldName(field, index)) >= 0;
  const rules = given.map(([field, source]) => ({ field, source, rule: OCI_FIELDS.get(field) ?? (context.vendorFields.includes(field) ? VENDOR_FIELD : undefined) }));
  // Fields that need another one come after all that need none.
  for (const { field, source, rule } of [...rules.filter((one) => one.rule?.needs === undefined), ...rules.filter((one) => one.rule?.needs !== undefined)]) {
    if (source.trim() === '') continue;
    const name = fieldName(field, index);
    const place = placeOfField(fields, start, name);
    const fault = faultOf(field, source, rule, context.charset);
    if (OURS.has(field)) {
      if (fields[place]?.value !== source.trim()) context.lose(field, 'The field is ours: it leads back from an order to the cart.');
    } else if (mapped?.has(field) === true) {
      if (mapped.get(field) !== source) context.lose(field, 'The mapping of the connection sets this field.');
    } else if (rule === undefined) context.lose(field, 'OCI has no such field. mapping.ociVendorFields names fields that the buyer takes beside OCI.');
    else if (rule.needs !== undefined && !has(rule.needs)) context.lose(field, `The line has no ${rule.needs}, which OCI needs beside it.`);
    else if (fault !== undefined) context.lose(field, fault);
    else {
      if (rule.cut === true && characterCount(oneLine(transliterate(source, context.charset))) > rule.length) context.lose(field, `The value is cut to the ${rule.length} characters that OCI has.`);
      const value = writtenValue(field, source, rule, context.charset);
      if (place < 0) fields.push({ name, value });
      else fields[place] = { name, value };
    }
  }
}

/** Why the value cannot stand in its field. */
function faultOf(field: string, source: string, rule: OciField | undefined, charset: OciCharset): string | undefined {
  if (rule === undefined) return undefined;
  const value = writtenValue(field, source, rule, charset);
  if (rule.text !== true && (!encodable(value, charset) || /[\t\r\n]/.test(value))) return `The value has line breaks, tabs or characters that ${charset} lacks.`;
  if (value === '' || (rule.grammar !== undefined && !rule.grammar.test(value))) return 'The value is not what OCI has there.';
  const length = characterCount(value);
  return length > rule.length ? `The value has ${length} characters; OCI has ${rule.length}.` : undefined;
}
