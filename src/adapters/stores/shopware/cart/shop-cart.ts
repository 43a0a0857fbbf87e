import { digestOf } from '../../../../domain/digest.js';
import type { DecimalText } from '../../../../domain/decimal.js';
import type { Json } from '../../exchange/decimal-json.js';
import { at, decimalAt, entriesAt, listAt, textAt } from '../../exchange/json-reading.js';
import { storeFault } from '../api/store-fault.js';

/** A cart as Shopware answers it, with the parts that we judge. */
export interface ShopCart {
  lines: ShopLine[];
  notices: CartNotice[];
  body: Json;
}

export interface ShopLine {
  lineId: string;
  type: string;
  /** The product's id, or the code of a promotion. */
  referencedId: string | undefined;
  quantity: DecimalText;
  children: ShopLine[];
  body: Json;
}

/** Shopware answers 200 and tells here what it did not do. */
export interface CartNotice {
  key: string;
  messageKey: string;
}

export function shopCartOf(body: Json | undefined): ShopCart {
  const lines = at(body, 'lineItems');
  if (body === undefined || !Array.isArray(lines)) throw storeFault('the shop answered something that is no cart');
  return { body, lines: lines.map(shopLineOf), notices: noticesOf(body) };
}

/** Changes with what is in the cart, not with the shop's prices: those may move without the buyer. */
export function contentMarkOf(cart: ShopCart): string {
  return digestOf(JSON.stringify(cart.lines.map(markOf))).slice(0, 32);
}

export function quantityOf(cart: ShopCart, lineId: string): number {
  return Number(cart.lines.find((line) => line.lineId === lineId)?.quantity ?? '0');
}

function shopLineOf(body: Json): ShopLine {
  const lineId = textAt(body, 'id');
  const quantity = decimalAt(body, 'quantity');
  if (lineId === undefined || quantity === undefined) throw storeFault('a line of the cart lacks id or quantity');
  return { lineId, type: textAt(body, 'type') ?? '', referencedId: textAt(body, 'referencedId'), quantity, children: listAt(body, 'children').map(shopLineOf), body };
}

/** `[]` when there are none, else an object by key. */
function noticesOf(body: Json): CartNotice[] {
  return entriesAt(body, 'errors').map(([key, notice]) => ({ key, messageKey: textAt(notice, 'messageKey') ?? '' }));
}

function markOf({ lineId, type, referencedId, quantity, children }: ShopLine): unknown {
  return [lineId, type, referencedId ?? null, quantity, children.map(markOf)];
}
