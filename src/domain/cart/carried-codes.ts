import type { ItemKey, SetupRequest } from '../transmission/setup-request.js';
import { PROTOCOL_RULES, type ProtocolRules } from '../transmission/protocol-rules.js';
import type { Protocol } from '../transmission/protocol.js';
import { bundlesOf } from './bundles.js';
import type { Cart, CartLine } from './cart.js';
import {
  codesOfCharge,
  LONGEST_KEY,
  codesOfCart,
  cutCode,
  decodeCodes,
  encodeCodes,
  isPlain,
  isTooLong,
  MORE,
} from './discount-codes.js';

/** Separates the id of an article from the discount codes of the cart that have no separate line. */
const CARRIED = '.punchout-code-';

/** The id of a line that an edit brings back: SupplierPartAuxiliaryID, or `product_id` of a middleware. */
export function keyFieldOf({ kind, productKey }: CartLine, protocol: Protocol): ProtocolRules['articleKey'] {
  return kind === 'promotion' || productKey === '' ? 'auxiliaryId' : PROTOCOL_RULES[protocol].articleKey;
}

/**
 * Adds the discount codes of `cart` that no line of `lines` shows (the discount is spread, or on shipping) to the ids
 * of the articles. An edit redeems them again, for any article that the buyer has kept. Each id has as many codes as
 * fit, first those that the previous articles have least often. A code that is too long is cut. Where codes are left
 * over, each id says that there are more.
 */
export function carryCodes<Line extends CartLine>(
  lines: readonly Line[],
  cart: Pick<Cart, 'lines' | 'discountCodes'>,
  protocol: Protocol,
): Line[] {
  const shown = new Set(lines.map(({ discountCode }) => discountCode));
  const hidden = [...codesOfCart(cart)].filter((code) => !shown.has(code) && isPlain(code));
  if (hidden.length === 0) return [...lines];
  const codes = hidden.map((code) => (isTooLong(code) ? cutCode(code) : code));
  const all = shareOut(lines, codes, [], protocol);
  return all.isLeftOver ? shareOut(lines, codes, [MORE], protocol).lines : all.lines;
}

/** `always`: common beginning of every id. */
function shareOut<Line extends CartLine>(
  lines: readonly Line[],
  codes: readonly string[],
  always: readonly string[],
  protocol: Protocol,
): { lines: Line[]; isLeftOver: boolean } {
  const counts = bundlesOf(lines)?.counts;
  const carried = new Map(codes.map((code) => [code, 0]));
  const keyed = lines.map((line, index) => {
    const isArticle = line.kind === 'product' || line.kind === 'bundle';
    if (!isArticle || counts?.[index] === 0) return line;
    const field = keyFieldOf(line, protocol);
    let key = line[field];
    const chosen: string[] = [];
    const byNeed = [...carried].toSorted(([, a], [, b]) => a - b).map(([code]) => code);
    for (const code of [...always, ...byNeed]) {
      const longer = `${line[field]}${CARRIED}${encodeCodes([...chosen, code])}`;
      if (longer.length > LONGEST_KEY) continue;
      key = longer;
      chosen.push(code);
      if (carried.has(code)) carried.set(code, (carried.get(code) ?? 0) + 1);
    }
    return key === line[field] ? line : { ...line, [field]: key };
  });
  return { lines: keyed, isLeftOver: [...carried.values()].includes(0) };
}

/** The discount codes in the ids of these lines; a code that is too long is cut (`cutCode`). */
export function carriedCodes(lines: readonly CartLine[], protocol: Protocol): Set<string> {
  return new Set(
    lines.flatMap((line) => codesOfKey({ supplierPartId: '', auxiliaryId: line[keyFieldOf(line, protocol)] })),
  );
}

/** The item with the key that the store knows: without discount codes. */
export function withoutCode<Item extends ItemKey>(item: Item): Item {
  const [key, ...codes] = item.auxiliaryId?.split(CARRIED) ?? [];
  if (key === undefined || codes.length === 0) return item;
  // A middleware may have sent only the key.
  const supplierPartId = item.supplierPartId === item.auxiliaryId ? key : item.supplierPartId;
  return { ...item, supplierPartId, auxiliaryId: key === '' ? undefined : key };
}

/** Moves the discount codes from the keys of the items into `discountCodes`. */
export function readCodes(request: SetupRequest): SetupRequest {
  const codes = [...new Set([...(request.discountCodes ?? []), ...request.items.flatMap(codesOfKey)])];
  const items = request.items.map(withoutCode);
  const selectedItem = request.selectedItem === undefined ? undefined : withoutCode(request.selectedItem);
  return {
    ...request,
    items,
    selectedItem,
    discountCodes: codes.length === 0 ? undefined : codes,
  };
}

function codesOfKey(item: ItemKey): string[] {
  const { auxiliaryId = '' } = item;
  return [...codesOfCharge(item), ...auxiliaryId.split(CARRIED).slice(1).flatMap(decodeCodes)];
}
