import { type Answer, invalidUuid, noPermission, noSuchLine, refusal, wrongType } from './answers.js';
import { type CartItem, mostOf, type Notice } from './cart-json.js';
import { type DoubleProduct, idOf } from './shop-data.js';

export interface AskedItem {
  id?: string;
  type?: string;
  referencedId?: string;
  quantity?: unknown;
  priceDefinition?: { price?: number };
}

/** The products of the shop, and the codes of its promotions. */
export interface Offer {
  goods: readonly DoubleProduct[];
  codes: ReadonlySet<string>;
}

type Written = { items: CartItem[]; notices: Notice[] } | Answer;

/** POST /checkout/cart/line-item: all or nothing where it refuses, any part where it answers 200. */
export function addItems(
  before: readonly CartItem[],
  asked: readonly AskedItem[],
  offer: Offer,
  { token, mayOverwritePrices }: { token: string; mayOverwritePrices: boolean },
): Written {
  const items = before.map((item) => ({ ...item }));
  const notices: Notice[] = [];
  for (const { id, type = '', referencedId = '', quantity = 1, priceDefinition } of asked) {
    if (type === 'custom' || (priceDefinition !== undefined && !mayOverwritePrices)) return noPermission(token);
    if (type === 'promotion') {
      addPromotion(items, notices, referencedId, offer);
      continue;
    }
    if (type !== 'product')
      return refusal(
        400,
        {
          code: 'CHECKOUT__CART_LINE_ITEM_TYPE_NOT_SUPPORTED',
          title: 'Bad Request',
          detail: `Line item type "${type}" is not supported.`,
          parameters: { type },
        },
        token,
      );
    const fault = quantityFault(quantity, token);
    if (fault !== undefined) return fault;
    if (!/^[0-9a-f]{32}$/.test(referencedId)) return invalidUuid(referencedId, token);
    const item = items.find((each) => each.id === id) ?? {
      id: id ?? referencedId,
      type: 'product',
      referencedId,
      quantity: 0,
    };
    if (!items.includes(item)) items.push(item);
    item.quantity += Number(quantity);
    if (priceDefinition?.price !== undefined) item.price = priceDefinition.price;
  }
  return settle(items, notices, offer);
}

/** PATCH /checkout/cart/line-item. */
export function changeItems(
  before: readonly CartItem[],
  asked: readonly AskedItem[],
  offer: Offer,
  token: string,
): Written {
  const items = before.map((item) => ({ ...item }));
  for (const { id = '', quantity } of asked) {
    const item = items.find((each) => each.id === id);
    if (item === undefined) return noSuchLine(id, token);
    if (item.type === 'promotion')
      return refusal(
        400,
        {
          code: 'CHECKOUT__CART_LINE_ITEM_NOT_STACKABLE',
          title: 'Bad Request',
          detail: `Line item with identifier "${id}" is not stackable and the quantity cannot be changed.`,
          parameters: { id },
        },
        token,
      );
    const fault = quantityFault(quantity, token);
    if (fault !== undefined) return fault;
    item.quantity = Number(quantity);
  }
  return settle(items, [], offer);
}

export function removeItems(before: readonly CartItem[], ids: readonly string[], offer: Offer, token: string): Written {
  const unknown = ids.find((id) => !before.some((item) => item.id === id));
  return unknown === undefined
    ? settle(
        before.filter(({ id }) => !ids.includes(id)),
        [],
        offer,
      )
    : noSuchLine(unknown, token);
}

/**
 * Changes by the shop whenever it calculates a cart: drops, reduces and rounds lines, and removes expired codes. Each
 * is reported once, by the calculation that does it (shopware.md 8.4); a product that is gone is named by its label,
 * one that was never in the cart by its id (R 017).
 */
export function settle(
  items: readonly CartItem[],
  before: readonly Notice[],
  { goods, codes }: Offer,
): { items: CartItem[]; notices: Notice[] } {
  const notices = [...before];
  const kept = items.flatMap((item): CartItem[] => {
    if (item.type === 'promotion') {
      if (codes.has(item.referencedId)) return [item];
      notices.push(codeNotFound(item.referencedId));
      return [];
    }
    const product = goods.find(({ id }) => id === item.referencedId);
    if (product === undefined) {
      const named = item.label ?? item.referencedId;
      notices.push({
        ...noticeOf('product-not-found', named, 20, 'The product %s could not be found'),
        parameters: { id: named },
        extra: { id: named },
      });
      return [];
    }
    if (product.isParent === true) return [];
    const name = product.name.en ?? '';
    const most = mostOf(product);
    if (most <= 0) {
      notices.push({
        ...noticeOf('product-out-of-stock', product.id, 20, `The product ${name} is not available any more`),
        parameters: { name },
      });
      return [];
    }
    const { minPurchase = 1, steps = 1 } = product;
    const inRange = Math.max(Math.min(item.quantity, most), minPurchase);
    const quantity = Math.floor((inRange - minPurchase) / steps) * steps + minPurchase;
    if (item.quantity > most)
      notices.push({
        ...noticeOf('product-stock-reached', product.id, 10, `The product ${name} is only available ${quantity} times`),
        parameters: { name, quantity },
      });
    else if (item.quantity < minPurchase)
      notices.push({
        ...noticeOf('min-order-quantity', product.id, 10, `The minimum order quantity of ${name} is ${quantity}`),
        parameters: { name, quantity },
      });
    else if (quantity !== item.quantity)
      notices.push({
        ...noticeOf(
          'purchase-steps-quantity',
          product.id,
          10,
          `Your input quantity does not match with the setup of the ${name}. The quantity was changed to ${quantity}`,
        ),
        parameters: { name, quantity },
      });
    return [{ ...item, quantity }];
  });
  return {
    items: [...kept.filter(({ type }) => type === 'product'), ...kept.filter(({ type }) => type === 'promotion')],
    notices,
  };
}

function addPromotion(items: CartItem[], notices: Notice[], code: string, { codes }: Offer): void {
  if (codes.has(code)) {
    const id = idOf(code === 'TEN' ? 'disc10' : `disc-${code}`);
    if (items.some((each) => each.id === id)) return;
    items.push({ id, type: 'promotion', referencedId: code, quantity: 1 });
    notices.push({
      ...noticeOf('promotion-discount-added', `-${id}`, 0, 'Discount 10 percent off has been added'),
      block: false,
      parameters: { name: '10 percent off', discountLineItemId: id },
    });
  } else {
    notices.push(codeNotFound(code));
  }
}

function codeNotFound(code: string): Notice {
  return {
    ...noticeOf('promotion-not-found', '', 20, `Promotion with code ${code} not found!`),
    block: false,
    parameters: { code },
    extra: { promotionCode: code },
  };
}

function quantityFault(quantity: unknown, token: string): Answer | undefined {
  if (!Number.isInteger(quantity)) return wrongType(quantity, token);
  if (Number(quantity) > 0) return undefined;
  return refusal(
    400,
    {
      code: 'CHECKOUT__CART_INVALID_LINE_ITEM_QUANTITY',
      title: 'Bad Request',
      detail: `The quantity must be a positive integer. Given: "${String(quantity)}"`,
      parameters: { quantity },
    },
    token,
  );
}

function noticeOf(messageKey: string, id: string, level: number, message: string): Notice {
  return { key: messageKey + id, messageKey, level, block: true, message, parameters: {} };
}
