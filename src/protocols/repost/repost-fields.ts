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

/** Index and field of a name; undefined for any other name. Parsed as text, because bracket parsers lose indexes. */
export function parseProductFieldName(name: string): { index: number; field: string } | undefined {
  const match = NAME.exec(name);
  return match?.[1] === undefined || match[2] === undefined ? undefined : { index: Number(match[1]), field: match[2] };
}

const CHECKOUT_PATH = '/start-sso-checkout';

/**
 * The address to which the cart is posted: Punchout Rocket's path relative to `gateway_base_url`, which may end in a
 * slash.
 */
export function checkoutAddress(gatewayBaseUrl: string): string {
  return baseUrlOf(gatewayBaseUrl) + CHECKOUT_PATH;
}

/** Number of digits after the point that every receiver keeps. */
const TRUSTED_DIGITS = 6;

/** Punchout Rocket has only a unit price: whether this price can be expressed exactly that way. */
export function hasExactUnitPrice(line: Price): boolean {
  const price = pricePerBasis(line);
  const basis = parseDecimal(line.priceBasis);
  return compare(multiply(divide(price, basis, Math.max(TRUSTED_DIGITS, price.scale)), basis), price) === 0;
}
