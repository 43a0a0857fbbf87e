import type { Cart, CartLine, CartRef } from '../../src/domain/cart/cart.js';
import type { Transmission } from '../../src/domain/transmission/transmission.js';
import type { LineRequest, LineResult, Store } from '../../src/ports/store/store.js';
import type { StoreCustomers } from '../../src/ports/store/store-extras.js';

export interface Discount {
  /** Percent of the articles. Each number is a separate discount line. 0 shows only the code. */
  percents: number[];
  /** The code is only in `Cart.discountCodes`, not on a line. */
  isHidden?: true;
  /** A code that cannot be combined with this one: the shop removes it. */
  excludes?: string;
}

interface Held {
  quantities: Map<string, number>;
  codes: string[];
}

/** Articles by number: the id in the shop, and the price in cents. */
const ARTICLES: Record<string, { id: string; cents: number }> = {
  PEN: { id: '19852', cents: 1000 },
  BOOK: { id: '19854', cents: 333 },
  LAMP: { id: '0b1e6f0f9c7f4b6d8a5e3d2c1b0a9f8e', cents: 249_00 },
};

/** A shop in memory with discount codes and automatic discounts. */
export class CodeShop implements Store {
  readonly name = 'codes';
  readonly homePath = '/';
  readonly cartPath = '/cart';
  readonly customers: StoreCustomers = {
    clone: (_, { transmissionId }) => Promise.resolve({ ok: true, clone: { customerId: transmissionId } }),
    remove: () => Promise.resolve(),
  };
  /** Codes that the shop accepts. */
  readonly codes = new Map<string, Discount>();
  /** Percent of the automatic discount; 0 for none. */
  automatic = 0;
  /** Articles that were removed from the shop. */
  readonly gone = new Set<string>();
  /** Number of requests for a code. */
  asked = 0;
  readonly #carts = new Map<string, Held>();

  openCart({ transmissionId }: Transmission): Promise<CartRef> {
    this.#carts.set(transmissionId, { quantities: new Map(), codes: [] });
    return Promise.resolve({ store: this.name, id: transmissionId });
  }

  /** The cart of a session in the shop. */
  held(id: string): Held {
    const held = this.#carts.get(id);
    if (held === undefined) throw new Error(`no cart ${id}`);
    return held;
  }

  addLines({ id }: CartRef, lines: LineRequest[]): Promise<LineResult[]> {
    const { quantities } = this.held(id);
    return Promise.resolve(
      lines.map(({ supplierPartId, auxiliaryId, quantity }) => {
        const sku = Object.keys(ARTICLES).find((known) => ARTICLES[known]?.id === auxiliaryId) ?? supplierPartId;
        const asked = { supplierPartId: sku, requested: quantity };
        if (ARTICLES[sku] === undefined || this.gone.has(sku)) return { ...asked, got: '0', fault: 'unknown_product' };
        quantities.set(sku, (quantities.get(sku) ?? 0) + Number(quantity));
        return { ...asked, got: quantity };
      }),
    );
  }

  changeLine(_cart: CartRef, lineId: string, quantity: string): Promise<LineResult> {
    return Promise.resolve({ supplierPartId: lineId, requested: quantity, got: '0', fault: 'unknown_line' });
  }

  removeLine({ id }: CartRef, lineId: string): Promise<void> {
    this.held(id).quantities.delete(lineId);
    return Promise.resolve();
  }

  redeemCode({ id }: CartRef, code: string): Promise<boolean> {
    this.asked += 1;
    const discount = this.codes.get(code);
    if (discount === undefined) return Promise.resolve(false);
    const held = this.held(id);
    held.codes = [...held.codes.filter((known) => known !== code && known !== discount.excludes), code];
    return Promise.resolve(true);
  }

  readCart({ id }: CartRef): Promise<Cart> {
    const { quantities, codes } = this.held(id);
    const goods = [...quantities].map(([sku, quantity]) => articleLine(sku, quantity));
    const sum = [...quantities].reduce((total, [sku, quantity]) => total + (ARTICLES[sku]?.cents ?? 0) * quantity, 0);
    const discounts = codes.flatMap((code) => this.#linesOf(code, sum));
    if (this.automatic > 0) discounts.push(discountLine('auto-1', 'auto-1', cents(sum, this.automatic)));
    const lines = goods.length === 0 ? [] : [...goods, ...discounts];
    const hidden = codes.filter((code) => this.codes.get(code)?.isHidden === true);
    const discountCodes = goods.length === 0 || hidden.length === 0 ? undefined : hidden;
    const contentMark = JSON.stringify([[...quantities], codes]);
    return Promise.resolve({ cartId: id, contentMark, currency: 'EUR', language: 'en', lines, discountCodes });
  }

  deleteCart({ id }: CartRef): Promise<'deleted'> {
    this.#carts.delete(id);
    return Promise.resolve('deleted');
  }

  productPath({ supplierPartId, auxiliaryId }: { supplierPartId: string; auxiliaryId?: string }): Promise<string> {
    return Promise.resolve(`/product/${supplierPartId}/${auxiliaryId ?? ''}`);
  }

  #linesOf(code: string, sum: number): CartLine[] {
    const { percents = [], isHidden } = this.codes.get(code) ?? {};
    const lines = percents.map((percent, nth) => discountLine(`${code}-${nth}`, code, cents(sum, percent)));
    return isHidden === true ? lines : lines.map((line) => ({ ...line, discountCode: code }));
  }
}

function cents(sum: number, percent: number): number {
  return Math.round((sum * percent) / 100);
}

function articleLine(sku: string, quantity: number): CartLine {
  const { id = sku, cents: price = 0 } = ARTICLES[sku] ?? {};
  return {
    ...LINE,
    lineId: sku,
    kind: 'product',
    sku,
    productKey: id,
    auxiliaryId: id,
    quantity: String(quantity),
    unitPrice: (price / 100).toFixed(2),
    name: `Name of ${sku}`,
  };
}

function discountLine(lineId: string, sku: string, amount: number): CartLine {
  return {
    ...LINE,
    lineId,
    kind: 'promotion',
    sku,
    productKey: sku,
    auxiliaryId: lineId,
    quantity: '1',
    unitPrice: (-amount / 100).toFixed(2),
    name: `Discount ${sku}`,
  };
}

const LINE = { priceBasis: '1', unit: 'EA', classifications: [], customFields: {} };
