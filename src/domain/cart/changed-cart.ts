import { digestOf } from '../digest.js';
import type { PayloadSummary } from '../transmission/transfer-payload.js';
import type { Cart, CartNotice } from './cart.js';
import { cartSummary } from './cart-summary.js';

/** What the buyer is asked before a cart is sent that the shop has changed. */
export interface ChangedCart {
  notices: CartNotice[];
  /** Sums of the cart as it is now. */
  summary: PayloadSummary;
  /**
   * Stands for the cart and the notices that the buyer was shown. A transfer with this value sends the cart if both are
   * unchanged.
   */
  confirm: string;
}

/**
 * What to ask the buyer before this cart is sent; undefined where the cart may be sent at once. `confirmed`: the
 * `confirm` that the buyer agreed to; empty where they were not asked.
 */
export function questionOf(cart: Cart, confirmed = ''): ChangedCart | undefined {
  const { notices = [] } = cart;
  const [content, told] = [markOf(contentOf(cart)), markOf(notices)];
  const isSeen =
    confirmed === '' ? notices.length === 0 : isConfirmed(confirmed, content, notices.length === 0 ? undefined : told);
  return isSeen ? undefined : { notices, summary: cartSummary(cart), confirm: `${content}.${told}` };
}

/** Many shops report a change once. So a cart that now has no notices needs the same content only. */
function isConfirmed(confirmed: string, content: string, told: string | undefined): boolean {
  const [seenContent, seenNotices] = confirmed.split('.', 2);
  return seenContent === content && (told === undefined || seenNotices === told);
}

function contentOf({ contentMark, currency, lines }: Cart): unknown {
  return [
    contentMark,
    currency,
    lines.map(({ lineId, sku, quantity, unitPrice }) => [lineId, sku, quantity, unitPrice]),
  ];
}

function markOf(content: unknown): string {
  return digestOf(JSON.stringify(content)).slice(0, 32);
}
