import type { Cart, CartNotice } from './cart.js';

/** What the buyer last saw of a cart. Comparing it with the cart now gives what the shop has changed since. */
export interface ShownCart {
  /** The store's mark of the content, as `Cart.contentMark`. */
  mark: string;
  lines: ShownLine[];
  /** Keys (`keyOf`) of the notices that the buyer saw with it. */
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

export function shownCartOf({
  contentMark,
  lines,
  notices = [],
}: Pick<Cart, 'contentMark' | 'lines' | 'notices'>): ShownCart {
  return {
    mark: contentMark,
    lines: lines.flatMap(({ lineId, sku, name, quantity, kind, parentLineId }) =>
      parentLineId === undefined
        ? [{ lineId, item: sku, name, quantity, ...(kind === 'promotion' ? { isDiscount: true as const } : {}) }]
        : [],
    ),
    told: notices.map(keyOf),
  };
}

export function keyOf({ kind, item }: CartNotice): string {
  return `${kind} ${item}`;
}

/**
 * The changes of the shop that the buyer has not seen: the differences between `shown` and `cart`, and the notices that
 * only we have received, now or earlier (`untold`). The text of a notice goes to the difference that it is about. Only
 * valid while nobody but the shop has written to the cart since `shown`.
 */
export function unknownChanges(
  cart: Pick<Cart, 'contentMark' | 'lines' | 'notices'>,
  shown: ShownCart | undefined,
  untold: readonly CartNotice[],
): CartNotice[] {
  const told = new Set(shown?.told);
  const said = [...untold, ...(cart.notices ?? [])].filter((notice) => !told.has(keyOf(notice)));
  const differences =
    shown === undefined || shown.mark === cart.contentMark ? [] : differencesOf(shown.lines, shownCartOf(cart).lines);
  const notices = new Map<string, CartNotice>();
  for (const { line, kind } of differences) {
    const text = said.find((notice) => notice.kind === kind && isAbout(notice, line))?.text;
    notices.set(keyOf({ kind, item: line.item }), { kind, item: line.item, name: nameOf(line), text });
  }
  const known = [...(shown?.lines ?? []), ...shownCartOf(cart).lines];
  for (const notice of said) {
    if (differences.some(({ line, kind }) => notice.kind === kind && isAbout(notice, line))) continue;
    const line = known.find(({ item }) => item === notice.item);
    notices.set(keyOf(notice), { ...notice, name: notice.name ?? (line === undefined ? undefined : nameOf(line)) });
  }
  return [...notices.values()];
}

function nameOf({ item, name }: ShownLine): string | undefined {
  return name === item || name === '' ? undefined : name;
}

interface Difference {
  line: ShownLine;
  kind: CartNotice['kind'];
}

/** Lines that the shop added (a gift, an automatic discount) are no difference: the buyer loses nothing. */
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
