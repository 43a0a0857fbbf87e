import { compare, type DecimalText, parseDecimal, sumOf } from '../decimal.js';
import type { Cart, CartNotice } from './cart.js';
import { digestOf } from '../digest.js';
import type { PayloadSummary } from '../transmission/transfer-payload.js';
import { cartSummary } from './cart-total.js';

/**
 * The cart as the buyer knows it. Differences to the current cart are changes by the shop that the buyer has not seen.
 */
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
  /** `0`: the buyer removed it. */
  quantity: string;
  isDiscount?: true;
  /** Remaining quantity that the buyer was shown before a transfer, if it is lower. The buyer may add to it. */
  left?: string;
  /** First seen in a read. The write that added it may be recorded after that read. */
  isOnlySeen?: true;
}

/** The intended effect of a buyer's write. `anything`: unknown, so every change by it counts as requested. */
export type AskedChange =
  | 'anything'
  | {
      /** Pieces added, by id of the line or item. */
      added?: ReadonlyMap<string, DecimalText>;
      /** Ids of the lines to change or remove. */
      changed?: readonly string[] | 'all';
    };

/** A read of the cart requests no change. */
export const ONLY_LOOKED: AskedChange = {};

/** The cart in an answer to the buyer, and the requested change. */
export interface ShownAnswer {
  cart: ShownCart;
  asked: AskedChange;
}

export function shownCartOf({
  contentMark,
  lines,
  notices = [],
}: Pick<Cart, 'contentMark' | 'lines' | 'notices'>): ShownCart {
  return {
    mark: contentMark,
    // `isDiscount` only where it is true: what is stored is compared with what is new, key by key.
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
 * What the buyer knows after an answer. A line that the buyer saw in the cart, and that is now missing or has another
 * quantity, keeps its known state, unless the buyer requested the change or the answer itself reports it. A frontend
 * may show the cart without a comment, and a shop may lose a line to a parallel request.
 */
export function knownAfter(before: ShownCart | undefined, { cart, asked }: ShownAnswer): ShownCart {
  if (before === undefined || asked === 'anything') return cart;
  const expected = before.lines.map((line) => withAdded(line, asked));
  const now = new Map(cart.lines.map((line) => [line.lineId, line]));
  const silent = differencesOf(expected, cart.lines).filter(
    ({ line, kind }) =>
      !isAskedFor(line, now.get(line.lineId), asked) &&
      !cart.told.includes(keyOf({ kind, item: line.item })) &&
      !cart.told.includes(keyOf({ kind, item: line.name ?? line.item })),
  );
  // A line that returns is a change too.
  const takenOut = expected.flatMap((line) =>
    now.has(line.lineId) || line.isDiscount === true || !(line.quantity === OUT || isNamed(line.lineId, asked.changed))
      ? []
      : [{ ...line, quantity: OUT }],
  );
  const lines = [...seenIn(cart.lines, before.lines, asked), ...takenOut];
  if (silent.length === 0) return { ...cart, lines };
  const known = new Map(lines.map((line) => [line.lineId, line]));
  for (const { line } of silent) known.set(line.lineId, line);
  return { ...cart, mark: NO_MARK, lines: [...known.values()] };
}

/** Lines of an answer. Those that no write has shown yet are marked. */
function seenIn(
  lines: readonly ShownLine[],
  before: readonly ShownLine[],
  { added, changed }: Exclude<AskedChange, 'anything'>,
): ShownLine[] {
  if (added !== undefined || changed !== undefined) return [...lines];
  const written = new Set(before.flatMap(({ lineId, isOnlySeen }) => (isOnlySeen === true ? [] : [lineId])));
  return lines.map((line) => (written.has(line.lineId) ? line : { ...line, isOnlySeen: true }));
}

const OUT = '0';

function isNamed(lineId: string, changed: readonly string[] | 'all' = []): boolean {
  return changed === 'all' || changed.includes(lineId);
}

/** No cart has this mark, so every line is compared. */
const NO_MARK = '';

function withAdded(line: ShownLine, { added }: Exclude<AskedChange, 'anything'>): ShownLine {
  const more = line.isDiscount === true ? undefined : (added?.get(line.lineId) ?? added?.get(line.item));
  if (more === undefined) return line;
  return { ...line, left: undefined, quantity: sumOf(line.left ?? line.quantity, more) };
}

/**
 * A shop may increase an addition (whole packs). The value of a discount depends on all lines. A line that was only
 * seen may already include the addition.
 */
function isAskedFor(
  { lineId, item, quantity, isDiscount, isOnlySeen }: ShownLine,
  now: ShownLine | undefined,
  { added, changed = [] }: Exclude<AskedChange, 'anything'>,
): boolean {
  if (isNamed(lineId, changed) || (isDiscount === true && changed.length > 0)) return true;
  const isAdded = added?.has(lineId) === true || added?.has(item) === true;
  if (isAdded && now !== undefined && isOnlySeen === true) return true;
  return isAdded && now !== undefined && compare(parseDecimal(now.quantity), parseDecimal(quantity)) > 0;
}

/** What the buyer knows after the question about the differences to `now`. */
export function knownWhenAsked(known: ShownCart, now: ShownCart): ShownCart {
  const differs = new Set(differencesOf(known.lines, now.lines).map(({ line }) => line.lineId));
  const quantities = new Map(now.lines.map(({ lineId, quantity }) => [lineId, quantity]));
  const lines = known.lines.map((line) =>
    differs.has(line.lineId) ? { ...line, left: quantities.get(line.lineId) ?? '0' } : line,
  );
  return { ...known, lines };
}

/** Notices that only we received and that concern what the buyer still does not know after an answer. */
export function stillUntold(untold: readonly CartNotice[], known: ShownCart, { cart }: ShownAnswer): CartNotice[] {
  const differences = known.mark === cart.mark ? [] : differencesOf(known.lines, cart.lines);
  return untold.filter((notice) => differences.some(({ line, kind }) => kind === notice.kind && isAbout(notice, line)));
}

/**
 * The changes by the shop that the buyer has not seen: the differences between `shown` and `cart`, and the notices that
 * only we have received, now or earlier (`untold`). The text of a notice is attached to its difference. Only valid
 * while the shop alone has changed the cart since `shown`.
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
  const known = said.length === 0 ? [] : [...(shown?.lines ?? []), ...shownCartOf(cart).lines];
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
    if (found === undefined && line.quantity === OUT) return [];
    if (found === undefined) return [{ line, kind: line.isDiscount === true ? 'discount_dropped' : 'line_dropped' }];
    return found.quantity === line.quantity || line.isDiscount === true ? [] : [{ line, kind: 'quantity_changed' }];
  });
}

function isAbout({ item }: CartNotice, line: ShownLine): boolean {
  return item === line.item || item === line.name;
}

/** The question to the buyer before a cart is sent that the shop has changed. */
export interface ChangedCart {
  notices: CartNotice[];
  /** Sums of the current cart. */
  summary: PayloadSummary;
  /**
   * Identifies the cart and the notices that the buyer was shown. A transfer with this value sends the cart if both are
   * unchanged.
   */
  confirm: string;
}

/**
 * The question to the buyer before this cart is sent; undefined where the cart may be sent at once. `confirmed`: the
 * `confirm` that the buyer agreed to; empty where no question was asked.
 */
export function questionOf(cart: Cart, confirmed = ''): ChangedCart | undefined {
  const { notices = [] } = cart;
  if (confirmed === '' && notices.length === 0) return undefined;
  const [content, told] = [markOf(contentOf(cart)), markOf(notices)];
  const isSeen = confirmed !== '' && isConfirmed(confirmed, content, notices.length === 0 ? undefined : told);
  return isSeen ? undefined : { notices, summary: cartSummary(cart), confirm: `${content}.${told}` };
}

/** Many shops report a change once. So a cart without notices only needs the same content. */
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
