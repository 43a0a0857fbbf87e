import type { ItemKey } from '../transmission/setup-request.js';
import type { CartLine } from './cart.js';
import { cutCode, decodeCodes, encodeCodes, isPlain } from './discount-codes.js';

/** Prefix of the auxiliary id of a line that is no article: a discount, or shipping as a line. */
const MARK = 'punchout-charge-';
/** Behind MARK in the id of a discount line. Its discount code follows, in base64url. */
const CODE = 'code-';
/** Procurement systems cut longer ids. */
export const LONGEST_KEY = 120;

/**
 * Marks a line that the shop calculates anew, so that it is recognised when an edit brings it back. The mark of a
 * discount holds its code, or the beginning of a code that is too long.
 */
export function markCharge<Line extends CartLine>(line: Line): Line {
  const { auxiliaryId, discountCode, lineId } = line;
  if (auxiliaryId.startsWith(MARK)) return line;
  if (discountCode !== undefined && isPlain(discountCode)) {
    const whole = `${MARK}${CODE}${encodeCodes([discountCode])}`;
    const marked = whole.length > LONGEST_KEY ? `${MARK}${CODE}${encodeCodes([cutCode(discountCode)])}` : whole;
    return { ...line, auxiliaryId: marked };
  }
  // An id of the shop must not look like a code.
  return { ...line, auxiliaryId: `${MARK}${lineId.startsWith(CODE) ? 'line-' : ''}${lineId}` };
}

export function isMarkedCharge({ auxiliaryId }: ItemKey): boolean {
  return auxiliaryId?.startsWith(MARK) === true;
}

/** The discount code in the mark of a discount line. */
export function codesOfCharge({ auxiliaryId = '' }: ItemKey): string[] {
  return auxiliaryId.startsWith(MARK + CODE) ? decodeCodes(auxiliaryId.slice(MARK.length + CODE.length)) : [];
}

/** Items that the store has to restore; charges are passed over, the store charges them again if they still apply. */
export function withoutCharges<Item extends ItemKey>(items: readonly Item[]): Item[] {
  return items.filter((item) => !isMarkedCharge(item));
}
