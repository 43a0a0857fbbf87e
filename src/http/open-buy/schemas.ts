import { MOST_WANTED } from '../../usecases/catalogue/price-items.js';

/** Open Buy, as far as its reference was read (open-buy.md). Other members of a body are ignored. */
const PART_NUMBER = {
  type: 'string',
  minLength: 1,
  maxLength: 255,
  description: 'Article number of the shop',
} as const;
const DECIMAL = {
  type: 'string',
  pattern: String.raw`^-?\d+(\.\d+)?$`,
  description: 'Decimal number as text',
} as const;

/** The names of Coupa's Core API for an item of a live search. */
const ITEM = {
  source_part_num: PART_NUMBER,
  description: { type: 'string', maxLength: 255, description: 'Name, one line' },
  unit_price: { ...DECIMAL, description: 'Price of one unit for this buyer' },
  currency: { type: 'string', description: 'ISO 4217' },
  uom: { type: 'string', description: 'Unit, as in the carts of the connection' },
  unspsc_code: { type: 'string', description: 'Absent: the shop does not classify the product' },
  manufacturer_name: { type: 'string', maxLength: 255 },
  manufacturer_part_number: { type: 'string', maxLength: 255 },
  minimum_order_quantity: { ...DECIMAL, description: 'Smallest quantity of a cart' },
  order_increment: { ...DECIMAL, description: 'A cart holds multiples of it; absent: any quantity from the smallest' },
  image_url: { type: 'string' },
} as const;
const ITEM_ALWAYS = ['source_part_num', 'unit_price', 'currency', 'uom'] as const;

export const AUTHENTICATION_BODY = {
  type: 'object',
  required: ['credentials'],
  properties: {
    credentials: { type: 'string', minLength: 1, maxLength: 255 },
    email: { type: ['string', 'null'], maxLength: 320 },
  },
} as const;

export const AUTHENTICATION_ANSWER = {
  type: 'object',
  required: ['token'],
  properties: { token: { type: 'string' } },
} as const;

export const SEARCH_BODY = {
  type: 'object',
  required: ['query'],
  properties: {
    query: { type: 'string', maxLength: 500, pattern: '\\S' },
    page_number: { type: ['integer', 'null'], minimum: 1, maximum: 1_000_000, description: '1 by default' },
  },
} as const;

export const SEARCH_ANSWER = {
  type: 'object',
  required: ['count', 'total_count', 'results'],
  properties: {
    count: { type: 'integer', description: 'Products on this page' },
    total_count: { type: 'integer', description: 'Products on all pages, at most 100' },
    results: {
      type: 'array',
      items: { type: 'object', required: [...ITEM_ALWAYS, 'minimum_order_quantity'], properties: ITEM },
    },
  },
} as const;

export const DETAIL_BODY = {
  type: 'object',
  required: ['source_part_num'],
  properties: { source_part_num: PART_NUMBER },
} as const;

export const DETAIL_ANSWER = {
  type: 'object',
  required: [...ITEM_ALWAYS, 'minimum_order_quantity'],
  properties: { ...ITEM, summary: { type: 'string', maxLength: 4_000, description: 'Long description' } },
} as const;

/** Coupa's Core API: decimal(30,6). */
const QUANTITY = {
  anyOf: [
    { type: 'string', pattern: String.raw`^\d{1,24}(\.\d{1,6})?$` },
    { type: 'number', minimum: 0, maximum: 1_000_000_000_000 },
  ],
  description: 'Decimal number, as text or number',
} as const;

export const CHECKOUT_ITEM = {
  type: 'object',
  required: ['source_part_num', 'quantity'],
  properties: { source_part_num: PART_NUMBER, quantity: QUANTITY },
} as const;

export const CHECKOUT_ITEMS = {
  type: 'object',
  required: ['items'],
  properties: { items: { type: 'array', minItems: 1, maxItems: MOST_WANTED, items: CHECKOUT_ITEM } },
} as const;

/** Several items, or one. */
export const CHECKOUT_BODY = { anyOf: [CHECKOUT_ITEMS, CHECKOUT_ITEM] } as const;

const { minimum_order_quantity: _smallest, ...PRICED } = ITEM;
export const CHECKOUT_ANSWER = {
  type: 'object',
  required: ['items'],
  properties: {
    items: {
      type: 'array',
      description: 'All that were asked for, in their order',
      items: {
        type: 'object',
        required: [...ITEM_ALWAYS, 'quantity', 'total'],
        properties: {
          ...PRICED,
          quantity: { ...DECIMAL, description: 'As asked for' },
          unit_price: { ...DECIMAL, description: 'Price of one unit in this quantity' },
          total: { ...DECIMAL, description: 'Quantity times unit_price' },
        },
      },
    },
  },
} as const;
