import type { NameValue } from '../../../domain/transmission/setup-request.js';

export interface OciFinding {
  severity: 'error' | 'warning';
  /** OCI field after `NEW_ITEM-`, or the whole name of another field. */
  field: string;
  index?: number;
  /** English, for the integration engineer. */
  message: string;
}

export interface OciCheckOptions {
  /** First index that the buyer expects; 1 by the standard. */
  startIndex: 0 | 1;
}

/** oci.md 3: longest value in characters. LONGTEXT has no limit. */
const LENGTHS = new Map<string, number>(
  Object.entries({
    DESCRIPTION: 40,
    MATNR: 40,
    QUANTITY: 15,
    UNIT: 3,
    PRICE: 15,
    CURRENCY: 5,
    PRICEUNIT: 5,
    LEADTIME: 5,
    LONGTEXT: Infinity,
    VENDOR: 10,
    VENDORMAT: 40,
    MANUFACTCODE: 10,
    MANUFACTMAT: 40,
    MATGROUP: 10,
    SERVICE: 1,
    CONTRACT: 10,
    CONTRACT_ITEM: 5,
    EXT_QUOTE_ID: 35,
    EXT_QUOTE_ITEM: 10,
    EXT_PRODUCT_ID: 40,
    ATTACHMENT: 255,
    ATTACHMENT_TITLE: 255,
    ATTACHMENT_PURPOSE: 1,
    EXT_SCHEMA_TYPE: 10,
    EXT_CATEGORY_ID: 60,
    EXT_CATEGORY: 40,
    SLD_SYS_NAME: 60,
    CUST_FIELD1: 10,
    CUST_FIELD2: 10,
    CUST_FIELD3: 10,
    CUST_FIELD4: 20,
    CUST_FIELD5: 50,
    ITEM_TYPE: 1,
    PARENT_ID: 5,
  }),
);

const GRAMMARS: [field: string, severity: 'error' | 'warning', grammar: RegExp, message: string][] = [
  ['QUANTITY', 'error', /^\d{1,11}(?:\.\d{1,3})?$/, 'is not a number of at most 11 digits before and 3 behind a point'],
  ['PRICE', 'error', /^\d{1,11}(?:\.\d{1,3})?$/, 'is not a number of at most 11 digits before and 3 behind a point'],
  ['QUANTITY', 'warning', /^\d+\.\d{3}$|[^\d.]|\.\d{4}/, 'has not exactly 3 digits behind the point'],
  ['PRICE', 'warning', /^\d+\.\d{3}$|[^\d.]|\.\d{4}/, 'has not exactly 3 digits behind the point'],
  ['QUANTITY', 'error', /[1-9]|[^\d.]/, 'is 0'],
  ['PRICEUNIT', 'error', /^0*[1-9]\d*$/, 'is not a whole number above 0'],
  ['LEADTIME', 'error', /^\d+$/, 'is not a whole number of days'],
  ['UNIT', 'error', /^[A-Z0-9]+$/, 'is not a UN/CEFACT code in upper case'],
  ['CURRENCY', 'error', /^[A-Z]{3}$/, 'is not an ISO 4217 code'],
  ['SERVICE', 'error', /^X$/, 'must be X or empty'],
  ['ATTACHMENT', 'error', /^https?:\/\/[^\s]+$/i, 'is not a web address'],
  ['ATTACHMENT_PURPOSE', 'warning', /^C$/, 'is not C'],
  ['ITEM_TYPE', 'error', /^[ROL]$/, 'is none of R, O, L'],
  ['PARENT_ID', 'error', /^\d+$/, 'is not the number of a line'],
];

/** [field, field it needs]: oci.md 3, the conditional ones. */
const NEEDS: [field: string, needed: string][] = [
  ['PRICE', 'CURRENCY'],
  ['CONTRACT_ITEM', 'CONTRACT'],
  ['EXT_QUOTE_ITEM', 'EXT_QUOTE_ID'],
  ['EXT_CATEGORY_ID', 'EXT_SCHEMA_TYPE'],
  ['EXT_CATEGORY', 'EXT_SCHEMA_TYPE'],
];

const CONSTANTS = new Map([
  ['~okcode', 'ADDI'],
  ['~caller', 'CTLG'],
]);

/** Maximum number of parameters that PHP buyers read; they lose the rest (oci.md 4). */
const PHP_MAX_INPUT_VARS = 1000;

/**
 * Checks the fields of a return form as they reached the buyer, only by oci.md 3 and 4, independent of our writer. An
 * error is a field that SRM drops, cuts or misreads. A warning is a problem for a known buyer. No findings: even the
 * strictest buyer accepts it.
 */
export function checkOciCartForm(
  fields: readonly NameValue[],
  { startIndex }: OciCheckOptions = { startIndex: 1 },
): OciFinding[] {
  const findings: OciFinding[] = [];
  const items = new Map<number, Map<string, string>>();
  for (const { name, value } of fields) {
    const parts = /^NEW_ITEM-(?:LONGTEXT_(\d{1,9}):132\[\]|([A-Z0-9_]{1,40})\[(\d{1,9})\])$/.exec(name);
    const field = parts === null ? undefined : (parts[2] ?? 'LONGTEXT');
    if (parts === null || field === undefined || (parts[2] !== undefined && parts[2].startsWith('LONGTEXT'))) {
      checkOther(findings, name, value);
      continue;
    }
    const index = Number(parts[1] ?? parts[3]);
    const item = items.get(index) ?? new Map<string, string>();
    items.set(index, item);
    if (item.has(field) && field !== 'LONGTEXT')
      findings.push({ severity: 'error', field, index, message: 'comes twice' });
    item.set(field, value);
  }
  const indexes = [...items.keys()].sort((a, b) => a - b);
  for (const [place, index] of indexes.entries()) {
    if (index !== place + startIndex) {
      findings.push({
        severity: 'warning',
        field: 'NEW_ITEM',
        index,
        message: `items are not counted from ${startIndex} without a gap`,
      });
      break;
    }
  }
  for (const index of indexes) checkItem(findings, index, items.get(index) ?? new Map<string, string>(), items);
  if (fields.length > PHP_MAX_INPUT_VARS) {
    findings.push({
      severity: 'warning',
      field: 'NEW_ITEM',
      message: `more than ${PHP_MAX_INPUT_VARS} fields: a PHP buyer with its usual settings loses the rest`,
    });
  }
  return findings;
}

function checkOther(findings: OciFinding[], name: string, value: string): void {
  if (/^NEW_ITEM-LONGTEXT/i.test(name))
    findings.push({
      severity: 'error',
      field: 'LONGTEXT',
      message: `${name.slice(0, 60)} is not spelled NEW_ITEM-LONGTEXT_n:132[]`,
    });
  else if (/^NEW_ITEM/i.test(name))
    findings.push({ severity: 'error', field: name.slice(0, 60), message: 'is not spelled NEW_ITEM-FIELD[n]' });
  else if (name.startsWith('~')) {
    const constant = CONSTANTS.get(name.toLowerCase());
    if (constant !== undefined && value !== constant)
      findings.push({ severity: 'warning', field: name.slice(0, 60), message: `is not ${constant}` });
    if (name.toLowerCase() === '~target' && !/^(?:_top|_parent|_self|[A-Za-z][\w-]{0,63})$/.test(value))
      findings.push({ severity: 'error', field: '~TARGET', message: 'is not a frame name' });
  } else findings.push({ severity: 'warning', field: name.slice(0, 60), message: 'is no OCI field' });
}

function checkItem(
  findings: OciFinding[],
  index: number,
  item: ReadonlyMap<string, string>,
  items: ReadonlyMap<number, unknown>,
): void {
  const report = (severity: 'error' | 'warning', field: string, message: string): void =>
    void findings.push({ severity, field, index, message });
  const has = (field: string): boolean => (item.get(field) ?? '') !== '';

  for (const [field, value] of item) {
    const longest = LENGTHS.get(field);
    const length = codePoints(value);
    if (longest === undefined) report('warning', field, 'is no OCI field');
    else if (length > longest) report('error', field, `has ${length} characters; ${longest} are allowed`);
  }
  for (const [field, severity, grammar, message] of GRAMMARS)
    if (has(field) && !grammar.test(item.get(field) ?? '')) report(severity, field, message);
  for (const [field, needed] of NEEDS)
    if (has(field) && !has(needed)) report('error', needed, `is missing, although ${field} is present`);

  if (!has('QUANTITY')) report('error', 'QUANTITY', 'is missing');
  if (has('MATNR')) {
    if (has('DESCRIPTION'))
      report('warning', 'DESCRIPTION', 'is sent with MATNR; since OCI 4.0 only one of the two is allowed');
    if (codePoints(item.get('MATNR') ?? '') > 18)
      report('warning', 'MATNR', 'has more than the 18 characters of OCI 3.0');
  } else {
    for (const field of ['DESCRIPTION', 'UNIT']) if (!has(field)) report('error', field, 'is missing, and so is MATNR');
    if (!has('PRICE')) report('warning', 'PRICE', 'is missing; free-text items need one in practice');
  }
  if (!has('VENDORMAT')) report('warning', 'VENDORMAT', "is missing: the supplier's article number");
  if (/[\r\n]/.test(item.get('DESCRIPTION') ?? '')) report('error', 'DESCRIPTION', 'has a line break');
  if (has('PARENT_ID') && !items.has(Number(item.get('PARENT_ID'))))
    report('error', 'PARENT_ID', 'names a missing line');
  if (has('PARENT_ID') && !has('ITEM_TYPE')) report('error', 'ITEM_TYPE', 'is missing, although PARENT_ID is present');
}

function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}
