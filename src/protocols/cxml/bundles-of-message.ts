import type { CartLine } from '../../domain/cart/cart.js';
import type { CxmlOrderLine } from './cxml-document.js';

/** Where a line stands in the bundles of a message. */
export type LinePlace = Pick<CartLine, 'lineId' | 'lineNumber' | 'parentLineId' | 'pricedAt'> & {
  isGroup: boolean;
  /**
   * Line id of a parent that is not marked as a group. The message then leaves open whether its price includes this
   * line.
   */
  looseParentId?: string;
  /** A parentLineNumber that matches no line. */
  unknownParent?: string;
  /** The line names itself as its parent. */
  isOwnParent?: boolean;
  /** An `itemLevel` group with a price, beside parts with prices. */
  hasIdlePrice?: boolean;
};

/**
 * Line ids, parents and price levels of the lines of a message. A line id is the line number if it is given and unique,
 * otherwise it is generated. A line is a group if it has itemType="composite" or a compositeItemType. It has the price
 * level that it states; without one, it is `itemLevel` if only its parts have prices. A group that states itemLevel but
 * is the only one with a price keeps its price. A parent that matches no line, including 0, is ignored.
 */
export function bundlesOfMessage(lines: readonly CxmlOrderLine[]): LinePlace[] {
  const ids = lineIds(lines);
  const isGroup = lines.map(
    ({ itemType, compositeItemType }) => itemType === 'composite' || compositeItemType !== undefined,
  );
  const parents = lines.some(({ parentLineNumber }) => parentLineNumber !== undefined)
    ? parentIndexes(lines, isGroup)
    : undefined;
  const groupOf = (index: number): number | undefined => {
    const parent = parents?.[index];
    return parent !== undefined && parent !== index && isGroup[parent] === true ? parent : undefined;
  };
  const pricedBelow = new Set<number>();
  if (parents !== undefined) {
    for (const [index, { unitPrice }] of lines.entries()) {
      if (!isPriced(unitPrice.amount)) continue;
      for (let above = groupOf(index); above !== undefined && !pricedBelow.has(above); above = groupOf(above))
        pricedBelow.add(above);
    }
  }
  return lines.map((line, index) => {
    const place: LinePlace = {
      lineId: ids[index] ?? String(index + 1),
      lineNumber: line.lineNumber,
      isGroup: isGroup[index] ?? false,
    };
    if (place.isGroup) {
      place.pricedAt = levelOf(line, pricedBelow.has(index));
      place.hasIdlePrice = place.pricedAt === 'itemLevel' && isPriced(line.unitPrice.amount);
    }
    const parent = parents?.[index];
    if (parent === index) place.isOwnParent = true;
    else if (parent !== undefined) place[isGroup[parent] === true ? 'parentLineId' : 'looseParentId'] = ids[parent];
    else if (line.parentLineNumber !== undefined && normal(line.parentLineNumber) !== '0')
      place.unknownParent = line.parentLineNumber;
    return place;
  });
}

function levelOf({ compositeItemType, unitPrice }: CxmlOrderLine, hasPricedParts: boolean): CartLine['pricedAt'] {
  if (!hasPricedParts || compositeItemType === 'groupLevel') return 'groupLevel';
  return compositeItemType === 'itemLevel' || !isPriced(unitPrice.amount) ? 'itemLevel' : 'groupLevel';
}

function isPriced(amount: string): boolean {
  return /[1-9]/.test(amount);
}

/** `007` equals 7. */
function normal(number: string): string {
  return /^\d{1,30}$/.test(number) ? BigInt(number).toString() : number;
}

function lineIds(lines: readonly CxmlOrderLine[]): string[] {
  const written = new Set<string>();
  for (const { lineNumber } of lines) if (lineNumber !== undefined) written.add(lineNumber);
  const used = new Set<string>();
  return lines.map(({ lineNumber }, index) => {
    let id = lineNumber ?? String(index + 1);
    if (lineNumber === undefined ? written.has(id) : used.has(id)) id = `line-${index + 1}`;
    while (used.has(id)) id += '-';
    used.add(id);
    return id;
  });
}

/**
 * Finds parents by line number. If several lines have the number, the first group wins. A line without a number uses
 * its position, counted from 1. The result may name the line itself.
 */
function parentIndexes(lines: readonly CxmlOrderLine[], isGroup: readonly boolean[]): (number | undefined)[] {
  const byNumber = new Map<string, number>();
  const byPosition = new Map<string, number>();
  for (const [index, { lineNumber }] of lines.entries()) {
    if (lineNumber === undefined) byPosition.set(String(index + 1), index);
    else {
      const number = normal(lineNumber);
      const former = byNumber.get(number);
      if (former === undefined || (isGroup[index] === true && isGroup[former] !== true)) byNumber.set(number, index);
    }
  }
  return lines.map(({ parentLineNumber }) => {
    if (parentLineNumber === undefined) return undefined;
    const number = normal(parentLineNumber);
    return byNumber.get(number) ?? byPosition.get(number);
  });
}
