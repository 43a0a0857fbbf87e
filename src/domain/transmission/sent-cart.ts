import type { Cart } from '../cart/cart.js';
import type { ConnectorTransferEvent } from './connector-event.js';

/** What a document was made from, beside its transmission and its connection. Stored with the payload. */
export interface SentCart {
  /** Of the document; it begins with the time at which it was written, in milliseconds. */
  payloadId: string;
  cart: Cart;
  /** `ConnectorTransferEvent.categoryNumbers` as pairs. */
  categoryNumbers?: [categoryId: string, number: number][];
  given?: ConnectorTransferEvent['given'];
}

/** Larger carts are not kept: some 2,000 lines. In characters of JSON. */
const MOST_CHARACTERS = 1_000_000;

export function sentCartOf(
  payloadId: string,
  { cart, categoryNumbers, given }: Pick<ConnectorTransferEvent, 'cart' | 'categoryNumbers' | 'given'>,
): SentCart {
  // What only the buyer was told is not part of the document.
  const { notices: _, ...sent } = cart;
  return {
    payloadId,
    cart: sent,
    categoryNumbers: categoryNumbers === undefined ? undefined : [...categoryNumbers],
    given,
  };
}

/** The JSON that is stored; null for a cart that is too large. */
export function keptCartText(sent: SentCart): string | null {
  const text = JSON.stringify(sent);
  return text.length > MOST_CHARACTERS ? null : text;
}
