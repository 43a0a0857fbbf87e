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

/** In the id of an article. Discount codes of the cart follow that have no line of their own. */
const CARRIED = '.punchout-code-';

/** The id of a line that an edit brings back: SupplierPartAuxiliaryID, or `product_id` of a middleware. */
export function keyFieldOf({ kind, productKey }: CartLine, protocol: Protocol): ProtocolRules['articleKey'] {
  return kind === 'promotion' || productKey === '' ? 'auxiliaryId' : PROTOCOL_RULES[protocol].articleKey;
}

/**
 * Adds the discount codes of `cart` that no line of `lines` shows (the discount is spread, or on shipping) to the ids of
 * the articles. An edit redeems them again, whichever of the articles the buyer has kept. Each article has the codes
 * that fit into its id, first those that the articles before it have least often. Of a code that is too long the ids
 * have the beginning. Where codes are left over, each id says that there are more.
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

/** `always`: what every id begins with. */
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

/** The discount codes that the ids of these lines carry. Of a code that is too long its beginning (`cutCode`). */
export function carriedCodes(lines: readonly CartLine[], protocol: Protocol): Set<string> {
  return new Set(
    lines.flatMap((line) => codesOfKey({ supplierPartId: '', auxiliaryId: line[keyFieldOf(line, protocol)] })),
  );
}

/** The item with the key that the store knows: without discount codes. */
export function withoutCode<Item extends ItemKey>(item: Item): Item {
  const [key, ...codes] = item.auxiliaryId?.split(CARRIED) ?? [];
  if (key === undefined || codes.length === 0) return item;
  // A middleware may have sent nothing but the key.
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
    ...(selectedItem === undefined ? {} : { selectedItem }),
    ...(codes.length === 0 ? {} : { discountCodes: codes }),
  };
}

function codesOfKey(item: ItemKey): string[] {
  const { auxiliaryId = '' } = item;
  return [...codesOfCharge(item), ...auxiliaryId.split(CARRIED).slice(1).flatMap(decodeCodes)];
}
