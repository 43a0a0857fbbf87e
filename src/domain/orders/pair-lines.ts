import { formatDecimal, parseDecimal, trimZeros } from '../decimal.js';
import type { PurchaseLine } from './purchase-order.js';
import { type RankedLine, rankLines } from './rank-lines.js';

export interface PairedLines {
  ordered: RankedLine[];
  cart: RankedLine[];
  /** Lines of the order to those of the cart that they are. */
  pairs: ReadonlyMap<RankedLine, RankedLine>;
}

/**
 * Which line of an order is which of a cart: by article number and auxiliary id, or by the auxiliary id alone where
 * the order names no article. Of several with the same, each is taken once: first one with the same quantity and the
 * same place in a bundle, then one with the same quantity, then any, in their order. A buyer that drops auxiliary ids
 * is put up with.
 */
export function pairLines(orderLines: readonly PurchaseLine[], cartLines: readonly PurchaseLine[]): PairedLines {
  const ordered = rankLines(orderLines);
  const cart = rankLines(cartLines);
  const left = new Map<string, RankedLine[]>();
  // The last first: the next is taken from the end.
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
  // A part that the buyer lists as a line of its own, beside the head that has its price.
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

/** The next that is not taken yet. */
function nextOf(candidates: RankedLine[], taken: ReadonlySet<RankedLine>): RankedLine | undefined {
  for (let last = candidates.at(-1); last !== undefined; last = candidates.at(-1)) {
    if (!taken.has(last)) return last;
    candidates.pop();
  }
  return undefined;
}

/** What a line of an order calls the line of the cart. */
function nameOf({ supplierPartId, auxiliaryId }: PurchaseLine): string {
  if (supplierPartId === '') return `auxiliary ${auxiliaryId ?? ''}`;
  if (auxiliaryId === undefined) return `article ${supplierPartId}`;
  return `line ${JSON.stringify([supplierPartId, auxiliaryId])}`;
}

/** All that an order may call a line of the cart. */
function namesOfSent(line: PurchaseLine): string[] {
  const byArticle = nameOf({ ...line, auxiliaryId: undefined });
  if (line.auxiliaryId === undefined) return [byArticle];
  return [byArticle, nameOf(line), nameOf({ ...line, supplierPartId: '' })];
}

function keysOf(name: string, { line, included }: RankedLine): [string, string, string] {
  const quantity = formatDecimal(trimZeros(parseDecimal(line.quantity)));
  return [`${quantity} ${included} ${name}`, `${quantity} ${name}`, name];
}
