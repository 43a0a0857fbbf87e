import { bundlesOf, type Bundles } from '../../../domain/cart/bundles.js';
import type { MappedLine } from '../../../domain/mapping/mapping.js';
import type { Cart, CartLine } from '../../../domain/cart/cart.js';

/** A cart line with its place in a bundle, ready to be written. */
export interface ArrangedLine {
  line: MappedLine;
  /** 1 for the first line of the cart; refusals use this number. */
  cartLine: number;
  /**
   * Whether the price of the line counts; false if the price is included in that of its bundle, or its parts have it.
   */
  counts: boolean;
  /** OCI 5.0 only: R root, O outline (a bundle in a bundle), L leaf. */
  itemType?: 'R' | 'O' | 'L';
  /** OCI 5.0 only: index of the parent among the arranged lines, from 0. */
  parentPlace?: number;
  /** Parts that are not sent as lines and are named in the long text. */
  parts?: MappedLine[];
}

/**
 * Puts parts after their bundle. With `hierarchy` (OCI 5.0) all lines stay. Without it, parts that are included in
 * their bundle are merged into it, and a bundle whose parts have the prices is left out: its parts become separate
 * lines.
 */
export function arrangeLines(lines: readonly MappedLine[], hierarchy: boolean): ArrangedLine[] {
  const bundles = bundlesOf(lines);
  if (bundles === undefined) return lines.map((line, place) => ({ line, cartLine: place + 1, counts: true }));
  const arranged: ArrangedLine[] = [];
  const places = new Map<number, number>();
  for (const index of parentsFirst(lines.length, bundles)) {
    const line = lines[index];
    if (line === undefined) continue;
    const parent = bundles.parents[index];
    const counts = bundles.counts[index] === 1;
    const cartLine = index + 1;
    if (hierarchy) {
      const isPart = parent !== undefined;
      const itemType = bundles.hasParts[index] === 0 ? (isPart ? 'L' : undefined) : isPart ? 'O' : 'R';
      places.set(index, arranged.length);
      arranged.push({ line, cartLine, counts, itemType, parentPlace: isPart ? places.get(parent) : undefined });
    } else if (counts) {
      places.set(index, arranged.length);
      arranged.push({ line, cartLine, counts });
    } else {
      const bundle = countingAbove(index, bundles);
      const head = bundle === undefined ? undefined : arranged[places.get(bundle) ?? -1];
      if (head !== undefined) (head.parts ??= []).push(line);
    }
  }
  return arranged;
}

/** The bundle whose price includes this line. */
function countingAbove(index: number, { parents, counts }: Bundles): number | undefined {
  for (let at = parents[index]; at !== undefined; at = parents[at]) if (counts[at] === 1) return at;
  return undefined;
}

/** Indexes of all lines: each bundle, then its parts, in the order of the cart. */
function* parentsFirst(length: number, { parents }: Bundles): Generator<number> {
  const partsOf = new Map<number, number[]>();
  for (let index = length - 1; index >= 0; index -= 1) {
    const parent = parents[index];
    if (parent === undefined) continue;
    const parts = partsOf.get(parent);
    if (parts === undefined) partsOf.set(parent, [index]);
    else parts.push(index);
  }
  for (let root = 0; root < length; root += 1) {
    if (parents[root] !== undefined) continue;
    const waiting = [root];
    for (let index = waiting.pop(); index !== undefined; index = waiting.pop()) {
      yield index;
      // The last part is pushed first, so that the first one comes next.
      for (const part of partsOf.get(index) ?? []) waiting.push(part);
    }
  }
}

export const SHIPPING_LINE = 'shipping';

/** Shipping as an additional cart line (OciSettings.shippingAsLine); undefined if there is none or it is free. */
export function shippingLine(cart: Pick<Cart, 'shipping'>): CartLine | undefined {
  const { shipping } = cart;
  if (shipping === undefined || !/[1-9]/.test(shipping.amount)) return undefined;
  const sku = shipping.code === undefined || shipping.code === '' ? 'SHIPPING' : shipping.code;
  return {
    lineId: SHIPPING_LINE,
    kind: 'service',
    sku,
    productKey: '',
    auxiliaryId: '',
    quantity: '1',
    unitPrice: shipping.amount,
    priceBasis: '1',
    unit: 'EA',
    name: shipping.description,
    textLanguages: shipping.language === undefined ? undefined : { name: shipping.language },
    classifications: [],
    customFields: {},
  };
}
