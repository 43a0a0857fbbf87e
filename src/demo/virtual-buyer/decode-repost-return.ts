import { cartTotal, lineAmount } from '../../domain/cart/cart-total.js';
import { formatDecimal } from '../../domain/decimal.js';
import type { NameValue } from '../../domain/transmission/setup-request.js';
import { type RepostProduct, readRepostForm } from '../../protocols/repost/read-repost-form.js';
import type { Finding, ReceivedCart } from './received-cart.js';

/** What a store posts to a middleware (source 004), judged by its list of fields. An api_key is not shown, whoever sent it. */
export function decodeRepostReturn(fields: readonly NameValue[]): ReceivedCart {
  const document = fields
    .map(({ name, value }) => `${name}=${name === 'api_key' ? '\u2022\u2022\u2022\u2022\u2022\u2022' : value}`)
    .join('\n');
  const form = readRepostForm(fields);
  if (!form.ok)
    return {
      buyerCookie: '',
      currency: '',
      total: '0',
      lines: [],
      document,
      findings: [{ severity: 'error', place: '', text: form.refusal.reason ?? form.refusal.code }],
    };
  const { sessionToken, endCustomerId, products } = form.value;
  const currency = products[0]?.currency ?? '';
  const lines = products.map(({ sku, productId, description, quantity, price }) => {
    const line = { quantity, unitPrice: price, priceBasis: '1' };
    return {
      ...line,
      supplierPartId: sku ?? productId ?? '',
      name: description,
      unit: '',
      amount: formatDecimal(lineAmount(line, currency)),
    };
  });
  return {
    buyerCookie: sessionToken,
    cookieName: 'session_token',
    currency,
    total: cartTotal(lines, currency),
    lines,
    document,
    findings: [
      ...(endCustomerId === undefined ? [warning('end_customer_id', 'is missing')] : []),
      ...products.flatMap((product) => findingsOf(product, currency)),
    ],
  };
}

function findingsOf(
  { index, currency, quantity, description, categoryIds }: RepostProduct,
  expected: string,
): Finding[] {
  const place = (field: string): string => `products[${index}][${field}]`;
  return [
    ...(currency === expected
      ? []
      : [{ severity: 'error' as const, place: place('currency'), text: 'differs from the lines before' }]),
    ...(/^\d+$/.test(quantity)
      ? []
      : [{ severity: 'error' as const, place: place('quantity'), text: 'is no integer' }]),
    ...(description === '' ? [warning(place('description'), 'is missing')] : []),
    ...(categoryIds.length === 0 ? [warning(place('category_ids'), 'is empty: the line cannot be classified')] : []),
  ];
}

function warning(place: string, text: string): Finding {
  return { severity: 'warning', place, text };
}
