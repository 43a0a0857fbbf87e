import { parseDecimal } from '../decimal.js';
import type { PurchaseLine } from './purchase-order.js';

/** A line and its place in a bundle. */
export interface RankedLine {
  line: PurchaseLine;
  /** Head of the bundle that it is part of. */
  head?: RankedLine;
  parts: RankedLine[];
  /** A bundle around it has its price. */
  included: boolean;
  /** Its price counts: it is neither included in a bundle nor the head of one that is priced at its parts. */
  hasPrice: boolean;
}

/** More levels than a bundle has. A chain that is longer, or leads back to itself, is no bundle. */
const MOST_LEVELS = 20;

/**
 * Finds the bundles. A line whose parent is not among the lines, or does not say that it is a bundle, is a line of
 * its own. A bundle has the level that it says; where it says none, it is priced at its parts if only they cost
 * something. A bundle whose parts cost nothing has the price itself.
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

/** By line number, or by place where the line has none; of several with one number the first. */
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

/** Undefined: it is no bundle. */
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

function costs({ unitPrice }: PurchaseLine): boolean {
  return unitPrice !== undefined && parseDecimal(unitPrice.amount).units !== 0n;
}

/** `007` is the number 7. */
function plainNumber(written: string | undefined): string | undefined {
  return written?.replace(/^0+(?=\d)/, '');
}
