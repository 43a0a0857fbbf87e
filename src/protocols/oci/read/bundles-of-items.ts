import type { CartLine } from '../../../domain/cart/cart.js';
import type { NotCarried } from '../../../domain/transmission/transfer-payload.js';
import { type OciItem, readNumber } from './oci-item.js';

const MAX_DEPTH = 20;

/**
 * Sets the bundles of an OCI 5.0 cart, and returns what is not carried. PARENT_ID holds the index of the parent item
 * and overrides ITEM_TYPE. OCI does not define which line of a bundle has the price, so the prices decide: parts at 0
 * are included in the price of their parent, and a parent at 0 has the price of its parts. If both have a price, both
 * count, and the parts are separate lines. Not carried: a PARENT_ID that matches no other item, that makes an item part
 * of itself, or whose item is a separate line; an ITEM_TYPE of a bundle without parts. `lines` are those of `items`, in
 * the same order.
 */
export function setBundlesOfItems(items: readonly OciItem[], lines: readonly CartLine[]): NotCarried[] {
  const notCarried: NotCarried[] = [];
  if (items.every(({ itemType, parentId }) => itemType === undefined && parentId === undefined)) return notCarried;
  const lose = (place: number, field: string, reason: string): void =>
    void notCarried.push({ line: place + 1, field, reason });
  const parents = parentsOf(items, lose);
  cutTooDeep(parents, lose);
  const pricedBelow = new Set<number>();
  for (const place of lines.keys()) {
    if (!isPriced(lines[place])) continue;
    for (let at = parents.get(place); at !== undefined && !pricedBelow.has(at); at = parents.get(at))
      pricedBelow.add(at);
  }
  for (const [place, line] of lines.entries()) {
    const above = parents.get(place);
    const parent = above === undefined ? undefined : lines[above];
    if (above === undefined || parent === undefined) continue;
    if (isPriced(parent) && pricedBelow.has(above)) {
      lose(
        place,
        'PARENT_ID',
        'The bundle and its parts have prices. Both count, and the line becomes a separate line.',
      );
      continue;
    }
    line.parentLineId = parent.lineId;
    parent.kind = 'bundle';
    parent.pricedAt = pricedBelow.has(above) ? 'itemLevel' : 'groupLevel';
  }
  for (const [place, line] of lines.entries()) {
    const type = items[place]?.itemType?.trim().toUpperCase() ?? 'L';
    if (!['R', 'O', 'L'].includes(type)) lose(place, 'ITEM_TYPE', 'It is not R, O or L.');
    else if (type !== 'L' && line.kind !== 'bundle') lose(place, 'ITEM_TYPE', 'The bundle has no parts.');
  }
  return notCarried;
}

/** Position of the parent of each item. */
function parentsOf(
  items: readonly OciItem[],
  lose: (place: number, field: string, reason: string) => void,
): Map<number, number> {
  const placeOf = new Map(items.map(({ index }, place) => [index, place]));
  const parents = new Map<number, number>();
  for (const [place, { parentId }] of items.entries()) {
    if (parentId === undefined) continue;
    const parent = placeOf.get(Number(readNumber(parentId) ?? Number.NaN));
    if (parent === undefined || parent === place) lose(place, 'PARENT_ID', 'It matches no other line of the cart.');
    else parents.set(place, parent);
  }
  return parents;
}

function isPriced(line: CartLine | undefined): boolean {
  return line !== undefined && /[1-9]/.test(line.unitPrice);
}

/** Removes parents until no item is part of itself or nested deeper than MAX_DEPTH. Visits each item once. */
function cutTooDeep(parents: Map<number, number>, lose: (place: number, field: string, reason: string) => void): void {
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
      lose(top, 'PARENT_ID', 'It makes the line a part of itself.');
    }
    for (const place of path.toReversed()) {
      const parent = parents.get(place);
      const depth = parent === undefined ? 0 : (depths.get(parent) ?? 0) + 1;
      if (depth > MAX_DEPTH) {
        parents.delete(place);
        lose(place, 'PARENT_ID', `The line is nested deeper than ${MAX_DEPTH} levels.`);
      }
      depths.set(place, depth > MAX_DEPTH ? 0 : depth);
    }
  }
}
