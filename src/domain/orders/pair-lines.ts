import { formatDecimal, parseDecimal, trimZeros } from '../decimal.js';
import type { PurchaseLine } from './purchase-order.js';
import { type RankedLine, rankLines } from './rank-lines.js';

export interface PairedLines {
  ordered: RankedLine[];
  cart: RankedLine[];
  /** Line of the order to line of the cart. */
  pairs: ReadonlyMap<RankedLine, RankedLine>;
}

/**
 * Finds the line of the cart for each line of an order: by article number and auxiliary id, by article number alone
 * where the buyer dropped the auxiliary id, by auxiliary id alone where the order names no article. Each line of the
 * cart is taken once. Of several candidates the first is taken that has the same quantity and the same place in a
 * bundle, else the same quantity, else the first.
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
  // The buyer lists the part as a plain line beside the head whose price includes it.
  for (const [one, was] of pairs) {
    const isPlain = one.head === undefined && one.parts.length === 0;
    if (isPlain && was.included && was.head !== undefined && taken.has(was.head)) one.hasPrice = false;
  }
  return { ordered, cart, pairs };
}

/** True where each line of the order is one of the cart: the cart may be the one that it came from. */
export function isFrom(orderLines: readonly PurchaseLine[], cartLines: readonly PurchaseLine[]): boolean {
  const lines = rankLines(orderLines).filter(({ line, hasPrice }) => hasPrice && line.supplierPartId !== '');
  const names = new Set(cartLines.flatMap(namesOfSent));
  return lines.length > 0 && lines.every(({ line }) => names.has(nameOf(line)));
}

/** The next candidate that is not taken yet. */
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
