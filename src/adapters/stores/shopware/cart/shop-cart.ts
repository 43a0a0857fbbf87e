import { digestOf } from '../../../../domain/digest.js';
import type { DecimalText } from '../../../../domain/decimal.js';
import { type Json, at, decimalAt, entriesAt, listAt, textAt } from '../../exchange/json-reading.js';
import { isProductId } from '../catalogue/find-products.js';
import { storeFault } from '../api/store-fault.js';

/** Shopware's cart answer, with the parts that we use. */
export interface ShopCart {
  lines: ShopLine[];
  errors: CartError[];
  body: Json;
}

/** An empty cart. */
export const EMPTY_CART: ShopCart = { lines: [], errors: [], body: { lineItems: [], errors: [] } };

export interface ShopLine {
  lineId: string;
  type: string;
  /** The product's id, or the code of a promotion. */
  referencedId: string | undefined;
  quantity: DecimalText;
  children: ShopLine[];
  body: Json;
}

/** Shopware answers 200 and lists here what it refused or changed. */
export interface CartError {
  key: string;
  messageKey: string;
  /** 0 notice, 10 warning, 20 error. */
  level: number;
  /** English in every context. */
  message: string | undefined;
  /**
   * Name of the product or promotion, or the code. For a removed product its label, or its id if it never was in the
   * cart.
   */
  about: string | undefined;
}

export function shopCartOf(body: Json | undefined): ShopCart {
  const lines = at(body, 'lineItems');
  if (body === undefined || !Array.isArray(lines)) throw storeFault('the shop answered something that is no cart');
  return { body, lines: lines.map(shopLineOf), errors: errorsOf(body) };
}

/** Changes with the content of the cart, not with the shop's prices, which may change without the buyer. */
export function contentMarkOf(cart: ShopCart): string {
  return digestOf(JSON.stringify(cart.lines.map(markOf))).slice(0, 32);
}

export function quantityOf(cart: ShopCart, lineId: string): number {
  return Number(cart.lines.find((line) => line.lineId === lineId)?.quantity ?? '0');
}

/** Ids of all products in the cart, including parts of bundles. */
export function productIdsOf(lines: readonly ShopLine[]): string[] {
  return lines.flatMap((line) => [
    ...(line.type === 'product' && isProductId(line.referencedId) ? [line.referencedId] : []),
    ...productIdsOf(line.children),
  ]);
}

function shopLineOf(body: Json): ShopLine {
  const lineId = textAt(body, 'id');
  const quantity = decimalAt(body, 'quantity');
  if (lineId === undefined || quantity === undefined) throw storeFault('a line of the cart lacks id or quantity');
  return {
    lineId,
    type: textAt(body, 'type') ?? '',
    referencedId: textAt(body, 'referencedId'),
    quantity,
    children: listAt(body, 'children').map(shopLineOf),
    body,
  };
}

/** `[]` when empty, else an object by key. */
function errorsOf(body: Json): CartError[] {
  return entriesAt(body, 'errors').map(([key, error]) => ({
    key,
    messageKey: textAt(error, 'messageKey') ?? '',
    level: Number(textAt(error, 'level') ?? '0'),
    message: textAt(error, 'message'),
    about: ['code', 'name', 'promotions', 'id']
      .map((name) => textAt(error, 'parameters', name))
      .find((text) => text !== undefined),
  }));
}

function markOf({ lineId, type, referencedId, quantity, children }: ShopLine): unknown {
  return [lineId, type, referencedId ?? null, quantity, children.map(markOf)];
}
