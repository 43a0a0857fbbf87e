import { baseUrlOf } from '../../domain/base-url.js';
import { pricePerBasis } from '../../domain/cart/cart-total.js';
import { compare, divide, multiply, parseDecimal } from '../../domain/decimal.js';
import type { Price } from '../../domain/mapping/mapping-discount.js';

/** The fields of a line, in the order of Punchout Rocket's example. */
export const PRODUCT_FIELDS = [
  'sku',
  'product_id',
  'description',
  'quantity',
  'price',
  'currency',
  'manufacturer_name',
  'category_ids',
] as const;
export type ProductField = (typeof PRODUCT_FIELDS)[number];

const NAME = /^products\[(0|[1-9]\d{0,5})\]\[([a-z_]{1,40})\]$/;

export function productFieldName(index: number, field: ProductField): string {
  return `products[${index}][${field}]`;
}

/** The place that a name stands for; undefined for a name of another shape. Read as text: bracket parsers lose indexes. */
export function parseProductFieldName(name: string): { index: number; field: string } | undefined {
  const match = NAME.exec(name);
  return match?.[1] === undefined || match[2] === undefined ? undefined : { index: Number(match[1]), field: match[2] };
}

const CHECKOUT_PATH = '/start-sso-checkout';

/** Where the cart is posted to: Punchout Rocket's relative path below `gateway_base_url`, which may end in a slash. */
export function checkoutAddress(gatewayBaseUrl: string): string {
  return baseUrlOf(gatewayBaseUrl) + CHECKOUT_PATH;
}

/** Digits behind the point that a receiver may be trusted to keep. */
const TRUSTED_DIGITS = 6;

/** Punchout Rocket has a price of one unit and nothing else: whether this price can be said so, to the last digit. */
export function hasExactUnitPrice(line: Price): boolean {
  const price = pricePerBasis(line);
  const basis = parseDecimal(line.priceBasis);
  return compare(multiply(divide(price, basis, Math.max(TRUSTED_DIGITS, price.scale)), basis), price) === 0;
}
