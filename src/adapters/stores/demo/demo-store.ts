import type { Cart, CartRef } from '../../../domain/cart.js';
import { add, compare, type DecimalText, formatDecimal, parseDecimal } from '../../../domain/decimal.js';
import type { ItemKey } from '../../../domain/setup-request.js';
import type { Transmission } from '../../../domain/transmission.js';
import type { StatementRunner } from '../../../ports/statement-runner.js';
import type { LineRequest, LineResult, Store } from '../../../ports/store.js';
import { searchProducts } from './catalogue/catalogue.js';
import { type CartKey, DemoCartTable } from './demo-cart-table.js';
import { demoCartLine, lineIdOf, productOfItem, productOfLine } from './demo-cart-line.js';
import { type DemoCurrency, demoCurrency } from './price.js';
import { sellableQuantity } from './quantity.js';

export interface DemoStoreOptions {
  query: StatementRunner;
  /** Base of product addresses, without slash at the end. */
  publicUrl: string;
}

/** The demo shop behind the port `Store`: articles from data files, carts in PostgreSQL. */
export class DemoStore implements Store {
  readonly name = 'demo';
  readonly homePath = '/';
  readonly cartPath = '/checkout/cart';
  readonly #carts: DemoCartTable;
  readonly #publicUrl: string;

  constructor({ query, publicUrl }: DemoStoreOptions) {
    this.#carts = new DemoCartTable(query);
    this.#publicUrl = publicUrl.replace(/\/$/, '');
  }

  /** Needs no database: the cart's id is the transmission's, its rows come with the first article. */
  openCart({ tenantId, transmissionId, request }: Transmission): Promise<CartRef> {
    return Promise.resolve(this.cartRef(tenantId, transmissionId, { currency: request.currency, language: request.language }));
  }

  /** The cart of an ordinary visitor, or of a transmission. */
  cartRef(tenantId: string, cartId: string, wish: { currency?: string | undefined; language?: string | undefined }): CartRef {
    const language = /^en\b/i.test(wish.language ?? '') ? 'en' : 'de';
    return { store: this.name, id: cartId, handle: { tenant: tenantId, currency: demoCurrency(wish.currency), language } };
  }

  async addLines(cart: CartRef, requests: LineRequest[]): Promise<LineResult[]> {
    const wanted = requests.map((request) => judge(request));
    const added = await this.#carts.add(keyOf(cart), sumByLine(wanted));
    return wanted.map(({ lineId, result }) => (result.got === '0' || added.has(lineId) ? result : { ...result, got: '0', fault: 'quantity_invalid' }));
  }

  async changeLine(cart: CartRef, lineId: string, quantity: DecimalText): Promise<LineResult> {
    const product = productOfLine(lineId);
    const nothing = { supplierPartId: product?.sku ?? '', requested: quantity, got: '0' };
    if (product === undefined) return { ...nothing, fault: 'unknown_line' };
    const got = sellableQuantity(product, quantity);
    if (got === undefined) return { ...nothing, fault: 'quantity_invalid' };
    if (!(await this.#carts.change(keyOf(cart), lineId, got))) return { ...nothing, fault: 'unknown_line' };
    return { ...nothing, got, ...changedFault(quantity, got) };
  }

  async removeLine(cart: CartRef, lineId: string): Promise<void> {
    await this.#carts.remove(keyOf(cart), lineId);
  }

  async readCart(ref: CartRef): Promise<Cart> {
    const { currency, language } = keyOf(ref);
    const { version, lines: rows } = await this.#carts.read(keyOf(ref));
    const lines = rows.flatMap(({ lineId, quantity }) => {
      const product = productOfLine(lineId);
      return product === undefined ? [] : [demoCartLine({ product, quantity, currency, language, publicUrl: this.#publicUrl })];
    });
    const tax = lines.reduce((sum, line) => add(sum, parseDecimal(line.taxAmount ?? '0')), parseDecimal('0.00'));
    return {
      cartId: ref.id,
      contentMark: version,
      currency,
      language,
      lines,
      ...(lines.length === 0 ? {} : { tax: { amount: formatDecimal(tax), description: language === 'de' ? 'Umsatzsteuer' : 'VAT' } }),
    };
  }

  deleteCart(cart: CartRef, contentMark?: string): Promise<'deleted' | 'changed'> {
    return this.#carts.delete(keyOf(cart), contentMark);
  }

  searchPath(query: string): string {
    return `/search?search=${encodeURIComponent(query)}`;
  }

  /** What the shop's own search page shows; its texts are searched in both languages. */
  search(query: string, limit: number): Promise<ItemKey[]> {
    return Promise.resolve(searchProducts({ words: query }).slice(0, limit).map(({ sku }) => ({ supplierPartId: sku })));
  }

  productPath(item: ItemKey): Promise<string | undefined> {
    const product = productOfItem(item);
    return Promise.resolve(product === undefined ? undefined : `/detail/${encodeURIComponent(product.sku)}`);
  }
}

interface Judged {
  lineId: string;
  result: LineResult;
}

function judge(request: LineRequest): Judged {
  const product = productOfItem(request);
  const nothing = { supplierPartId: product?.sku ?? request.supplierPartId, requested: request.quantity, got: '0' };
  if (product === undefined) return { lineId: '', result: { ...nothing, fault: 'unknown_product' } };
  const lineId = lineIdOf(product);
  if (product.soldOut === true) return { lineId, result: { ...nothing, fault: 'sold_out' } };
  const got = sellableQuantity(product, request.quantity);
  if (got === undefined) return { lineId, result: { ...nothing, fault: 'quantity_invalid' } };
  return { lineId, result: { ...nothing, got, ...changedFault(request.quantity, got) } };
}

function changedFault(wanted: DecimalText, got: DecimalText): { fault?: 'quantity_changed' } {
  return compare(parseDecimal(wanted), parseDecimal(got)) === 0 ? {} : { fault: 'quantity_changed' };
}

function sumByLine(judged: readonly Judged[]): { lineId: string; sku: string; quantity: DecimalText }[] {
  const lines = new Map<string, { lineId: string; sku: string; quantity: DecimalText }>();
  for (const { lineId, result } of judged) {
    if (result.got === '0') continue;
    const before = lines.get(lineId)?.quantity ?? '0';
    lines.set(lineId, { lineId, sku: result.supplierPartId, quantity: formatDecimal(add(parseDecimal(before), parseDecimal(result.got))) });
  }
  return [...lines.values()];
}

function keyOf({ id, handle = {} }: CartRef): CartKey & { currency: DemoCurrency; language: 'de' | 'en' } {
  const { tenant, currency, language } = handle;
  if (tenant === undefined) throw new TypeError('not a cart of the demo store');
  return { tenantId: tenant, cartId: id, currency: demoCurrency(currency), language: language === 'en' ? 'en' : 'de' };
}
