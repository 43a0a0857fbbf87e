import type { RequestedItem } from '../../../domain/transmission/setup-request.js';
import type { PurchaseLine } from '../../../domain/orders/purchase-order.js';
import type { XmlElement } from '../../xml/xml-element.js';
import { XmlFault } from '../../xml/xml-fault.js';
import type { CxmlOrderLine } from '../cxml-document.js';
import { readOrderLine } from './read-order-line.js';
import { readPurchaseLine } from './read-purchase-order.js';
import { faultOfItemKey, readRequestedItem } from './read-requested-item.js';

/** Reads the items of a document while it is being parsed and takes them out of the tree: thousands of them never exist at once. */
export class ItemTaker {
  /** ItemOut of a setup request. */
  readonly requestedItems: RequestedItem[] = [];
  /** Of the first of them that has no part number. */
  itemFault: XmlFault | undefined;
  /** ItemIn of an order message. */
  readonly orderLines: CxmlOrderLine[] = [];
  /** ItemOut of an order. */
  readonly purchaseLines: PurchaseLine[] = [];
  private taken = 0;

  constructor(private readonly maxItems: number) {}

  /** For `readXml`. Throws an XmlFault, which `readXml` makes a refusal. */
  readonly take = (element: XmlElement, parent: XmlElement): boolean => {
    if (element.name === 'ItemIn' && isNamed(parent, 'PunchOutOrderMessage')) {
      this.count(element);
      this.orderLines.push(readOrderLine(element, this.taken));
      return true;
    }
    if (element.name === 'ItemOut' && isNamed(parent, 'PunchOutSetupRequest')) {
      this.count(element);
      this.itemFault ??= faultOfItemKey(element);
      this.requestedItems.push(readRequestedItem(element, this.taken));
      return true;
    }
    if (element.name === 'ItemOut' && parent.name === 'OrderRequest') {
      this.count(element);
      this.purchaseLines.push(readPurchaseLine(element, this.taken));
      return true;
    }
    return false;
  };

  private count(element: XmlElement): void {
    this.taken += 1;
    if (this.taken <= this.maxItems) return;
    const { name, line, column } = element;
    throw new XmlFault(`There are more than ${this.maxItems} elements '${name}'`, line, column, 'REQUEST_TOO_LARGE');
  }
}

/** The casing `Punchout...` occurs even in the official guide (RULES 1.11). */
export function isNamed({ name }: XmlElement, expected: `PunchOut${string}`): boolean {
  return name === expected || (name.startsWith('Punchout') && `PunchOut${name.slice(8)}` === expected);
}
