import type { Cart, CartNotice } from './cart.js';

/** What of a cart the buyer last saw: enough to tell what the shop has changed in it since. */
export interface ShownCart {
  /** The store's mark of the content, as `Cart.contentMark`. */
  mark: string;
  lines: ShownLine[];
  /** Notices that came with it, as `keyOf` names them. */
  told: string[];
}

export interface ShownLine {
  lineId: string;
  /** Article number, or the code of a discount. */
  item: string;
  name?: string;
  quantity: string;
  isDiscount?: true;
}

export function shownCartOf({ contentMark, lines, notices = [] }: Pick<Cart, 'contentMark' | 'lines' | 'notices'>): ShownCart {
  return {
    mark: contentMark,
    lines: lines.flatMap(({ lineId, sku, name, quantity, kind, parentLineId }) => (parentLineId === undefined ? [{ lineId, item: sku, name, quantity, ...(kind === 'promotion' ? { isDiscount: true as const } : {}) }] : [])),
    told: notices.map(keyOf),
  };
}

export function keyOf({ kind, item }: CartNotice): string {
  return `${kind} ${item}`;
}

/**
 * What the buyer does not know of `cart`: how it differs from what they saw, and what the shop has told us alone, now or earlier (`untold`). Nobody but the
 * shop has written to the cart since it was seen. A text of the shop goes with the difference that it is about.
 */
export function unknownChanges(cart: Pick<Cart, 'contentMark' | 'lines' | 'notices'>, shown: ShownCart | undefined, untold: readonly CartNotice[]): CartNotice[] {
  const told = new Set(shown?.told);
  const said = [...untold, ...(cart.notices ?? [])].filter((notice) => !told.has(keyOf(notice)));
  const differences = shown === undefined || shown.mark === cart.contentMark ? [] : differencesOf(shown.lines, shownCartOf(cart).lines);
  const notices = new Map<string, CartNotice>();
  for (const { line, kind } of differences) {
    const text = said.find((notice) => notice.kind === kind && isAbout(notice, line))?.text;
    notices.set(keyOf({ kind, item: line.item }), { kind, item: line.item, text });
  }
  for (const notice of said) if (!differences.some(({ line, kind }) => notice.kind === kind && isAbout(notice, line))) notices.set(keyOf(notice), notice);
  return [...notices.values()];
}

interface Difference {
  line: ShownLine;
  kind: CartNotice['kind'];
}

/** Lines that the shop added by itself (a gift, an automatic discount) take nothing from anybody. */
function differencesOf(before: readonly ShownLine[], after: readonly ShownLine[]): Difference[] {
  const now = new Map(after.map((line) => [line.lineId, line]));
  return before.flatMap((line): Difference[] => {
    const found = now.get(line.lineId);
    if (found === undefined) return [{ line, kind: line.isDiscount === true ? 'discount_dropped' : 'line_dropped' }];
    return found.quantity === line.quantity || line.isDiscount === true ? [] : [{ line, kind: 'quantity_changed' }];
  });
}

function isAbout({ item }: CartNotice, line: ShownLine): boolean {
  return item === line.item || item === line.name;
}
