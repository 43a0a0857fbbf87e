import type { CartLine } from '../../../domain/cart/cart.js';
import type { NotCarried } from '../../../domain/cart/not-carried.js';
import type { OciItem } from './oci-item.js';
import { readNumber } from './read-number.js';

const MAX_DEPTH = 20;

/** Where an item stands among bundles (OCI.md 3, ITEM_TYPE and PARENT_ID). */
export interface BundlePlace {
  isBundle: boolean;
  /** Index of the bundle that it is part of. */
  parentIndex?: number;
  pricedAt?: CartLine['pricedAt'];
}

/**
 * Reads the hierarchy of OCI 5.0: an item is a bundle where another one names it as its parent, or where it is a root or an outline.
 * The parts have the prices (`itemLevel`) where the bundle itself costs nothing and one of its parts does.
 * A PARENT_ID that names no other item, or that makes an item part of itself, is named in `notCarried`, and the item stands alone.
 * Empty for the many carts without a hierarchy.
 */
export function bundlesOf(items: readonly OciItem[]): { places: ReadonlyMap<number, BundlePlace>; notCarried: NotCarried[] } {
  const places = new Map<number, BundlePlace>();
  const notCarried: NotCarried[] = [];
  if (items.every(({ itemType, parentId }) => itemType === undefined && parentId === undefined)) return { places, notCarried };

  const lineOf = new Map(items.map(({ index }, place) => [index, place + 1]));
  const parents = new Map<number, number>();
  const lose = (item: OciItem, field: string, reason: string): void => void notCarried.push({ line: lineOf.get(item.index), field, reason });
  for (const item of items) {
    const type = typeOf(item);
    if (item.itemType !== undefined && !['R', 'O', 'L'].includes(type)) lose(item, 'ITEM_TYPE', 'It is none of R, O and L.');
    if (item.parentId === undefined) continue;
    const parent = Number(readNumber(item.parentId) ?? Number.NaN);
    if (parent === item.index || !lineOf.has(parent)) lose(item, 'PARENT_ID', 'It names no other line of the cart.');
    else parents.set(item.index, parent);
  }
  for (const { index, fault } of cutTooDeep(parents)) notCarried.push({ line: lineOf.get(index), field: 'PARENT_ID', reason: fault });

  const bundles = new Set(parents.values());
  const costs = new Map(items.map(({ index, price = '0' }) => [index, /[1-9]/.test(price)]));
  const bundlesOfPricedParts = new Set(Array.from(parents).flatMap(([index, parent]) => (costs.get(index) === true ? [parent] : [])));
  for (const item of items) {
    const { index } = item;
    const isBundle = bundles.has(index) || ['R', 'O'].includes(typeOf(item));
    const pricedAt = costs.get(index) === false && bundlesOfPricedParts.has(index) ? 'itemLevel' : undefined;
    places.set(index, { isBundle, parentIndex: parents.get(index), pricedAt });
  }
  return { places, notCarried };
}

function typeOf({ itemType = '' }: OciItem): string {
  return itemType.trim().toUpperCase();
}

/** Takes parents away until no item is part of itself, nor below more than MAX_DEPTH others. Visits each item once. */
function cutTooDeep(parents: Map<number, number>): { index: number; fault: string }[] {
  const cut: { index: number; fault: string }[] = [];
  const depths = new Map<number, number>();
  for (const start of Array.from(parents.keys())) {
    const path: number[] = [];
    const onPath = new Set<number>();
    let at: number | undefined = start;
    for (; at !== undefined && !depths.has(at) && !onPath.has(at); at = parents.get(at)) {
      path.push(at);
      onPath.add(at);
    }
    const top = path.at(-1);
    if (at !== undefined && onPath.has(at) && top !== undefined) {
      parents.delete(top);
      cut.push({ index: top, fault: 'It would make the line a part of itself.' });
    }
    for (const index of path.toReversed()) {
      const parent = parents.get(index);
      const depth = parent === undefined ? 0 : (depths.get(parent) ?? 0) + 1;
      if (depth > MAX_DEPTH) {
        parents.delete(index);
        cut.push({ index, fault: `The line is below more than ${MAX_DEPTH} others.` });
      }
      depths.set(index, depth > MAX_DEPTH ? 0 : depth);
    }
  }
  return cut;
}
