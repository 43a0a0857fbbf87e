import { digestOf } from '../digest.js';
import type { PayloadSummary } from '../transmission/transfer-payload.js';
import type { Cart, CartNotice } from './cart.js';
import { cartSummary } from './cart-summary.js';

/** A cart that the shop has changed by itself, as the buyer is asked about it before it is sent. */
export interface ChangedCart {
  notices: CartNotice[];
  /** Of what is left. */
  summary: PayloadSummary;
  /** What the buyer was shown: a transfer that names it sends the cart if it still is that. */
  confirm: string;
}

/** The question to ask before this cart may be sent; undefined where there is none. `confirmed`: the `confirm` that the buyer said yes to; empty for none. */
export function questionOf(cart: Cart, confirmed = ''): ChangedCart | undefined {
  const { notices = [] } = cart;
  const [content, told] = [markOf(contentOf(cart)), markOf(notices)];
  const isSeen = confirmed === '' ? notices.length === 0 : isConfirmed(confirmed, content, notices.length === 0 ? undefined : told);
  return isSeen ? undefined : { notices, summary: cartSummary(cart), confirm: `${content}.${told}` };
}

/** Many shops report a change only once: a cart without notices is confirmed by its content alone. */
function isConfirmed(confirmed: string, content: string, told: string | undefined): boolean {
  const [seenContent, seenNotices] = confirmed.split('.', 2);
  return seenContent === content && (told === undefined || seenNotices === told);
}

function contentOf({ contentMark, currency, lines }: Cart): unknown {
  return [contentMark, currency, lines.map(({ lineId, sku, quantity, unitPrice }) => [lineId, sku, quantity, unitPrice])];
}

function markOf(content: unknown): string {
  return digestOf(JSON.stringify(content)).slice(0, 32);
}
