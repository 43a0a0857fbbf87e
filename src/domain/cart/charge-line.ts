import type { Cart, CartLine } from './cart.js';
import type { ItemKey, SetupRequest } from '../transmission/setup-request.js';

/** Prefix of the auxiliary id of a line that is no article: a discount, or shipping as a line. */
const MARK = 'punchout-charge-';
/** Behind MARK in the id of a discount line. Its discount code follows, in base64url. */
const CODE = 'code-';
/** In the id of an article. A discount code of the cart follows that has no line of its own. */
const CARRIED = '.punchout-code-';
/** Procurement systems cut longer keys. */
const LONGEST_KEY = 120;

/**
 * Marks a line that the shop calculates anew, so that it is recognised when an edit brings it back. The mark of a
 * discount holds its code.
 */
export function markCharge<Line extends CartLine>(line: Line): Line {
  if (line.auxiliaryId.startsWith(MARK)) return line;
  const coded = line.discountCode === undefined ? '' : `${MARK}${CODE}${encoded(line.discountCode)}`;
  return { ...line, auxiliaryId: coded === '' || coded.length > LONGEST_KEY ? MARK + line.lineId : coded };
}

/**
 * Adds the discount codes of `cart` that no line of `lines` shows (the discount is spread, or on shipping) to the id of
 * the first article. An edit of that article then redeems them again.
 */
export function carryCodes<Line extends CartLine>(
  lines: readonly Line[],
  cart: Pick<Cart, 'lines' | 'discountCodes'>,
): Line[] {
  const shown = new Set(lines.map(({ discountCode }) => discountCode));
  const all = [...(cart.discountCodes ?? []), ...cart.lines.flatMap(({ discountCode }) => discountCode ?? [])];
  const lost = [...new Set(all)].filter((code) => !shown.has(code));
  const place = lines.findIndex(({ kind, parentLineId }) => kind === 'product' && parentLineId === undefined);
  if (lost.length === 0 || place < 0) return [...lines];
  return lines.map((line, index) => (index === place ? lost.reduce(withCode, line) : line));
}

function withCode<Line extends CartLine>(line: Line, code: string): Line {
  const auxiliaryId = `${line.auxiliaryId}${CARRIED}${encoded(code)}`;
  return auxiliaryId.length > LONGEST_KEY ? line : { ...line, auxiliaryId };
}

/** The item with the key that the store knows: without discount codes. */
export function withoutCode<Item extends ItemKey>(item: Item): Item {
  const [auxiliaryId, ...codes] = item.auxiliaryId?.split(CARRIED) ?? [];
  return codes.length === 0 ? item : { ...item, auxiliaryId };
}

/** Moves the discount codes from the keys of the items into `discountCodes`. */
export function readCodes(request: SetupRequest): SetupRequest {
  const codes = [...new Set([...(request.discountCodes ?? []), ...request.items.flatMap(codesOf)])];
  const items = request.items.map(withoutCode);
  const selectedItem = request.selectedItem === undefined ? undefined : withoutCode(request.selectedItem);
  return {
    ...request,
    items,
    ...(selectedItem === undefined ? {} : { selectedItem }),
    ...(codes.length === 0 ? {} : { discountCodes: codes }),
  };
}

function codesOf({ auxiliaryId = '' }: ItemKey): string[] {
  if (auxiliaryId.startsWith(MARK + CODE)) return [decoded(auxiliaryId.slice(MARK.length + CODE.length))];
  return auxiliaryId.split(CARRIED).slice(1).map(decoded).filter((code) => code !== '');
}

/** Items that the store has to restore; charges are passed over, the store charges them again if they still apply. */
export function withoutCharges<Item extends ItemKey>(items: readonly Item[]): Item[] {
  return items.filter(({ auxiliaryId }) => auxiliaryId?.startsWith(MARK) !== true);
}

function encoded(code: string): string {
  return Buffer.from(code).toString('base64url');
}

function decoded(text: string): string {
  return Buffer.from(text, 'base64url').toString('utf8');
}
