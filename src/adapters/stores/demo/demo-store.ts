import type { Cart, CartNotice, CartRef } from '../../../domain/cart/cart.js';
import { add, compare, type DecimalText, formatDecimal, parseDecimal } from '../../../domain/decimal.js';
import type { FeedProduct } from '../../../domain/orders/feed.js';
import { customerText } from '../../../domain/access/store-customer.js';
import type { ItemKey, SetupRequest } from '../../../domain/transmission/setup-request.js';
import type { Transmission } from '../../../domain/transmission/transmission.js';
import type { StatementRunner } from '../../../ports/statement-runner.js';
import type {
  ContextChange,
  LineRequest,
  LineResult,
  PlacedOrder,
  Store,
  StoreCategory,
  StoreContext,
  StoreOrder,
} from '../../../ports/store/store.js';
import type { StoreCustomers } from '../../../ports/store/store-extras.js';
import type {
  CataloguePage,
  CatalogueProducts,
  CatalogueWish,
  WantedProduct,
} from '../../../ports/store/store-catalogue.js';
import { CATEGORIES, findProduct, searchProducts } from './catalogue/catalogue.js';
import { generatedProduct } from './catalogue/generated.js';
import type { Product } from './catalogue/product.js';
import {
  type CartKey,
  DemoCartTable,
  demoCartLine,
  type FindProduct,
  lineIdOf,
  productOfItem,
  productOfLine,
  skuOfLine,
} from './demo-cart.js';
import { catalogueProducts, type DemoCatalogue, readCataloguePage } from './demo-catalogue.js';
import { demoCustomers, placeDemoOrder } from './demo-customers.js';
import { type DemoProducts, demoProducts, DemoStock, goneNotice, stockNotice } from './demo-products.js';
import { demoCurrency, type DemoTerms, isDemoCurrency, sellableQuantity } from './price.js';

export interface DemoStoreOptions {
  query: StatementRunner;
  /** Base of product addresses, without a trailing slash. */
  publicUrl: string;
  /** Further articles `GEN-0000001` and up, to test large catalogues. */
  generated?: number;
}

/** The demo shop as a `Store`: articles from data files, carts in PostgreSQL. */
export class DemoStore implements Store {
  readonly name = 'demo';
  readonly homePath = '/';
  readonly cartPath = '/checkout/cart';
  readonly customers: StoreCustomers;
  /** Sets the stock of an article, to test the notices for low stock. */
  readonly stock = new DemoStock();
  readonly #carts: DemoCartTable;
  readonly #imported: DemoProducts;
  readonly #query: StatementRunner;
  readonly #publicUrl: string;
  readonly #own: FindProduct;
  readonly #catalogue: DemoCatalogue;

  constructor({ query, publicUrl, generated = 0 }: DemoStoreOptions) {
    this.#query = query;
    this.#carts = new DemoCartTable(query);
    this.customers = demoCustomers(query);
    this.#imported = demoProducts(query);
    this.#publicUrl = publicUrl.replace(/\/$/, '');
    this.#own = (sku) => findProduct(sku) ?? generatedProduct(sku, generated);
    this.#catalogue = { generated, imported: this.#imported, stock: this.stock, publicUrl: this.#publicUrl };
  }

  /** Needs no database: the cart has the transmission's id, its rows are created with the first article. */
  openCart({ tenantId, transmissionId, request }: Transmission): Promise<CartRef> {
    return Promise.resolve(this.cartRef(tenantId, transmissionId, request));
  }

  /** The cart of an ordinary visitor or of a transmission. */
  cartRef(
    tenantId: string,
    cartId: string,
    { currency, language: asked, shopCustomer }: Pick<SetupRequest, 'currency' | 'language' | 'shopCustomer'>,
  ): CartRef {
    const language = /^en\b/i.test(asked ?? '') ? 'en' : 'de';
    return {
      store: this.name,
      id: cartId,
      handle: {
        tenant: tenantId,
        currency: demoCurrency(currency),
        language,
        ...(shopCustomer && { customer: customerText(shopCustomer.customer) }),
      },
    };
  }

  async addLines(cart: CartRef, requests: LineRequest[]): Promise<LineResult[]> {
    const key = keyOf(cart);
    const find = await this.#finder(key.tenantId, numbersIn(requests));
    const wanted = requests.map((request) => judge(request, find, this.stock));
    const added = await this.#carts.add(key, sumByLine(wanted));
    return wanted.map(({ lineId, result }) =>
      result.got === '0' || added.has(lineId) ? result : { ...result, got: '0', fault: 'quantity_invalid' },
    );
  }

  async changeLine(cart: CartRef, lineId: string, quantity: DecimalText): Promise<LineResult> {
    const key = keyOf(cart);
    const product = productOfLine(lineId, await this.#finder(key.tenantId, [skuOfLine(lineId) ?? '']));
    const nothing = { supplierPartId: product?.sku ?? '', requested: quantity, got: '0' };
    if (product === undefined) return { ...nothing, fault: 'unknown_line' };
    const sellable = sellableQuantity(product, quantity);
    if (sellable === undefined) return { ...nothing, fault: 'quantity_invalid' };
    const got = this.stock.most(product.sku, sellable);
    if (got === '0') return { ...nothing, fault: 'sold_out' };
    if (!(await this.#carts.change(key, lineId, got))) return { ...nothing, fault: 'unknown_line' };
    return { ...nothing, got, fault: changedFault(quantity, got) };
  }

  async removeLine(cart: CartRef, lineId: string): Promise<void> {
    await this.#carts.remove(keyOf(cart), lineId);
  }

  async readCart(ref: CartRef): Promise<Cart> {
    const key = keyOf(ref);
    const { currency, language, customer } = key;
    const { version, lines: rows } = await this.#carts.read(key);
    const find = await this.#finder(
      key.tenantId,
      rows.map(({ lineId }) => skuOfLine(lineId) ?? ''),
    );
    const notices: CartNotice[] = [];
    const lines = rows.flatMap(({ lineId, quantity: wanted }) => {
      const product = productOfLine(lineId, find);
      if (product === undefined) {
        notices.push(goneNotice(skuOfLine(lineId) ?? lineId, language));
        return [];
      }
      const quantity = this.stock.most(product.sku, wanted);
      if (quantity !== wanted) notices.push(stockNotice(product, quantity, language));
      return quantity === '0'
        ? []
        : [demoCartLine({ product, quantity, currency, customer, language, publicUrl: this.#publicUrl })];
    });
    const tax = lines.reduce((sum, line) => add(sum, parseDecimal(line.taxAmount ?? '0')), parseDecimal('0.00'));
    return {
      cartId: ref.id,
      contentMark: version,
      currency,
      language,
      lines,
      tax:
        lines.length === 0
          ? undefined
          : { amount: formatDecimal(tax), description: language === 'de' ? 'Umsatzsteuer' : 'VAT' },
      notices: notices.length === 0 ? undefined : notices,
    };
  }

  /** Articles by number: the built-in ones and those that the tenant imported by feed. */
  async products(tenantId: string, skus: readonly string[]): Promise<Map<string, Product>> {
    const find = await this.#finder(tenantId, skus);
    const found = new Map<string, Product>();
    for (const sku of skus) {
      const product = find(sku);
      if (product !== undefined) found.set(sku, product);
    }
    return found;
  }

  /** Imported articles that have all these words; at most `limit`. */
  importedProducts(tenantId: string, words: string, limit: number): Promise<Product[]> {
    return this.#imported.search(tenantId, words, limit);
  }

  /** Queries the database only for articles that are not built in. */
  async #finder(tenantId: string, skus: readonly string[]): Promise<FindProduct> {
    const own = new Map(skus.map((sku) => [sku, this.#own(sku)]));
    const unknown = skus.filter((sku) => sku !== '' && own.get(sku) === undefined);
    const imported = unknown.length === 0 ? undefined : await this.#imported.find(tenantId, unknown);
    return (sku) => own.get(sku) ?? this.#own(sku) ?? imported?.get(sku);
  }

  importProducts(tenantId: string, run: string, products: readonly FeedProduct[]): Promise<{ repeated: string[] }> {
    return this.#imported.import(tenantId, run, products);
  }

  async placeOrder(order: StoreOrder): Promise<PlacedOrder> {
    const find = await this.#finder(
      order.tenantId,
      order.order.lines.map(({ supplierPartId }) => supplierPartId),
    );
    return placeDemoOrder(this.#query, order, (sku) => find(sku) !== undefined);
  }

  deleteCart(cart: CartRef, contentMark?: string): Promise<'deleted' | 'changed'> {
    return this.#carts.delete(keyOf(cart), contentMark);
  }

  /**
   * The context is stored in the cart reference: prices are calculated on every read. The demo delivers everywhere and
   * sells the same on every site.
   */
  changeContext(cart: CartRef, { currency, language, country, site }: StoreContext): Promise<ContextChange> {
    if (currency !== undefined && !isDemoCurrency(currency)) return Promise.resolve({ ok: false, unknown: 'currency' });
    const spoken = /^(de|en)(?:-|$)/i.exec(language ?? '')?.[1]?.toLowerCase();
    if (language !== undefined && spoken === undefined) return Promise.resolve({ ok: false, unknown: 'language' });
    const changed = Object.entries({ currency, language: spoken, country, site }).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    );
    return Promise.resolve({ ok: true, cart: { ...cart, handle: { ...cart.handle, ...Object.fromEntries(changed) } } });
  }

  /** In German, the language of the shop; the catalogue has one level below its root. */
  categories(): Promise<StoreCategory[]> {
    return Promise.resolve([
      ROOT,
      ...CATEGORIES.map(({ id, name }) => ({ categoryId: id, parentId: ROOT.categoryId, name: name.de })),
    ]);
  }

  searchPath(query: string): string {
    return `/search?search=${encodeURIComponent(query)}`;
  }

  /** The results of the shop's own search page; texts are searched in both languages. */
  async search(query: string, limit: number, { tenantId }: { tenantId?: string } = {}): Promise<ItemKey[]> {
    if (query.trim() === '') return [];
    const own = searchProducts({ words: query });
    const imported = tenantId === undefined ? [] : await this.#imported.search(tenantId, query, limit);
    // A built-in article goes before an imported one with its number, as in the cart.
    const numbers = new Set([...own, ...imported].map(({ sku }) => sku));
    return [...numbers].slice(0, limit).map((sku) => ({ supplierPartId: sku }));
  }

  async productPath(item: ItemKey, buyer?: Pick<Transmission, 'tenantId'>): Promise<string | undefined> {
    const find = buyer === undefined ? this.#own : await this.#finder(buyer.tenantId, numbersIn([item]));
    const product = productOfItem(item, find);
    return product === undefined ? undefined : `/detail/${encodeURIComponent(product.sku)}`;
  }

  cataloguePage(wish: CatalogueWish): Promise<CataloguePage> {
    return readCataloguePage(this.#catalogue, wish);
  }

  async catalogueProducts(buyer: Transmission, items: readonly WantedProduct[]): Promise<CatalogueProducts> {
    return catalogueProducts(this.#catalogue, buyer, items, await this.#finder(buyer.tenantId, numbersIn(items)));
  }
}

/** The article numbers by which `items` may be meant. */
function numbersIn(items: readonly ItemKey[]): string[] {
  return items.flatMap(({ supplierPartId, auxiliaryId = '' }) => [
    supplierPartId,
    auxiliaryId,
    skuOfLine(auxiliaryId) ?? '',
  ]);
}

const ROOT: StoreCategory = { categoryId: 'catalogue', name: 'Sortiment' };

interface Judged {
  lineId: string;
  result: LineResult;
}

function judge(request: LineRequest, find: FindProduct, stock: DemoStock): Judged {
  const product = productOfItem(request, find);
  const nothing = { supplierPartId: product?.sku ?? request.supplierPartId, requested: request.quantity, got: '0' };
  if (product === undefined) return { lineId: '', result: { ...nothing, fault: 'unknown_product' } };
  const lineId = lineIdOf(product);
  if (product.soldOut === true) return { lineId, result: { ...nothing, fault: 'sold_out' } };
  const sellable = sellableQuantity(product, request.quantity);
  if (sellable === undefined) return { lineId, result: { ...nothing, fault: 'quantity_invalid' } };
  const got = stock.most(product.sku, sellable);
  if (got === '0') return { lineId, result: { ...nothing, fault: 'sold_out' } };
  return { lineId, result: { ...nothing, got, fault: changedFault(request.quantity, got) } };
}

function changedFault(wanted: DecimalText, got: DecimalText): 'quantity_changed' | undefined {
  return compare(parseDecimal(wanted), parseDecimal(got)) === 0 ? undefined : 'quantity_changed';
}

function sumByLine(judged: readonly Judged[]): { lineId: string; sku: string; quantity: DecimalText }[] {
  const lines = new Map<string, { lineId: string; sku: string; quantity: DecimalText }>();
  for (const { lineId, result } of judged) {
    if (result.got === '0') continue;
    const before = lines.get(lineId)?.quantity ?? '0';
    lines.set(lineId, {
      lineId,
      sku: result.supplierPartId,
      quantity: formatDecimal(add(parseDecimal(before), parseDecimal(result.got))),
    });
  }
  return [...lines.values()];
}

function keyOf({ id, handle = {} }: CartRef): CartKey & DemoTerms & { language: 'de' | 'en' } {
  const { tenant, currency, language, customer } = handle;
  if (tenant === undefined) throw new TypeError('not a cart of the demo store');
  return {
    tenantId: tenant,
    cartId: id,
    currency: demoCurrency(currency),
    language: language === 'en' ? 'en' : 'de',
    customer,
  };
}
