import { parseDecimal } from '../decimal.js';
import type { PurchaseLine } from './purchase-order.js';

/** A line and its place in a bundle. */
export interface RankedLine {
  line: PurchaseLine;
  /** Head of the bundle that this line is part of. */
  head?: RankedLine;
  parts: RankedLine[];
  /** The price of a bundle above includes this line. */
  included: boolean;
  /**
   * The price of this line counts: no bundle includes it, and it is no head of a bundle that is priced at its parts.
   */
  hasPrice: boolean;
}

/** Most levels of bundles in bundles. A longer chain, or one that leads back to itself, is no bundle. */
const MOST_LEVELS = 20;

/**
 * Finds the bundles of an order. A line is a part only where its parent is among the lines and says that it is a
 * bundle. A bundle has the level that it states; without one it is priced at its parts if only they have prices. A
 * bundle whose parts all cost nothing has the price itself.
 * Carts have `bundlesOf`: there the store says what is a bundle and where its price is.
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

/** By line number; a line without a number counts by its position. Where several have one number, the first. */
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
