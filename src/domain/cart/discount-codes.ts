import type { Cart, CartLine } from './cart.js';
import type { ItemKey } from '../transmission/setup-request.js';

/** Bytes (UTF-8) of the longest discount code that an article id holds completely. */
const LONGEST_CODE = 54;
/** Bytes kept of a longer code, so that the buyer recognises it. */
const SHOWN = 40;
const CUT = '\u2026';
/** Stands for codes that fit into no id. After an edit the buyer is informed that codes are missing. */
export const MORE = CUT;
const SEPARATOR = '\n';
// oxlint-disable-next-line no-control-regex
const CONTROL = /[\0-\x1f\x7f]/;

/** All discount codes of a cart, each once. */
export function codesOfCart({ lines, discountCodes = [] }: Pick<Cart, 'lines' | 'discountCodes'>): Set<string> {
  return new Set([...discountCodes, ...lines.flatMap(({ discountCode }) => discountCode ?? [])]);
}

/** Discount codes as a part of an id: base64url. No code may have a control character (`isPlain`). */
export function encodeCodes(codes: readonly string[]): string {
  return Buffer.from(codes.join(SEPARATOR)).toString('base64url');
}

/** The codes in a part of an id. The text is untrusted: invalid codes are left out. */
export function decodeCodes(text: string): string[] {
  return Buffer.from(text, 'base64url').toString('utf8').split(SEPARATOR).filter(isPlain);
}

export function isPlain(code: string): boolean {
  return code !== '' && !CONTROL.test(code);
}

/** Whether the code is too long for every article id. */
export function isTooLong(code: string): boolean {
  return Buffer.byteLength(code) > LONGEST_CODE;
}

/** The beginning of a code. No shop knows it, so after an edit the buyer is informed that the code is gone. */
export function cutCode(code: string): string {
  let kept = '';
  for (const character of code) {
    if (Buffer.byteLength(kept + character) > SHOWN) break;
    kept += character;
  }
  return kept + CUT;
}

/** Prefix of the auxiliary id of a line that is no article: a discount, or shipping as a line. */
const MARK = 'punchout-charge-';
/** Follows MARK in the id of a discount line. Its discount code follows, in base64url. */
const CODE = 'code-';
/** Procurement systems cut longer ids. */
export const LONGEST_KEY = 120;

/**
 * Marks a line that the shop calculates again, so that it is recognised when an edit returns it. The mark of a discount
 * holds its code, cut if too long.
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

function isMarkedCharge({ auxiliaryId }: ItemKey): boolean {
  return auxiliaryId?.startsWith(MARK) === true;
}

/** The discount code in the mark of a discount line. */
export function codesOfCharge({ auxiliaryId = '' }: ItemKey): string[] {
  return auxiliaryId.startsWith(MARK + CODE) ? decodeCodes(auxiliaryId.slice(MARK.length + CODE.length)) : [];
}

/** Items that the store has to restore, without charges: the store adds those again if they still apply. */
export function withoutCharges<Item extends ItemKey>(items: readonly Item[]): Item[] {
  return items.filter((item) => !isMarkedCharge(item));
}
