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
 * Finds the bundles. A line whose parent is not among the lines is a line of its own. Where the head does not say where the price is,
 * it is at the parts if only they have one.
 */
export function rankLines(lines: readonly PurchaseLine[]): RankedLine[] {
  const ranked = lines.map((line): RankedLine => ({ line, parts: [], included: false, hasPrice: true }));
  const byNumber = new Map<string, RankedLine>();
  for (const one of ranked) {
    const number = plainNumber(one.line.lineNumber);
    if (number !== undefined && !byNumber.has(number)) byNumber.set(number, one);
  }
  for (const one of ranked) one.head = byNumber.get(plainNumber(one.line.parentLineNumber) ?? '');
  const lost = ranked.filter((one) => headsOf(one) === undefined);
  for (const one of lost) one.head = undefined;
  for (const one of ranked) one.head?.parts.push(one);
  for (const one of ranked) {
    one.included = (headsOf(one) ?? []).some((head) => !isPricedAtParts(head));
    one.hasPrice = !one.included && !(one.parts.length > 0 && isPricedAtParts(one));
  }
  return ranked;
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

function isPricedAtParts({ line, parts }: RankedLine): boolean {
  if (line.pricedAt !== undefined) return line.pricedAt === 'itemLevel';
  return !costs(line) && parts.some((part) => costs(part.line));
}

function costs({ unitPrice }: PurchaseLine): boolean {
  return unitPrice !== undefined && parseDecimal(unitPrice.amount).units !== 0n;
}

function plainNumber(written: string | undefined): string | undefined {
  return written?.replace(/^0+(?=\d)/, '');
}
