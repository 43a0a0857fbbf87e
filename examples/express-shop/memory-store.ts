import {
  type Cart,
  type CartLine,
  type CartRef,
  type ItemKey,
  type LineRequest,
  type LineResult,
  PunchoutError,
  type Store,
  type Transmission,
} from 'headless-punchout';

interface Product {
  name: string;
  /** Net, EUR, decimal text. */
  unitPrice: string;
  /** UN/CEFACT Recommendation 20. */
  unit: string;
  unspsc: string;
}

/** All products of this shop, by article number. */
export const PRODUCTS: ReadonlyMap<string, Product> = new Map([
  ['BOLT-M8', { name: 'Hexagon bolt M8 x 40, box of 100', unitPrice: '12.40', unit: 'BX', unspsc: '31161620' }],
  ['GLOVE-9', { name: 'Assembly glove, size 9', unitPrice: '3.95', unit: 'PR', unspsc: '46181504' }],
]);

/** Whole numbers from 1 to 9999; procurement systems also write them as 2.0 or 2.000. */
const QUANTITY = /^[1-9]\d{0,3}(\.0+)?$/;

interface MemoryCart {
  version: number;
  quantities: Map<string, number>;
}

/** Keeps carts in the memory of this process. They do not survive a restart, and other processes do not see them. */
export class MemoryStore implements Store {
  readonly name = 'memory';
  readonly homePath = '/';
  readonly cartPath = '/cart';
  readonly #carts = new Map<string, MemoryCart>();

  /** The cart's id is the transmission's id: each punchout has its own cart, and a repeated call returns the same. */
  async openCart({ transmissionId }: Transmission): Promise<CartRef> {
    if (!this.#carts.has(transmissionId)) this.#carts.set(transmissionId, { version: 0, quantities: new Map() });
    return { store: this.name, id: transmissionId };
  }

  async addLines(ref: CartRef, requests: LineRequest[]): Promise<LineResult[]> {
    const cart = this.#cart(ref);
    return requests.map(({ supplierPartId, auxiliaryId, quantity }) => {
      const sku = auxiliaryId !== undefined && PRODUCTS.has(auxiliaryId) ? auxiliaryId : supplierPartId;
      return put(cart, sku, quantity, cart.quantities.get(sku) ?? 0);
    });
  }

  async changeLine(ref: CartRef, lineId: string, quantity: string): Promise<LineResult> {
    const cart = this.#cart(ref);
    if (!cart.quantities.has(lineId))
      return { supplierPartId: lineId, requested: quantity, got: '0', fault: 'unknown_line' };
    return put(cart, lineId, quantity, 0);
  }

  async removeLine(ref: CartRef, lineId: string): Promise<void> {
    const cart = this.#cart(ref);
    if (cart.quantities.delete(lineId)) cart.version += 1;
  }

  async readCart(ref: CartRef): Promise<Cart> {
    const { version, quantities } = this.#cart(ref);
    const lines = [...quantities].flatMap(([sku, quantity]) => lineOf(sku, quantity));
    return { cartId: ref.id, contentMark: String(version), currency: 'EUR', language: 'en', lines };
  }

  async deleteCart(ref: CartRef, contentMark?: string): Promise<'deleted' | 'changed'> {
    const cart = this.#carts.get(ref.id);
    if (cart !== undefined && contentMark !== undefined && contentMark !== String(cart.version)) return 'changed';
    this.#carts.delete(ref.id);
    return 'deleted';
  }

  async productPath({ supplierPartId }: { supplierPartId: string }): Promise<string | undefined> {
    return PRODUCTS.has(supplierPartId) ? `/#${supplierPartId}` : undefined;
  }

  /** This shop has only one page. */
  searchPath(): string {
    return this.homePath;
  }

  async search(query: string, limit: number): Promise<ItemKey[]> {
    const hits = [...PRODUCTS].filter(([sku, { name }]) =>
      `${sku} ${name}`.toLowerCase().includes(query.toLowerCase()),
    );
    return hits.slice(0, limit).map(([supplierPartId]) => ({ supplierPartId }));
  }

  /** Never returns an empty cart for a lost one: the buyer's system would treat it as the buyer's decision. */
  #cart({ id }: CartRef): MemoryCart {
    const cart = this.#carts.get(id);
    if (cart === undefined) throw new PunchoutError('STORE_UNAVAILABLE', 'this process does not know the cart');
    return cart;
  }
}

/** Adds `quantity` to the cart and returns the result. */
function put(cart: MemoryCart, sku: string, quantity: string, before: number): LineResult {
  const nothing = { supplierPartId: sku, requested: quantity, got: '0' };
  if (!PRODUCTS.has(sku)) return { ...nothing, fault: 'unknown_product' };
  if (!QUANTITY.test(quantity) || before + Number(quantity) > 9999) return { ...nothing, fault: 'quantity_invalid' };
  cart.quantities.set(sku, before + Number(quantity));
  cart.version += 1;
  return { ...nothing, got: String(Number(quantity)) };
}

function lineOf(sku: string, quantity: number): CartLine[] {
  const product = PRODUCTS.get(sku);
  if (product === undefined) return [];
  const { name, unitPrice, unit, unspsc } = product;
  return [
    {
      lineId: sku,
      kind: 'product',
      sku,
      productKey: sku,
      auxiliaryId: sku,
      quantity: String(quantity),
      unitPrice,
      priceBasis: '1',
      unit,
      name,
      classifications: [{ domain: 'UNSPSC', code: unspsc }],
      customFields: {},
    },
  ];
}
