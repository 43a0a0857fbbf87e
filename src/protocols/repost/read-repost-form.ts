import { CURRENCY_CODE } from '../../domain/currency.js';
import { type DecimalText, readDecimal } from '../../domain/decimal.js';
import { accept, type Outcome, refuse } from '../../domain/error-codes.js';
import type { NameValue } from '../../domain/transmission/setup-request.js';
import { parseProductFieldName, PRODUCT_FIELDS, type ProductField } from './repost-fields.js';

/** A cart that a store posts to a middleware. */
export interface RepostForm {
  sessionToken: string;
  /** Absent in Punchout Rocket's own example. */
  endCustomerId?: number;
  apiKey?: string;
  products: RepostProduct[];
}

export interface RepostProduct {
  /** As in the form; gaps are closed. */
  index: number;
  sku?: string;
  productId?: string;
  description: string;
  quantity: DecimalText;
  /** Of one unit. */
  price: DecimalText;
  currency: string;
  manufacturerName?: string;
  categoryIds: number[];
}

/** architecture.md section 5. */
const MAX_LINES = 10_000;
const INTEGER = /^(0|[1-9]\d{0,14})$/;
const FIELDS: ReadonlySet<string> = new Set(PRODUCT_FIELDS);

/**
 * Reads the auto-post form of a custom store integration on the middleware's side: flat pairs in any order, indexes
 * with gaps, unknown fields ignored. Refuses INVALID_REQUEST with the field: session_token missing, a field twice, a
 * line without article, quantity, price or currency.
 */
export function readRepostForm(fields: readonly NameValue[]): Outcome<RepostForm> {
  const heads = new Map<string, string>();
  const rows = new Map<number, Map<string, string>>();
  for (const { name, value } of fields) {
    const place = parseProductFieldName(name);
    if (place === undefined) {
      if (name !== 'session_token' && name !== 'end_customer_id' && name !== 'api_key') continue;
      if (heads.has(name)) return invalid(name, 'comes twice');
      heads.set(name, value);
      continue;
    }
    if (!FIELDS.has(place.field)) continue;
    const row = rows.get(place.index) ?? new Map<string, string>();
    if (row.has(place.field)) return invalid(name, 'comes twice');
    row.set(place.field, value);
    rows.set(place.index, row);
    if (rows.size > MAX_LINES)
      return refuse('REQUEST_TOO_LARGE', `The cart has more than ${MAX_LINES} lines.`, { limit: MAX_LINES });
  }
  const sessionToken = heads.get('session_token') ?? '';
  if (sessionToken === '') return invalid('session_token', 'is missing');
  const endCustomer = heads.get('end_customer_id');
  if (endCustomer !== undefined && !INTEGER.test(endCustomer)) return invalid('end_customer_id', 'is no integer');
  const products: RepostProduct[] = [];
  for (const index of [...rows.keys()].toSorted((a, b) => a - b)) {
    const product = productOf(index, rows.get(index) ?? new Map<string, string>());
    if (!product.ok) return product;
    products.push(product.value);
  }
  const apiKey = heads.get('api_key');
  return accept({
    sessionToken,
    products,
    endCustomerId: endCustomer === undefined ? undefined : Number(endCustomer),
    apiKey,
  });
}

function productOf(index: number, row: ReadonlyMap<string, string>): Outcome<RepostProduct> {
  const text = (field: ProductField): string | undefined => row.get(field) || undefined;
  const at = (field: ProductField, fault: string): Outcome<never> => invalid(`products[${index}][${field}]`, fault);
  const [sku, productId, currency = ''] = [text('sku'), text('product_id'), text('currency')];
  const [quantity, price] = [readDecimal(text('quantity')), readDecimal(text('price'))];
  if (sku === undefined && productId === undefined) return at('sku', 'is missing, and so is product_id');
  if (quantity === undefined || quantity.startsWith('-') || !/[1-9]/.test(quantity))
    return at('quantity', 'is no number above 0');
  if (price === undefined) return at('price', 'is no decimal number');
  if (!CURRENCY_CODE.test(currency)) return at('currency', 'is no currency code');
  const categories = (text('category_ids') ?? '')
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '');
  if (categories.some((id) => !INTEGER.test(id))) return at('category_ids', 'is no list of integers');
  const manufacturerName = text('manufacturer_name');
  return accept({
    index,
    sku,
    productId,
    description: text('description') ?? '',
    quantity,
    price,
    currency,
    manufacturerName,
    categoryIds: categories.map(Number),
  });
}

function invalid(
  field: string,
  fault: string,
): { ok: false; refusal: { code: 'INVALID_REQUEST'; reason: string; details: { field: string } } } {
  return { ok: false, refusal: { code: 'INVALID_REQUEST', reason: `Field ${field} ${fault}.`, details: { field } } };
}
