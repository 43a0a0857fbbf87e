import type { CartLine } from './cart.js';

export type BundleLine = Partial<Pick<CartLine, 'lineId' | 'kind' | 'parentLineId' | 'pricedAt'>>;

/** Bundles of a cart. Every array has one entry for each line, in the order of the cart. */
export interface Bundles {
  /** Index of the bundle that this line is part of; undefined for a line that is no part. */
  parents: readonly (number | undefined)[];
  /** 1 for a line that has parts. */
  hasParts: Uint8Array;
  /** 1 for a part whose price is included in that of a bundle above it. */
  included: Uint8Array;
  /** 1 for a line whose price counts towards the total; 0 where the bundle or the parts have the price. */
  counts: Uint8Array;
}

/**
 * Determines which lines are parts of bundles, and which prices count. Every sum, document and figure uses this. A line
 * has no parent where `parentLineId` names no line, names the line itself, or closes a circle. Where several lines have
 * the id, the parent is the first of them that is a bundle, else the first.
 * The price of a line with parts includes its parts. With `pricedAt: 'itemLevel'` the parts have the prices, and the
 * price of the line itself does not count. Returns undefined for a cart without parts: every line counts.
 */
export function bundlesOf(lines: readonly BundleLine[]): Bundles | undefined {
  if (!lines.some(({ parentLineId }) => parentLineId !== undefined)) return undefined;
  const parents = parentsOf(lines);
  if (parents.every((parent) => parent === undefined)) return undefined;
  const hasParts = new Uint8Array(lines.length);
  for (const parent of parents) if (parent !== undefined) hasParts[parent] = 1;
  const isItemLevel = (index: number): boolean => hasParts[index] === 1 && lines[index]?.pricedAt === 'itemLevel';

  // 0: not known yet, 1: not included in the price of a bundle above, 2: included.
  const included = new Uint8Array(lines.length);
  for (let index = 0; index < lines.length; index += 1) {
    for (const at of pathUp(index, parents, included).toReversed()) {
      const parent = parents[at];
      included[at] = parent === undefined ? 1 : isItemLevel(parent) ? (included[parent] ?? 1) : 2;
    }
  }
  return {
    parents,
    hasParts,
    included: included.map((state) => (state === 2 ? 1 : 0)),
    counts: included.map((state, index) => (state === 1 && !isItemLevel(index) ? 1 : 0)),
  };
}

function parentsOf(lines: readonly BundleLine[]): (number | undefined)[] {
  const byId = new Map<string, number>();
  for (const [index, { lineId, kind }] of lines.entries()) {
    if (lineId === undefined) continue;
    const former = byId.get(lineId);
    if (former === undefined || (kind === 'bundle' && lines[former]?.kind !== 'bundle')) byId.set(lineId, index);
  }
  const parents = lines.map(({ parentLineId }, index) => {
    const parent = parentLineId === undefined ? undefined : byId.get(parentLineId);
    return parent === index ? undefined : parent;
  });
  const seen = new Uint8Array(lines.length);
  for (let index = 0; index < lines.length; index += 1) {
    const path = pathUp(index, parents, seen);
    for (const at of path) seen[at] = 1;
    const top = path.at(-1);
    const above = top === undefined ? undefined : parents[top];
    const circle = above === undefined ? -1 : path.indexOf(above);
    if (circle >= 0) for (const at of path.slice(circle)) parents[at] = undefined;
  }
  return parents;
}

/** The line and the lines above it, up to one that is marked, has no parent, or closes a circle. */
function pathUp(index: number, parents: readonly (number | undefined)[], marked: Uint8Array): number[] {
  const path: number[] = [];
  const own = new Set<number>();
  for (let at: number | undefined = index; at !== undefined && marked[at] === 0 && !own.has(at); at = parents[at]) {
    own.add(at);
    path.push(at);
  }
  return path;
}
