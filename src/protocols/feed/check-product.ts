import { CURRENCY_CODE } from '../../domain/currency.js';
import { readDecimal } from '../../domain/decimal.js';
import type { FeedColumn, FeedFaultKind, FeedProduct } from '../../domain/orders/feed.js';
import { type FeedFault, feedFault } from './feed-fault.js';

export type FeedFields = Partial<Record<FeedColumn, string>>;

const LONGEST: Partial<Record<FeedColumn, number>> = {
  id: 100,
  title: 255,
  description: 20_000,
  url: 2048,
  image: 2048,
};
const LONGEST_ELSE = 255;
/** Tabs and line breaks are allowed. */
// oxlint-disable-next-line no-control-regex -- that is what is looked for
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;
const AMOUNT = /^-?\d{1,12}(?:\.\d{1,6})?$/;
const UNIT = /^[A-Z\d]{2,3}$/;
const ADDRESS = /^https?:\/\/[^\s"'<>\\]+$/i;

/** Set if there is no error. Fields with a warning are left out. */
export interface CheckedProduct {
  product?: FeedProduct;
  faults: FeedFault[];
}

/** Checks the trimmed fields of one line. */
export function checkProduct(fields: FeedFields): CheckedProduct {
  const faults: FeedFault[] = [];
  const fault = (kind: FeedFaultKind, field: string, facts?: Parameters<typeof feedFault>[2]): undefined =>
    void faults.push({ ...feedFault(kind, field, facts), value: fields[field as FeedColumn] });
  for (const [field, value] of Object.entries(fields)) {
    if (CONTROL.test(value)) fault('control_characters', field);
    const max = Object.hasOwn(LONGEST, field) ? (LONGEST as Record<string, number>)[field] : LONGEST_ELSE;
    if (max !== undefined && value.length > max) fault('too_long', field, { max });
  }
  const given = (field: FeedColumn): string | undefined => (fields[field] === '' ? undefined : fields[field]);
  const matching = (field: FeedColumn, pattern: RegExp, kind: 'no_unit' | 'no_address'): string | undefined => {
    const value = given(field);
    return value === undefined || pattern.test(value) ? value : fault(kind, field);
  };
  const whole = (field: FeedColumn): number | undefined => {
    const value = given(field);
    return value === undefined ? undefined : /^\d{1,9}$/.test(value) ? Number(value) : fault('not_whole', field);
  };

  for (const field of ['id', 'title', 'price'] as const) if (given(field) === undefined) fault('empty', field);
  const price = numberOf(given('price'));
  if (price !== undefined && !AMOUNT.test(price)) fault('not_a_number', 'price');
  else if (price?.startsWith('-') === true) fault('negative', 'price');
  const currency = given('currency')?.toUpperCase() ?? 'EUR';
  if (!CURRENCY_CODE.test(currency)) fault('no_currency', 'currency');
  const vat = numberOf(given('vat')?.replace(/%$/, ''));
  if (vat !== undefined && !(AMOUNT.test(vat) && Number(vat) >= 0 && Number(vat) <= 100))
    fault('not_in_range', 'vat', { min: 0, max: 100 });

  const gtin = given('gtin');
  if (gtin === undefined) fault('recommended', 'gtin');
  else if (!isGtin(gtin)) fault('no_gtin', 'gtin');
  const optional = {
    gtin: gtin !== undefined && isGtin(gtin) ? gtin : undefined,
    description: given('description'),
    vendor: given('vendor'),
    manufacturerPartId: given('manufacturerPartId'),
    vat,
    stock: whole('stock'),
    leadTimeDays: whole('leadTimeDays'),
    unspsc: given('unspsc'),
    eclass: given('eclass'),
    category: given('category'),
    url: matching('url', ADDRESS, 'no_address'),
    image: matching('image', ADDRESS, 'no_address'),
  };
  const unit = matching('unit', UNIT, 'no_unit') ?? 'C62';
  if (faults.some(({ severity }) => severity === 'error')) return { faults };
  const { id = '', title = '' } = fields;
  return { faults, product: { id, title, price: price ?? '', currency, unit, ...optional } };
}

/** A comma is the decimal sign, as in OCI. Text that is not a number is left to the check. */
function numberOf(text: string | undefined): string | undefined {
  return text === undefined ? undefined : (readDecimal(text, { comma: 'decimal' }) ?? text);
}

/** GS1: weights 3 and 1 from the right; the sum with the check digit is a multiple of ten. */
function isGtin(text: string): boolean {
  if (!/^(?:\d{8}|\d{12,14})$/.test(text)) return false;
  const sum = Array.from(text, Number)
    .toReversed()
    .reduce((total, digit, index) => total + digit * (index % 2 === 0 ? 1 : 3), 0);
  return sum % 10 === 0;
}
