import { formatDecimal, parseDecimal, trimZeros } from '../decimal.js';
import type { PurchaseLine } from './purchase-order.js';

interface PairedLines {
  ordered: RankedLine[];
  cart: RankedLine[];
  /** Line of the order to line of the cart. */
  pairs: ReadonlyMap<RankedLine, RankedLine>;
}

/**
 * Finds the line of the cart for each line of an order: by article number and auxiliary id, by article number alone
 * where the buyer dropped the auxiliary id, by auxiliary id alone where the order names no article. Each line of the
 * cart is used once. Of several candidates, the first with the same quantity and the same place in a bundle is taken,
 * else the first with the same quantity, else the first.
 */
export function pairLines(orderLines: readonly PurchaseLine[], cartLines: readonly PurchaseLine[]): PairedLines {
  const ordered = rankLines(orderLines);
  const cart = rankLines(cartLines);
  const left = new Map<string, RankedLine[]>();
  // In reverse, since `nextOf` takes from the end.
  for (const was of cart.toReversed()) {
    for (const name of namesOfSent(was.line)) {
      for (const key of keysOf(name, was)) {
        const known = left.get(key);
        if (known === undefined) left.set(key, [was]);
        else known.push(was);
      }
    }
  }
  const taken = new Set<RankedLine>();
  const pairs = new Map<RankedLine, RankedLine>();
  for (const one of ordered) {
    const candidates = keysOf(nameOf(one.line), one).map((key) => nextOf(left.get(key) ?? [], taken));
    const was = candidates.find((candidate) => candidate !== undefined);
    if (was === undefined) continue;
    taken.add(was);
    pairs.set(one, was);
  }
  // The buyer lists the part as a plain line next to the head whose price includes it.
  for (const [one, was] of pairs) {
    const isPlain = one.head === undefined && one.parts.length === 0;
    if (isPlain && was.included && was.head !== undefined && taken.has(was.head)) one.hasPrice = false;
  }
  return { ordered, cart, pairs };
}

/** True where each line of the order is one of the cart: the order may come from this cart. */
export function isFrom(orderLines: readonly PurchaseLine[], cartLines: readonly PurchaseLine[]): boolean {
  const lines = rankLines(orderLines).filter(({ line, hasPrice }) => hasPrice && line.supplierPartId !== '');
  const names = new Set(cartLines.flatMap(namesOfSent));
  return lines.length > 0 && lines.every(({ line }) => names.has(nameOf(line)));
}

/** The next unused candidate. */
function nextOf(candidates: RankedLine[], taken: ReadonlySet<RankedLine>): RankedLine | undefined {
  for (let last = candidates.at(-1); last !== undefined; last = candidates.at(-1)) {
    if (!taken.has(last)) return last;
    candidates.pop();
  }
  return undefined;
}

/** The name by which a line of an order refers to a line of the cart. */
function nameOf({ supplierPartId, auxiliaryId }: PurchaseLine): string {
  if (supplierPartId === '') return `auxiliary ${auxiliaryId ?? ''}`;
  if (auxiliaryId === undefined) return `article ${supplierPartId}`;
  return `line ${JSON.stringify([supplierPartId, auxiliaryId])}`;
}

/** All names by which an order may refer to this line of the cart. */
function namesOfSent(line: PurchaseLine): string[] {
  const byArticle = nameOf({ ...line, auxiliaryId: undefined });
  if (line.auxiliaryId === undefined) return [byArticle];
  return [byArticle, nameOf(line), nameOf({ ...line, supplierPartId: '' })];
}

function keysOf(name: string, { line, included }: RankedLine): [string, string, string] {
  const quantity = formatDecimal(trimZeros(parseDecimal(line.quantity)));
  return [`${quantity} ${included} ${name}`, `${quantity} ${name}`, name];
}

/** A line and its place in a bundle. */
export interface RankedLine {
  line: PurchaseLine;
  /** Head of the bundle that this line is part of. */
  head?: RankedLine;
  parts: RankedLine[];
  /** The price of a bundle above includes this line. */
  included: boolean;
  /**
   * The price of this line counts: no bundle includes it, and it is not the head of a bundle that is priced at its
   * parts.
   */
  hasPrice: boolean;
}

/** Maximum nesting of bundles. A longer chain, or a circular one, is no bundle. */
const MOST_LEVELS = 20;

/**
 * Finds the bundles of an order. A line is a part only where its parent is among the lines and is marked as a bundle. A
 * bundle is priced at the level that it states; without one it is priced at its parts if only they have prices. A
 * bundle whose parts all cost nothing has the price itself. For carts see `bundlesOf`: there the store marks bundles
 * and the place of their price.
 */
export function rankLines(lines: readonly PurchaseLine[]): RankedLine[] {
  const ranked = lines.map((line): RankedLine => ({ line, parts: [], included: false, hasPrice: true }));
  const heads = headsByNumber(ranked);
  for (const one of ranked) {
    const number = plainNumber(one.line.parentLineNumber);
    const head = number === undefined ? undefined : heads.get(number);
    if (head !== one) one.head = head;
  }
  const lost = ranked.filter((one) => headsOf(one) === undefined);
  for (const one of lost) one.head = undefined;
  for (const one of ranked) one.head?.parts.push(one);
  const pricedAtParts = new Set([...heads.values()].filter(isPricedAtParts));
  for (const one of ranked) {
    one.included = (headsOf(one) ?? []).some((head) => !pricedAtParts.has(head));
    one.hasPrice = !one.included && !pricedAtParts.has(one);
  }
  return ranked;
}

/** By line number; a line without a number counts by its position. Of several with one number, the first. */
function headsByNumber(ranked: readonly RankedLine[]): Map<string, RankedLine> {
  const heads = new Map<string, RankedLine>();
  const named = ranked.filter(({ line }) => line.isBundle === true && line.lineNumber !== undefined);
  for (const one of named.toReversed()) heads.set(plainNumber(one.line.lineNumber) ?? '', one);
  for (const [index, one] of ranked.entries()) {
    const place = String(index + 1);
    if (one.line.isBundle === true && one.line.lineNumber === undefined && !heads.has(place)) heads.set(place, one);
  }
  return heads;
}

/** All heads above the line; undefined for a chain that is no bundle (MOST_LEVELS). */
function headsOf(one: RankedLine): RankedLine[] | undefined {
  const heads: RankedLine[] = [];
  for (let head = one.head; head !== undefined; head = head.head) {
    if (heads.length === MOST_LEVELS) return undefined;
    heads.push(head);
  }
  return heads;
}

function isPricedAtParts(head: RankedLine): boolean {
  const { pricedAt } = head.line;
  if (pricedAt === 'groupLevel' || (pricedAt === undefined && costs(head.line))) return false;
  return hasPricedPart(head);
}

function hasPricedPart({ parts }: RankedLine): boolean {
  return parts.some((part) => costs(part.line) || hasPricedPart(part));
}

/** The line has a price other than 0. */
export function costs({ unitPrice }: PurchaseLine): boolean {
  return unitPrice !== undefined && parseDecimal(unitPrice.amount).units !== 0n;
}

/** `007` is the number 7. */
function plainNumber(written: string | undefined): string | undefined {
  return written?.replace(/^0+(?=\d)/, '');
}
