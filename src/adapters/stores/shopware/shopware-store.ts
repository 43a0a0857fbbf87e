import { baseUrlOf } from '../../../domain/base-url.js';
import type { Cart, CartRef } from '../../../domain/cart/cart.js';
import type { ShownCart } from '../../../domain/cart/shown-cart.js';
import type { DecimalText } from '../../../domain/decimal.js';
import type { ItemKey } from '../../../domain/transmission/setup-request.js';
import type { Transmission } from '../../../domain/transmission/transmission.js';
import type {
  CartKnowledge,
  ContextChange,
  LineRequest,
  LineResult,
  Store,
  StoreCategory,
  StoreContext,
} from '../../../ports/store/store.js';
import type {
  CataloguePage,
  CatalogueProducts,
  CatalogueWish,
  WantedProduct,
} from '../../../ports/store/store-catalogue.js';
import type { StoreCustomers } from '../../../ports/store/store-extras.js';
import type { StoreProxyPolicy } from '../../../ports/store/store-proxy-policy.js';
import { BoundedCache } from '../bounded-cache.js';
import { AdminApi } from './api/admin-api.js';
import { Deadline } from '../exchange/throttle.js';
import { ShopHttp } from './api/shop-http.js';
import { StoreApi } from './api/store-api.js';
import { addLines, changeLine, removeLine, deleteCart, hasCode, redeemCode } from './cart/change-lines.js';
import type { LineRules } from './cart/cart-line.js';
import { cartOf } from './cart/cart-view.js';
import { EMPTY_CART, productIdsOf, type ShopCart, shopCartOf } from './cart/shop-cart.js';
import { ProductDetailsCache } from './catalogue/product-details.js';
import { ShopCatalogue } from './catalogue/shop-catalogue.js';
import { changeContext, shownContext } from './session/change-context.js';
import { cloneCustomers, ShopCustomers } from './session/shop-customers.js';
import { type CartHandle, assertCustomer, readContext, type ShopContext } from './session/shop-context.js';
import { type CartSession, CartSessions } from './session/cart-sessions.js';
import { type CartOpener, cartOpener } from './session/cart-opener.js';
import { contextOpeners, type OwnContext, SEEN_FOR_SECONDS } from './session/open-context.js';
import { shownCartOf, shopwareProxyPolicy } from './proxy/shopware-proxy-policy.js';
import { SalesChannelChoices, type SalesChannelId, salesChannelOf } from './session/sales-channel.js';
import { type ShopwareStoreOptions, type Storefront, storefront } from './shopware-options.js';

/** Largest cart whose last answer is cached, and for how long. */
const REMEMBERED_LINES = 200;
const REMEMBERED = { maxEntries: 500, lifeSeconds: 60 };

/**
 * A Shopware 6 shop as a `Store`. Writes to one cart must run one after the other (shopware.md 2.2: parallel adds lose
 * updates); TransmissionRepository.writeCart ensures it for all processes.
 */
export class ShopwareStore implements Store {
  readonly name = 'shopware';
  readonly homePath: string;
  readonly cartPath: string;
  readonly customers?: StoreCustomers;
  readonly #accessKey: string;
  readonly #baseUrl: string;
  readonly #api: StoreApi;
  readonly #customers: ShopCustomers | undefined;
  readonly #choices: SalesChannelChoices;
  readonly #details: ProductDetailsCache;
  readonly #sessions: CartSessions;
  /** Last answers of carts that this process has just opened or written to, by cart id. */
  readonly #answered: BoundedCache<ShopCart>;
  readonly #seen: BoundedCache<OwnContext>;
  readonly #salesChannelId: SalesChannelId;
  readonly #opener: CartOpener;
  readonly #rules: LineRules;
  readonly #catalogue: ShopCatalogue;
  readonly #operationMs: number;
  readonly #paths: Storefront;

  constructor(options: ShopwareStoreOptions) {
    const { session = 'switch-customer', now = Date.now, timeouts = {}, details = {} } = options;
    const requestTimeoutMs = timeouts.requestMs ?? 2500;
    this.#accessKey = options.accessKey;
    this.#baseUrl = baseUrlOf(options.baseUrl);
    const http = new ShopHttp({ http: options.http, baseUrl: this.#baseUrl, requestTimeoutMs, now });
    this.#api = new StoreApi(http, options.accessKey);
    this.#choices = new SalesChannelChoices(this.#api, now);
    this.#details = new ProductDetailsCache(this.#api, {
      maxEntries: details.maxEntries ?? 5000,
      lifeSeconds: details.lifeSeconds ?? 600,
      now,
    });
    this.#operationMs = timeouts.operationMs ?? 4000;
    this.#sessions = new CartSessions({
      api: this.#api,
      sealingSecret: options.sealingSecret,
      sharedTurns: options.sharedTurns,
      operationMs: this.#operationMs,
      now,
    });
    this.#answered = new BoundedCache({ ...REMEMBERED, now });
    this.#seen = new BoundedCache({ maxEntries: 1, lifeSeconds: SEEN_FOR_SECONDS, now });
    this.#salesChannelId = salesChannelOf(this.#api, options.salesChannelId);
    if (options.admin === undefined && session !== 'login') throw new TypeError(`session '${session}' needs admin`);
    const admin = options.admin && new AdminApi(http, options.admin, { requestTimeoutMs, now });
    if (admin !== undefined) {
      this.#customers = new ShopCustomers(admin, this.#salesChannelId, now);
      this.customers = cloneCustomers(this.#customers, () => new Deadline(this.#operationMs));
    }
    this.#opener = cartOpener({
      api: this.#api,
      choices: this.#choices,
      customers: this.#customers,
      ...contextOpeners({
        api: this.#api,
        admin,
        customers: this.#customers,
        salesChannelId: this.#salesChannelId,
        seen: this.#seen,
      }),
      customerOf: options.customer,
      session,
    });
    this.#paths = storefront(options);
    this.homePath = this.#paths.home;
    this.cartPath = this.#paths.cart;
    this.#rules = {
      units: options.units ?? {},
      unitField: options.unitField ?? 'productOciMe',
      classificationFields: options.classificationFields ?? { eClass: 'productOciEClass' },
      productUrl: this.#paths.productUrl,
    };
    this.#catalogue = new ShopCatalogue({
      api: this.#api,
      details: this.#details,
      choices: this.#choices,
      customers: this.#customers,
      opener: this.#opener,
      rules: this.#rules,
      operationMs: this.#operationMs,
    });
  }

  /** Opens an isolated context, in the requested currency and language where the sales channel has them. */
  async openCart(transmission: Transmission): Promise<CartRef> {
    const opened = await this.#opener.open(transmission, new Deadline(this.#operationMs));
    const id = transmission.transmissionId;
    this.#answered.set(id, EMPTY_CART);
    return { store: this.name, id, handle: this.#sessions.sealed(id, opened) };
  }

  /** A login uses the only cart of the customer, and opening would empty it. */
  async examine(transmission: Transmission): Promise<boolean> {
    if (!(await this.#opener.isShared(transmission))) return false;
    await this.#opener.tryLogin(transmission, new Deadline(this.#operationMs));
    return true;
  }

  addLines(ref: CartRef, lines: LineRequest[], { untouched = false }: CartKnowledge = {}): Promise<LineResult[]> {
    return this.#sessions.keptTurn(ref, 'write', async (session, handle) => {
      const before =
        (untouched ? this.#answered.get(ref.id) : undefined) ?? (await this.#readBoth(session, handle)).shopCart;
      const { results, after } = await addLines({ api: this.#api, catalogue: this.#details }, session, before, lines);
      this.#remember(ref, after);
      return results;
    });
  }

  changeLine(ref: CartRef, lineId: string, quantity: DecimalText): Promise<LineResult> {
    return this.#sessions.keptTurn(ref, 'write', async (session, handle) => {
      const { result, after } = await changeLine(this.#api, session, lineId, quantity);
      this.#remember(ref, after);
      if (result.fault === 'unknown_line') assertCustomer(await readContext(this.#api, session), handle.customerId);
      return result;
    });
  }

  removeLine(ref: CartRef, lineId: string): Promise<void> {
    return this.#sessions.keptTurn(ref, 'write', async (session) => {
      this.#remember(ref, await removeLine(this.#api, session, lineId));
    });
  }

  readCart(ref: CartRef, { untouched = false }: CartKnowledge = {}): Promise<Cart> {
    return this.#sessions.keptTurn(ref, 'read', async (session, handle) => {
      const answered = untouched ? this.#answered.get(ref.id) : undefined;
      const { shopCart, context } =
        answered === undefined
          ? await this.#readBoth(session, handle)
          : { shopCart: answered, context: await this.#sessions.readContext(session, handle) };
      const details = await this.#details.load(session, productIdsOf(shopCart.lines));
      const { languages } = await this.#choices.read(session.deadline);
      const tagOf = (languageId: string): string | undefined =>
        languages.find((known) => known.languageId === languageId)?.tag;
      const numberOf = (productId: string): string | undefined =>
        this.#details.known(session, productId)?.productNumber;
      return cartOf(shopCart, {
        cartId: ref.id,
        language: handle.language,
        tagOf,
        numberOf,
        context,
        details,
        rules: this.#rules,
      });
    });
  }

  shownCart({ id }: CartRef): ShownCart | undefined {
    const answered = this.#answered.get(id);
    return answered === undefined ? undefined : shownCartOf(answered);
  }

  redeemCode(ref: CartRef, code: string): Promise<boolean> {
    return this.#sessions.keptTurn(ref, 'write', async (session) => {
      const after = await redeemCode(this.#api, session, code);
      this.#remember(ref, after);
      return hasCode(after, code);
    });
  }

  keepCart(ref: CartRef): Promise<void> {
    return this.#sessions.keep(ref);
  }

  /** Deletes the cart, then ends its context. A lost context or an empty cart counts as deleted. */
  deleteCart(ref: CartRef, contentMark?: string): Promise<'deleted' | 'changed'> {
    return this.#sessions.turn(ref, 'write', async (session, handle) => {
      if ((await deleteCart(this.#api, session, { contentMark, isOwn: handle.isOwn })) === 'changed') return 'changed';
      if (handle.guestId !== undefined) await this.#customers?.remove(handle.guestId, session.deadline);
      return 'deleted';
    });
  }

  async productPath(item: ItemKey): Promise<string | undefined> {
    const product = await this.#catalogue.find(item);
    return product === undefined ? undefined : this.#paths.product(product);
  }

  searchPath(query: string): string {
    return this.#paths.search(query);
  }

  /** Searches in the requested language; the currency does not affect the results. */
  async search(query: string, limit: number, wish: { language?: string } = {}): Promise<ItemKey[]> {
    return query.trim() === '' ? [] : this.#catalogue.search(query, limit, wish.language);
  }

  /** The Store API names no product that is gone, so there is no `mark`: every reading is a full one. */
  cataloguePage(wish: CatalogueWish): Promise<CataloguePage> {
    return this.#catalogue.page(wish);
  }

  catalogueProducts(buyer: Transmission, items: readonly WantedProduct[]): Promise<CatalogueProducts> {
    return this.#catalogue.products(buyer, items);
  }

  categories(): Promise<StoreCategory[]> {
    return this.#catalogue.categories();
  }

  /** Prices follow the currency at once; texts follow the language through the cart's new handle. */
  changeContext(ref: CartRef, wish: StoreContext): Promise<ContextChange> {
    return this.#sessions.keptTurn(ref, 'write', async (session, handle) => {
      const choices = await this.#choices.read(session.deadline);
      const changed = await changeContext(
        { api: this.#api, choices, salesChannelId: this.#salesChannelId },
        session,
        handle.customerId,
        wish,
      );
      if (!changed.ok) return changed;
      this.#sessions.wrote(session);
      const { language } = changed;
      return {
        ok: true,
        cart:
          language === undefined
            ? ref
            : { ...ref, handle: { ...ref.handle, languageId: language.languageId, language: language.tag } },
      };
    });
  }

  shownContext(ref: CartRef): Promise<StoreContext> {
    return this.#sessions.keptTurn(ref, 'read', async (session, handle) => {
      const { languages } = await this.#choices.read(session.deadline);
      return shownContext(this.#api, session, { customerId: handle.customerId, languages });
    });
  }

  /** Calls in `allow` are written `POST /customer/wishlist/add/{}`. */
  proxyPolicy({ allow }: { allow: readonly string[] }): StoreProxyPolicy {
    return shopwareProxyPolicy({
      baseUrl: this.#baseUrl,
      accessKey: this.#accessKey,
      tokenOf: (cart) => this.#sessions.tokenOf(cart),
      inTurn: (cart, kind, act) => this.#sessions.passing(cart, kind, act),
      allow,
    });
  }

  /** Clears cached product details, languages, currencies and customers, so that the next request asks the shop. */
  dropCaches(): void {
    this.#details.drop();
    this.#choices.drop();
    this.#customers?.drop();
    this.#seen.drop();
  }

  /**
   * Reads cart and context. The cart comes first: any earlier request would consume the notices that the shop gives
   * once (shopware.md 8.3, 8.4). Throws StoreSessionLost when the context no longer belongs to our customer.
   */
  async #readBoth(session: CartSession, handle: CartHandle): Promise<{ shopCart: ShopCart; context: ShopContext }> {
    const shopCart = shopCartOf(await this.#api.read(session, { method: 'GET', path: '/checkout/cart' }));
    return { shopCart, context: await this.#sessions.readContext(session, handle) };
  }

  /** The caller of the write has already reported its errors. */
  #remember(ref: CartRef, shopCart: ShopCart | undefined): void {
    if (shopCart !== undefined && shopCart.lines.length <= REMEMBERED_LINES)
      this.#answered.set(ref.id, { ...shopCart, errors: [] });
    else this.#answered.delete(ref.id);
  }
}
