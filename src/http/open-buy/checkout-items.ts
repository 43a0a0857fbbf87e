import type { FromSchema } from 'json-schema-to-ts';
import { type Outcome, accept, refuse } from '../../domain/error-codes.js';
import type { WantedItem } from '../../usecases/catalogue/price-items.js';
import { bodyCheck } from '../body/check-input.js';
import { CHECKOUT_ITEM, CHECKOUT_ITEMS } from './schemas.js';

const severalBody = bodyCheck<FromSchema<typeof CHECKOUT_ITEMS>>(CHECKOUT_ITEMS);
const singleBody = bodyCheck<FromSchema<typeof CHECKOUT_ITEM>>(CHECKOUT_ITEM);
/** A number that needs more digits is written with an exponent, or rounded. */
const PLAIN = /^\d{1,13}(\.\d{1,6})?$/;

/** The items of a checkout: `items`, or else the one that the body itself is. */
export function checkoutItems(body: unknown): Outcome<WantedItem[]> {
  const isSingle = typeof body === 'object' && body !== null && !('items' in body) && 'source_part_num' in body;
  const single = isSingle ? singleBody(body) : undefined;
  if (single?.ok === false) return single;
  const several = single === undefined ? severalBody(body) : accept({ items: [single.value] });
  if (!several.ok) return several;
  const { items } = several.value;
  const wrong = items.findIndex(({ quantity }) => typeof quantity === 'number' && !PLAIN.test(String(quantity)));
  if (wrong < 0)
    return accept(items.map(({ source_part_num: sku, quantity }) => ({ sku, quantity: String(quantity) })));
  const field = single === undefined ? `items.${wrong}.quantity` : 'quantity';
  return refuse('INVALID_REQUEST', `${field} must have at most six decimals.`, { field });
}
