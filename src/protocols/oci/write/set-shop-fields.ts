import type { OciCharset } from '../../../domain/access/connection.js';
import type { MappedLine } from '../../../domain/mapping/mapping.js';
import { OCI_FIELDS, type OciField } from '../../../domain/mapping/mapping-fields.js';
import type { NameValue } from '../../../domain/transmission/setup-request.js';
import { characterCount, oneLine } from './cut-text.js';
import { fieldName, placeOfField, VENDOR_FIELD, writtenValue } from './mapped-fields.js';
import { encodable, transliterate } from './transliterate.js';

interface ShopFieldContext {
  charset: OciCharset;
  /** Fields in addition to oci.md 3 that this buyer accepts (`mapping.ociVendorFields`). */
  vendorFields: readonly string[];
  /** Called for each value of the shop that the form will not hold. */
  lose: (field: string, reason: string) => void;
}

/** Fields that link an order to our cart, so a shop cannot set them. */
const OURS: ReadonlySet<string> = new Set(['EXT_QUOTE_ID', 'EXT_QUOTE_ITEM']);

/**
 * Sets the fields of a line that the shop sent in its own OCI cart, and MATNR for the buyer's article number: replaces
 * the writer's field, else appends. Priority: the mapping of the connection, then the shop, then what the connection
 * sets for all lines (VENDOR). Only names of oci.md 3 and of the settings are written (T18). A value that oci.md 3 does
 * not allow is left out and reported; descriptive texts are cut and reported.
 */
export function setShopFields(
  fields: NameValue[],
  start: number,
  index: number,
  line: MappedLine,
  { charset, vendorFields, lose }: ShopFieldContext,
): void {
  if (line.ociFields === undefined && line.buyerPartId === undefined) return;
  const matnr: Record<string, string> = line.buyerPartId === undefined ? {} : { MATNR: line.buyerPartId };
  const mapped = line.outgoing?.oci;
  const ruleOf = (field: string): OciField | undefined =>
    OCI_FIELDS.get(field) ?? (vendorFields.includes(field) ? VENDOR_FIELD : undefined);
  const placeOf = (field: string): number => placeOfField(fields, start, fieldName(field, index));
  const has = (field: string): boolean => mapped?.has(field) === true || placeOf(field) >= 0;

  const set = (field: string, source: string): void => {
    if (source.trim() === '') return;
    const rule = ruleOf(field);
    const place = placeOf(field);
    if (OURS.has(field)) {
      if (fields[place]?.value !== source.trim()) lose(field, 'The field is ours: it links an order to the cart.');
      return;
    }
    if (mapped?.has(field) === true) {
      if (mapped.get(field) !== source) lose(field, 'The mapping of the connection sets this field.');
      return;
    }
    const fault = rule === undefined ? NO_FIELD : faultOf(field, source, rule, charset, has);
    if (rule === undefined || fault !== undefined) return lose(field, fault ?? NO_FIELD);
    if (isCut(source, rule, charset)) lose(field, `The value is cut to the ${rule.length} characters that OCI allows.`);
    const pair = { name: fieldName(field, index), value: writtenValue(field, source, rule, charset) };
    if (place < 0) fields.push(pair);
    else fields[place] = pair;
  };

  const given = Object.entries({ ...matnr, ...line.ociFields });
  // Fields that need another field come last.
  for (const [field, source] of given) if (ruleOf(field)?.needs === undefined) set(field, source);
  for (const [field, source] of given) if (ruleOf(field)?.needs !== undefined) set(field, source);
}

const NO_FIELD = 'OCI has no such field. mapping.ociVendorFields lists additional fields that the buyer accepts.';

/** Why the field does not accept the value. */
function faultOf(
  field: string,
  source: string,
  rule: OciField,
  charset: OciCharset,
  has: (field: string) => boolean,
): string | undefined {
  if (rule.needs !== undefined && !has(rule.needs)) return `The line has no ${rule.needs}, which OCI requires with it.`;
  const value = writtenValue(field, source, rule, charset);
  if (rule.text !== true && (!encodable(value, charset) || /[\t\r\n]/.test(value))) {
    return `The value has line breaks, tabs or characters that ${charset} lacks.`;
  }
  if (value === '' || rule.grammar?.test(value) === false) return 'The value is not allowed by OCI.';
  const length = characterCount(value);
  return length > rule.length ? `The value has ${length} characters; OCI allows ${rule.length}.` : undefined;
}

function isCut(source: string, rule: OciField, charset: OciCharset): boolean {
  return rule.cut === true && characterCount(oneLine(transliterate(source, charset))) > rule.length;
}
