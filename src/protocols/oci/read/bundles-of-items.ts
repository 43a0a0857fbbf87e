import type { CartLine } from '../../../domain/cart/cart.js';
import type { OciItem } from './oci-item.js';

/**
 * Sets the bundles of an OCI 5.0 cart: PARENT_ID has the index of the parent item. OCI does not say where the price of
 * a bundle is, so the prices do: parts at 0 are in the price of their parent, and a parent at 0 has the price of its
 * parts. Where both have a price, both count: the parts stand by themselves. A PARENT_ID that no item has is no parent.
 * `lines` are those of `items`, in their order.
 */
export function setBundlesOfItems(items: readonly OciItem[], lines: readonly CartLine[]): void {
  if (!items.some(({ parentId }) => parentId !== undefined)) return;
  const byIndex = new Map(items.map(({ index }, place) => [index, place]));
  const parents = items.map(({ parentId = '' }, place) => {
    const parent = /^\s*\d{1,9}\s*$/.test(parentId) ? byIndex.get(Number(parentId)) : undefined;
    return parent === place ? undefined : parent;
  });
  const pricedBelow = new Set<number>();
  for (const place of lines.keys()) {
    if (!isPriced(lines[place])) continue;
    for (let above = parents[place]; above !== undefined && !pricedBelow.has(above); above = parents[above])
      pricedBelow.add(above);
  }
  for (const [place, line] of lines.entries()) {
    const above = parents[place];
    const parent = above === undefined ? undefined : lines[above];
    if (above === undefined || parent === undefined || (isPriced(parent) && pricedBelow.has(above))) continue;
    line.parentLineId = parent.lineId;
    parent.kind = 'bundle';
    parent.pricedAt = pricedBelow.has(above) ? 'itemLevel' : 'groupLevel';
  }
}

function isPriced(line: CartLine | undefined): boolean {
  return line !== undefined && /[1-9]/.test(line.unitPrice);
}
