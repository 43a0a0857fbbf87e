import { Ajv, type ValidateFunction } from 'ajv';
import type { Cart } from '../domain/cart/cart.js';
import { isDecimalText } from '../domain/decimal.js';
import { type Outcome, accept, refuse } from '../domain/error-codes.js';

const text = { type: 'string', maxLength: 65_536 } as const;
const key = { type: 'string', minLength: 1, maxLength: 255 } as const;
const decimal = { type: 'string', format: 'decimal' } as const;

const charge = {
  type: 'object',
  required: ['amount', 'description'],
  additionalProperties: false,
  properties: { amount: decimal, description: text, language: key, code: text },
} as const;

const texts = {
  type: 'array',
  maxItems: 100,
  items: {
    type: 'object',
    required: ['language'],
    additionalProperties: false,
    properties: { language: text, name: text, description: text },
  },
} as const;

const references = {
  type: 'array',
  maxItems: 100,
  items: {
    type: 'object',
    required: ['domain', 'identifier'],
    additionalProperties: false,
    properties: { domain: key, identifier: key },
  },
} as const;

const address = {
  type: 'object',
  required: ['name'],
  additionalProperties: false,
  properties: {
    name: text,
    nameLanguage: key,
    deliverTo: { type: 'array', items: text, default: [] },
    street: { type: 'array', items: text, default: [] },
    addressId: text,
    city: text,
    state: text,
    postalCode: text,
    countryCode: text,
    countryName: text,
    email: text,
    phone: text,
  },
} as const;

/** A line (domain/cart/cart.ts); rare fields default to those of an ordinary article. */
const line = {
  type: 'object',
  required: ['lineId', 'sku', 'quantity', 'unitPrice', 'name'],
  additionalProperties: false,
  properties: {
    lineId: key,
    kind: { enum: ['product', 'promotion', 'service', 'bundle'], default: 'product' },
    lineNumber: key,
    parentLineId: key,
    pricedAt: { enum: ['groupLevel', 'itemLevel'] },
    sku: key,
    productKey: { ...text, default: '' },
    standInSkus: { type: 'array', maxItems: 10, items: key },
    auxiliaryId: { ...text, default: '' },
    quantity: decimal,
    unitPrice: decimal,
    priceBasis: { ...decimal, default: '1' },
    conversionFactor: decimal,
    priceUnit: key,
    unit: { ...text, default: 'EA' },
    name: text,
    description: text,
    textLanguages: { type: 'object', additionalProperties: false, properties: { name: key, description: key } },
    classifications: {
      type: 'array',
      default: [],
      items: {
        type: 'object',
        required: ['domain', 'code'],
        additionalProperties: false,
        properties: { domain: text, code: text, name: text },
      },
    },
    manufacturerPartId: text,
    manufacturerName: text,
    gtin: text,
    url: text,
    imageUrl: text,
    leadTimeDays: { type: 'number', minimum: 0 },
    taxRate: decimal,
    taxAmount: decimal,
    tax: charge,
    shipping: charge,
    buyerPartId: text,
    texts,
    references,
    ociFields: { type: 'object', additionalProperties: text },
    customFields: { type: 'object', additionalProperties: text, default: {} },
  },
} as const;

/** A hand-written cart for a preview (domain/cart/cart.ts). */
const CART_SCHEMA = {
  type: 'object',
  required: ['currency', 'lines'],
  additionalProperties: false,
  properties: {
    cartId: { ...key, default: 'preview' },
    contentMark: { ...text, default: '' },
    currency: { type: 'string', pattern: '^[A-Z]{3}$' },
    language: { type: 'string', pattern: '^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$', default: 'en' },
    lines: { type: 'array', maxItems: 10_000, items: line },
    shipping: charge,
    tax: charge,
    quoteStatus: { enum: ['pending', 'final'] },
    operationAllowed: { enum: ['create', 'inspect', 'edit'] },
    shipTo: address,
    references,
  },
} as const;

// Not `readDecimal`: a program writes a JSON cart for this schema, which has only one spelling of a number.
function compiled(): ValidateFunction<Cart> {
  const ajv = new Ajv({ allErrors: true, useDefaults: true });
  ajv.addFormat('decimal', isDecimalText);
  return ajv.compile<Cart>(CART_SCHEMA);
}

/** Compiled by the first use, so that the start is quick. */
let check: ValidateFunction<Cart> | undefined;

/**
 * Reads a cart from JSON (domain/cart/cart.ts) and fills in defaults; refuses INVALID_REQUEST with the paths of all
 * faults at once.
 */
export function readCart(document: unknown): Outcome<Cart> {
  const validate = (check ??= compiled());
  const cart: unknown = structuredClone(document);
  if (validate(cart)) return accept(cart);
  return refuse(
    'INVALID_REQUEST',
    (validate.errors ?? [])
      .map(
        ({ instancePath, message, params }) =>
          `${instancePath.slice(1).replaceAll('/', '.') || 'cart'}: ${message}` +
          ('additionalProperty' in params ? ` (${params['additionalProperty']})` : ''),
      )
      .join('; '),
  );
}
