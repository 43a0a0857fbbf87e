import { Ajv } from 'ajv';
import type { Cart } from '../domain/cart/cart.js';
import { isDecimalText } from '../domain/decimal.js';
import { type Outcome, accept, refuse } from '../domain/error-codes.js';
import { CART_SCHEMA } from './cart-schema.js';

// Not `readDecimal`: a cart in JSON is written by a program for this schema, which has no other way to say a number.
const ajv = new Ajv({ allErrors: true, useDefaults: true });
ajv.addFormat('decimal', isDecimalText);
const validate = ajv.compile<Cart>(CART_SCHEMA);

/** A cart as JSON (domain/cart/cart.ts), defaults filled in; refuses INVALID_REQUEST naming all faults with their paths at once. */
export function readCart(document: unknown): Outcome<Cart> {
  const cart: unknown = structuredClone(document);
  if (validate(cart)) return accept(cart);
  return refuse(
    'INVALID_REQUEST',
    (validate.errors ?? [])
      .map(
        ({ instancePath, message, params }) =>
          `${instancePath.slice(1).replaceAll('/', '.') || 'cart'}: ${message}${'additionalProperty' in params ? ` (${params['additionalProperty']})` : ''}`,
      )
      .join('; '),
  );
}
