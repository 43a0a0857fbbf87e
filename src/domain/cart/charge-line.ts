import type { CartLine } from './cart.js';
import type { ItemKey } from '../transmission/setup-request.js';

/** Begins the auxiliary id of what is no article: a discount, or shipping as a line. */
const MARK = 'punchout-charge-';

/** Marks a line that the shop works out anew by itself, so that it is known when it comes back in an edit. */
export function markCharge<Line extends CartLine>(line: Line): Line {
  return line.auxiliaryId.startsWith(MARK) ? line : { ...line, auxiliaryId: MARK + line.lineId };
}

/** Items that the store has to restore; charges are passed over, the store charges them again if they still apply. */
export function withoutCharges<Item extends ItemKey>(items: readonly Item[]): Item[] {
  return items.filter(({ auxiliaryId }) => auxiliaryId?.startsWith(MARK) !== true);
}
