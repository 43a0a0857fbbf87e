import { accept, type Outcome, refuse } from '../../../domain/error-codes.js';
import type { MappedLine } from '../../../domain/mapping/mapped-cart.js';

/** A cart line with its place among bundles, ready to be written. */
export interface ArrangedLine {
  line: MappedLine;
  /** 1 for the first line of the cart: what refusals name. */
  cartLine: number;
  /** OCI 5.0 only: R root, O outline (a bundle in a bundle), L leaf. */
  itemType?: 'R' | 'O' | 'L';
  /** OCI 5.0 only: place of the parent among the arranged lines, 0 for the first. */
  parentPlace?: number;
  /** Parts that are named in the long text, since they are not sent themselves. */
  parts?: MappedLine[];
}

/**
 * Puts parts behind their bundle. With `hierarchy` (OCI 5.0) they stay lines; without they are folded into the bundle they belong to.
 * Refuses CART_NOT_ENCODABLE for a part whose bundle is not in the cart, or that is part of itself.
 */
export function arrangeLines(lines: readonly MappedLine[], hierarchy: boolean): Outcome<ArrangedLine[]> {
  if (lines.every((line) => line.parentLineId === undefined)) return accept(lines.map((line, place) => ({ line, cartLine: place + 1 })));
  const partsOf = new Map<string, { line: MappedLine; cartLine: number }[]>();
  for (const [place, line] of lines.entries()) {
    if (line.parentLineId === undefined) continue;
    const siblings = partsOf.get(line.parentLineId) ?? [];
    siblings.push({ line, cartLine: place + 1 });
    partsOf.set(line.parentLineId, siblings);
  }
  const arranged: ArrangedLine[] = [];
  let placed = 0;
  const visit = (line: MappedLine, cartLine: number, parentPlace: number | undefined): void => {
    placed += 1;
    const parts = partsOf.get(line.lineId) ?? [];
    const isPart = parentPlace !== undefined;
    const itemType = parts.length === 0 ? (isPart ? 'L' : undefined) : isPart ? 'O' : 'R';
    const place = arranged.length;
    arranged.push({ line, cartLine, ...(itemType === undefined ? {} : { itemType }), ...(isPart ? { parentPlace } : {}) });
    partsOf.delete(line.lineId);
    for (const part of parts) visit(part.line, part.cartLine, place);
  };
  for (const [place, line] of lines.entries()) if (line.parentLineId === undefined) visit(line, place + 1, undefined);
  if (placed < lines.length) {
    const known = new Set(arranged.map(({ line }) => line));
    const lost = lines.findIndex((line) => !known.has(line));
    return refuse('CART_NOT_ENCODABLE', `Line ${lost + 1}: the bundle that it is part of is not in the cart.`, { line: lost + 1, lineId: lines[lost]?.lineId ?? '' });
  }
  return accept(hierarchy ? arranged : fold(arranged));
}

/** Drops parts and hands them to their root, in order. */
function fold(arranged: readonly ArrangedLine[]): ArrangedLine[] {
  const roots: ArrangedLine[] = [];
  let parts: MappedLine[] = [];
  for (const { line, cartLine, itemType, parentPlace } of arranged) {
    if (parentPlace !== undefined) {
      parts.push(line);
      continue;
    }
    parts = [];
    roots.push({ line, cartLine, ...(itemType === undefined ? {} : { parts }) });
  }
  return roots;
}
