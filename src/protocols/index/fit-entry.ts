import type { IndexEntry, IndexFaultKind } from '../../domain/catalogue/catalogue-index.js';
import { cutText } from '../oci/write/cut-text.js';
import type { FittedEntry, IndexLimits } from './index-writer.js';

/** Control characters, halves of surrogate pairs, and what XML 1.0 cannot hold. Tab and line breaks are texts. */
// oxlint-disable-next-line no-control-regex -- that is what is looked for
const UNSAYABLE = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]|\p{Surrogate}/gu;
/** OWASP, CSV Injection: https://owasp.org/www-community/attacks/CSV_Injection */
const FORMULA = /^[=+\-@\t\r]/;
// oxlint-disable-next-line no-control-regex -- that is what is looked for
const NOT_IN_ID = /[\0-\x1f\x7f\ufffe\uffff]|\p{Surrogate}/u;

const TEXTS = ['name', 'description', 'manufacturerName', 'manufacturerPartId'] as const;

/**
 * Makes an entry fit a format: texts are cleaned, disarmed and cut. Identifiers are never changed, since the buyer's
 * system sends them back: one that does not fit is an error.
 */
export function fitEntry(given: IndexEntry, limits: IndexLimits): FittedEntry {
  const entry = { ...given, categoryPath: given.categoryPath.map((name) => disarmed(name.replace(UNSAYABLE, ''))) };
  const faults: FittedEntry['faults'] = [];
  const fault = (kind: IndexFaultKind, field: string, value: string): void => void faults.push({ kind, field, value });
  const disarm = limits.isTable ? disarmed : (text: string) => text;

  for (const id of new Set([limits.idOf(entry), entry.sku])) {
    if (id.trim() === '') fault('id_missing', 'id', id);
    else if (Array.from(id).length > limits.id) fault('id_too_long', 'id', id);
    else if (isUnfit(id, limits)) fault('id_characters', 'id', id);
  }
  if (decimalsOf(entry.price) > limits.decimals) fault('price_decimals', 'price', entry.price);

  for (const field of TEXTS) {
    const text = entry[field];
    if (text === undefined) continue;
    const clean = text.replace(UNSAYABLE, '').trim();
    if (clean.length !== text.trim().length) fault('text_characters', field, text);
    const safe = disarm(clean);
    if (safe !== clean) fault('text_formula', field, clean);
    const most = field === 'name' || field === 'description' ? limits[field] : limits.manufacturer;
    const cut = cutText(safe, most);
    if (cut !== safe) fault('text_cut', field, safe);
    entry[field] = cut;
  }
  for (const code of entry.classifications)
    if (isUnfit(code.code, limits)) fault('id_characters', 'classification', code.code);
  // An auxiliary id is optional: the article number identifies the product too.
  if (isUnfit(entry.auxiliaryId, limits)) entry.auxiliaryId = '';
  for (const field of ['url', 'imageUrl'] as const)
    if (entry[field] !== undefined && !/^https?:\/\/[^\s"<>]+$/.test(entry[field])) entry[field] = undefined;
  return { entry, faults };
}

function isUnfit(id: string, { isTable, forbidden = '' }: IndexLimits): boolean {
  return (
    id !== id.trim() ||
    NOT_IN_ID.test(id) ||
    (isTable && FORMULA.test(id)) ||
    Array.from(forbidden).some((each) => id.includes(each))
  );
}

function disarmed(text: string): string {
  return FORMULA.test(text) ? ` ${text}` : text;
}

function decimalsOf(price: string): number {
  const point = price.indexOf('.');
  return point < 0 ? 0 : price.length - point - 1;
}
