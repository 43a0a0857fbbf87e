import type { FromSchema } from 'json-schema-to-ts';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { type DecimalText, formatDecimal, parseDecimal, trimZeros } from '../../domain/decimal.js';
import { type Outcome, accept, refuse } from '../../domain/error-codes.js';
import type { ItemKey, RequestedItem } from '../../domain/transmission/setup-request.js';
import type { CloneRequest } from '../../usecases/punchout/clone-user.js';
import { endlessIn } from '../body/check-input.js';
import { PLACE_FIELDS, shipToOf } from '../body/ship-to.js';

const bodies = new Ajv({ allowUnionTypes: true, strictTypes: false });
const queries = new Ajv({ coerceTypes: true, useDefaults: true });

/** Ids are text or, from PHP, numbers. */
const ID = { type: ['string', 'integer'], maxLength: 255 } as const;

/** Custom store integration, clone request; limits of architecture.md section 5 and T54. Other fields are ignored. */
export const CLONE_BODY = {
  type: 'object',
  required: ['username', 'api_key', 'end_customer_id', 'session_token', 'operation', 'gateway_base_url'],
  properties: {
    username: { type: 'string', minLength: 1, maxLength: 255 },
    api_key: { type: 'string', minLength: 1, maxLength: 255 },
    end_customer_id: { type: ['integer', 'string'], minimum: 0, maximum: 999_999_999_999_999, pattern: '^\\d{1,15}$' },
    session_token: { type: 'string', minLength: 1, maxLength: 4096 },
    operation: { enum: ['create', 'edit', 'inspect'] },
    gateway_base_url: { type: 'string', minLength: 1, maxLength: 2048, pattern: '^[^?#]*$' },
    selected_item: { type: 'object', properties: { supplier_part_id: ID, supplier_part_auxiliary_id: ID } },
    ship_to: { type: 'object', properties: { address_id: ID, ...PLACE_FIELDS } },
    cart_items: {
      type: 'array',
      maxItems: 5000,
      items: {
        type: 'object',
        required: ['quantity'],
        properties: {
          sku: ID,
          product_id: ID,
          quantity: {
            type: ['integer', 'string'],
            minimum: 1,
            maximum: 1_000_000_000,
            pattern: '^(1000000000|[1-9]\\d{0,8})$',
          },
          // Discounts that are separate lines have a negative price.
          price: { type: ['number', 'string'], minimum: -1e15, maximum: 1e15, pattern: '^-?\\d{1,15}(\\.\\d{1,10})?$' },
          description: { type: 'string', maxLength: 4000 },
          currency: { type: 'string', pattern: '^[A-Za-z]{3}$' },
        },
      },
    },
  },
} as const;

type CloneBody = FromSchema<typeof CLONE_BODY>;

/** Query of the categories. Without `limit` the whole tree is returned. */
export const CATEGORIES_QUERY = {
  type: 'object',
  required: ['api_key'],
  properties: {
    api_key: { type: 'string', minLength: 1, maxLength: 255 },
    limit: { type: 'integer', minimum: 1, maximum: 10_000 },
    page: { type: 'integer', minimum: 1, maximum: 1_000_000, default: 1 },
  },
} as const;

export const CLONE_ANSWER = {
  type: 'object',
  required: ['status', 'sso_url'],
  properties: { status: { const: 'ok' }, sso_url: { type: 'string', format: 'uri' } },
} as const;

export const CATEGORIES_ANSWER = {
  type: 'object',
  required: ['status', 'categories'],
  properties: {
    status: { const: 'ok' },
    categories: {
      type: 'array',
      items: {
        type: 'object',
        required: ['id', 'name', 'parent_id'],
        properties: {
          id: { type: 'integer', minimum: 1 },
          name: { type: 'string' },
          parent_id: { type: 'integer', minimum: 0 },
        },
      },
    },
    page: { type: 'integer', minimum: 1 },
    total: { type: 'integer', minimum: 0 },
    next_page: { type: ['integer', 'null'] },
  },
} as const;

export const ERROR_ANSWER = {
  type: 'object',
  required: ['status', 'error_code', 'message'],
  properties: {
    status: { const: 'error' },
    error_code: { enum: ['invalid_request', 'unauthorized', 'sso_unavailable', 'internal_error'] },
    message: { type: 'string' },
  },
} as const;

const check = fieldCheck<CloneBody>(CLONE_BODY, 'body');

/**
 * Punchout Rocket's clone request. Null counts as absent, and so does the empty list that PHP writes for an empty
 * object.
 */
export function readCloneRequest(body: unknown): Outcome<CloneRequest> {
  const checked = check(withoutNulls(body));
  if (!checked.ok) return checked;
  const {
    username,
    end_customer_id,
    session_token,
    operation,
    gateway_base_url,
    selected_item,
    ship_to,
    cart_items = [],
  } = checked.value;
  const items: RequestedItem[] = [];
  for (const [index, { sku, product_id, quantity, price, description, currency }] of cart_items.entries()) {
    const key = itemKeyOf(sku, product_id);
    if (key === undefined) return missing(`cart_items.${index}.sku`);
    const amount = price === undefined ? undefined : decimalOf(price);
    items.push({
      ...key,
      quantity: String(quantity),
      claimedUnitPrice:
        amount === undefined || currency === undefined ? undefined : { amount, currency: currency.toUpperCase() },
      description,
    });
  }
  const selectedItem = itemKeyOf(selected_item?.supplier_part_id, selected_item?.supplier_part_auxiliary_id);
  return accept({
    username,
    endCustomerId: Number(end_customer_id),
    sessionToken: session_token,
    operation,
    gatewayBaseUrl: gateway_base_url.trim(),
    selectedItem,
    shipTo: shipToOf(ship_to),
    items,
  });
}

/** One of the two may be missing ("if present"), not both. */
function itemKeyOf(
  sku: string | number | undefined = '',
  productId: string | number | undefined = '',
): ItemKey | undefined {
  const [supplierPartId, auxiliaryId] = [String(sku), String(productId)];
  if (supplierPartId === '' && auxiliaryId === '') return undefined;
  return {
    supplierPartId: supplierPartId === '' ? auxiliaryId : supplierPartId,
    auxiliaryId: auxiliaryId === '' ? undefined : auxiliaryId,
  };
}

/**
 * Not `readDecimal`: the schema refuses texts with a comma, and a JSON number is already parsed. JavaScript writes the
 * digits back; very small numbers get an exponent.
 */
function decimalOf(price: number | string): DecimalText {
  const text = String(price);
  return formatDecimal(trimZeros(parseDecimal(text.includes('e') ? Number(price).toFixed(10) : text)));
}

/** Fields for which PHP writes an empty list. */
const EMPTY_OBJECTS: ReadonlySet<string> = new Set(['selected_item', 'ship_to']);

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) =>
      member === null || (EMPTY_OBJECTS.has(name) && Array.isArray(member) && member.length === 0)
        ? []
        : [[name, withoutNulls(member)]],
    ),
  );
}

/**
 * Validates a JSON body or query parameters. Refuses with INVALID_REQUEST in Punchout Rocket's wording: "Missing field:
 * operation". The schema is compiled by the first value, so that the start is quick.
 */
export function fieldCheck<T>(schema: object, where: 'body' | 'query'): (value: unknown) => Outcome<T> {
  let compiled: ValidateFunction<T> | undefined;
  return (value) => {
    const validate = (compiled ??= (where === 'body' ? bodies : queries).compile<T>(schema));
    if (validate(value)) {
      const field = endlessIn(value);
      return field === undefined
        ? accept(value)
        : refuse('INVALID_REQUEST', `Invalid field: ${field} must be a finite number`, { field });
    }
    const [fault] = validate.errors ?? [];
    return fault === undefined ? refuse('INVALID_REQUEST') : faultOf(fault);
  };
}

/** Never includes the value: it may be the api_key. */
function faultOf({ keyword, instancePath, params, message = 'is not valid' }: ErrorObject): Outcome<never> {
  const path = instancePath.slice(1).replaceAll('/', '.');
  if (keyword === 'required')
    return missing([path, String(params['missingProperty'])].filter((part) => part !== '').join('.'));
  if (keyword === 'minLength') return missing(path);
  if (path === '') return refuse('INVALID_REQUEST', 'The body is not a JSON object.');
  const allowed: unknown = params['allowedValues'];
  return refuse(
    'INVALID_REQUEST',
    `Invalid field: ${path} ${message}${Array.isArray(allowed) ? `: ${allowed.join(', ')}` : ''}`,
    { field: path },
  );
}

export function missing(field: string): Outcome<never> {
  return refuse('INVALID_REQUEST', `Missing field: ${field}`, { field });
}
