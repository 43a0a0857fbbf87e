import { baseUrlOf } from '../../../domain/base-url.js';
import type { Cart, CartRef } from '../../../domain/cart/cart.js';
import type { CustomerSession } from '../../../domain/access/connection.js';
import type { DecimalText } from '../../../domain/decimal.js';
import type { ItemKey } from '../../../domain/transmission/setup-request.js';
import type { Transmission } from '../../../domain/transmission/transmission.js';
import type { ContextChange, LineRequest, LineResult, Store, StoreCategory, StoreContext } from '../../../ports/store/store.js';
import type { StoreCustomers } from '../../../ports/store/store-customers.js';
import type { StoreProxyPolicy } from '../../../ports/store/store-proxy-policy.js';
import { AdminApi } from './api/admin-api.js';
import { Deadline } from '../exchange/deadline.js';
import { expectStatus, ShopHttp } from './api/shop-http.js';
import { StoreApi, type StoreApiSession } from './api/store-api.js';
import { storeFault, StoreSessionLost } from './api/store-fault.js';
import { addLines } from './cart/add-lines.js';
import { changeLine, removeLine } from './cart/change-line.js';
import type { LineRules } from './cart/cart-line.js';
import { cartOf } from './cart/cart-view.js';
import { contentMarkOf, type ShopCart, shopCartOf, type ShopLine } from './cart/shop-cart.js';
import { findById, findByNumber, isProductId, MAX_PER_REQUEST, productsOf } from './catalogue/find-products.js';
import { ProductDetailsCache } from './catalogue/product-details.js';
import { readCategories } from './catalogue/read-categories.js';
import { changeContext } from './session/change-context.js';
import { cloneCustomers } from './session/clone-customers.js';
import { cloneContext, guestContext, loginContext, type OpenContext, type OpenedContext, switchedContext } from './session/open-context.js';
import { shopwareProxyPolicy } from './proxy/shopware-proxy-policy.js';
import { chooseLanguage, SalesChannelChoices } from './session/sales-channel-choices.js';
import { assertCustomer, readContext } from './session/shop-context.js';
import { type SalesChannelId, salesChannelOf } from './session/sales-channel.js';
import { ShopCustomers } from './session/shop-customers.js';
import { type TokenSeal, tokenSeal } from '../exchange/sealed-token.js';
import type { ShopwareStoreOptions } from './shopware-options.js';

/** What a CartRef of ours keeps beside its id. */
interface CartHandle {
  contextToken: string;
  customerId: string;
  languageId: string | undefined;
  language: string;
  guestId: string | undefined;
  /** The context is the customer's own, and stays when the cart goes. */
  isOwn: boolean;
}

/**
 * A Shopware 6 shop behind the port `Store`. Writes to one cart must come one after the other (FACTS 2.2: parallel adds
 * lose updates); TransmissionRepository.writeCart sees to it for all processes.
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
  readonly #salesChannelId: SalesChannelId;
  readonly #openContext: Partial<Record<CustomerSession, OpenContext>>;
  readonly #openClone: ReturnType<typeof cloneContext> | undefined;
  readonly #session: CustomerSession;
  readonly #customerOf: ShopwareStoreOptions['customer'];
  readonly #seal: TokenSeal;
  readonly #rules: LineRules;
  readonly #operationMs: number;
  readonly #productPath: string;
  readonly #searchPath: string;

  constructor(options: ShopwareStoreOptions) {
    const { session = 'switch-customer', now = Date.now, timeouts = {}, details = {}, paths = {}, frontendUrl } = options;
    const requestTimeoutMs = timeouts.requestMs ?? 2500;
    this.#accessKey = options.accessKey;
    this.#baseUrl = baseUrlOf(options.baseUrl);
    const http = new ShopHttp({ http: options.http, baseUrl: this.#baseUrl, requestTimeoutMs, now });
    this.#api = new StoreApi(http, options.accessKey);
    this.#choices = new SalesChannelChoices(this.#api, now);
    this.#details = new ProductDetailsCache(this.#api, { maxEntries: details.maxEntries ?? 5000, lifeSeconds: details.lifeSeconds ?? 600, now });
    this.#session = session;
    this.#salesChannelId = salesChannelOf(this.#api, options.salesChannelId);
    this.#openContext = { login: loginContext(this.#api) };
    if (options.admin === undefined) {
      if (session !== 'login') throw new TypeError(`session '${session}' needs admin`);
    } else {
      const admin = new AdminApi(http, options.admin, { requestTimeoutMs, now });
      this.#customers = new ShopCustomers(admin, this.#salesChannelId, now);
      const deps = { api: this.#api, admin, customers: this.#customers, salesChannelId: this.#salesChannelId };
      this.#openContext['switch-customer'] = switchedContext(deps);
      this.#openContext['guest-clone'] = guestContext(deps);
      this.#openClone = cloneContext(deps);
      this.customers = cloneCustomers(this.#customers, () => new Deadline(timeouts.operationMs ?? 4000));
    }
    this.#customerOf = options.customer;
    this.#seal = tokenSeal(options.sealingSecret, 'shopware');
    this.#operationMs = timeouts.operationMs ?? 4000;
    this.homePath = paths.home ?? '/';
    this.cartPath = paths.cart ?? '/checkout/cart';
    this.#productPath = paths.product ?? '/detail/{id}';
    this.#searchPath = paths.search ?? '/search?search={query}';
    this.#rules = {
      units: options.units ?? {},
      unitField: options.unitField ?? 'productOciMe',
      classificationFields: options.classificationFields ?? { eClass: 'productOciEClass' },
      productUrl: (product) => (frontendUrl === undefined ? undefined : new URL(this.#pathOf(product), `${baseUrlOf(frontendUrl)}/`).href),
    };
  }

  /** A context of its own, in the currency and language that were wished for where the sales channel has them. */
  async openCart(transmission: Transmission): Promise<CartRef> {
    const deadline = new Deadline(this.#operationMs);
    const choices = await this.#choices.read(deadline);
    const { contextToken, customerId, guestId, isOwn, context } = await this.#contextFor(transmission, deadline);
    const language = chooseLanguage(choices.languages, transmission.request.language) ?? choices.languages.find(({ languageId }) => languageId === context.languageId);
    const wished = choices.currencies.find(({ isoCode }) => isoCode === transmission.request.currency);
    const change = {
      ...(wished === undefined || wished.isoCode === context.currency ? {} : { currencyId: wished.currencyId }),
      // Our own calls name the language; what a frontend asks through the proxy follows the context.
      ...(language === undefined || language.languageId === context.languageId ? {} : { languageId: language.languageId }),
    };
    await this.#prepare({ contextToken, deadline }, change);
    const id = transmission.transmissionId;
    return {
      store: this.name,
      id,
      handle: {
        token: this.#seal.seal(contextToken, id),
        customer: customerId,
        ...(language === undefined ? {} : { languageId: language.languageId, language: language.tag }),
        ...(guestId === undefined ? {} : { guest: guestId }),
        ...(isOwn ? { own: '1' } : {}),
      },
    };
  }

  async addLines(ref: CartRef, lines: LineRequest[]): Promise<LineResult[]> {
    const { session, handle } = this.#enter(ref);
    const { shopCart } = await this.#readBoth(session, handle);
    return addLines(this.#api, session, shopCart, lines);
  }

  async changeLine(ref: CartRef, lineId: string, quantity: DecimalText): Promise<LineResult> {
    const { session, handle } = this.#enter(ref);
    const result = await changeLine(this.#api, session, lineId, quantity);
    if (result.fault === 'unknown_line') assertCustomer(await readContext(this.#api, session), handle.customerId);
    return result;
  }

  async removeLine(ref: CartRef, lineId: string): Promise<void> {
    await removeLine(this.#api, this.#enter(ref).session, lineId);
  }

  async readCart(ref: CartRef): Promise<Cart> {
    const { session, handle } = this.#enter(ref);
    const { shopCart, context } = await this.#readBoth(session, handle);
    const details = await this.#details.load(session, context.currency, productIdsOf(shopCart.lines));
    return cartOf(shopCart, { cartId: ref.id, language: handle.language, context, details, rules: this.#rules });
  }

  /** Deletes the cart, then ends its context. A context that is forgotten, or a cart that is empty, counts as deleted. */
  async deleteCart(ref: CartRef, contentMark?: string): Promise<'deleted' | 'changed'> {
    const { session, handle } = this.#enter(ref);
    try {
      const shopCart = await this.#readShopCart(session);
      if (contentMark !== undefined && shopCart.lines.length > 0 && contentMarkOf(shopCart) !== contentMark) return 'changed';
      expectStatus(await this.#api.send(session, { method: 'DELETE', path: '/checkout/cart' }), 204, 'DELETE /store-api/checkout/cart');
      if (!handle.isOwn) await this.#logOut(session);
    } catch (fault) {
      if (!(fault instanceof StoreSessionLost)) throw fault;
    }
    if (handle.guestId !== undefined) await this.#customers?.remove(handle.guestId, session.deadline);
    return 'deleted';
  }

  async productPath(item: ItemKey): Promise<string | undefined> {
    const session = { deadline: new Deadline(this.#operationMs) };
    const byId = isProductId(item.auxiliaryId) ? (await findById(this.#api, session, [item.auxiliaryId])).get(item.auxiliaryId) : undefined;
    const product = byId ?? (await findByNumber(this.#api, session, [item.supplierPartId]))(item.supplierPartId);
    return product === undefined ? undefined : this.#pathOf(product);
  }

  searchPath(query: string): string {
    return this.#searchPath.replaceAll('{query}', () => encodeURIComponent(query));
  }

  /** In the words of the language that was wished for; a currency has no say in what is found. */
  async search(query: string, limit: number, wish: { language?: string } = {}): Promise<ItemKey[]> {
    if (query.trim() === '') return [];
    const deadline = new Deadline(this.#operationMs);
    const language = wish.language === undefined ? undefined : chooseLanguage((await this.#choices.read(deadline)).languages, wish.language);
    const body = { search: query, limit: Math.min(limit, MAX_PER_REQUEST), includes: { product: ['id', 'productNumber'] } };
    const found = await this.#api.read({ languageId: language?.languageId, deadline }, { method: 'POST', path: '/search', body });
    return productsOf(found).map(({ productId, productNumber }) => ({ supplierPartId: productNumber, auxiliaryId: productId }));
  }

  categories(): Promise<StoreCategory[]> {
    return readCategories(this.#api, new Deadline(this.#operationMs));
  }

  /** Prices follow the currency at once; texts follow the language by the cart's new handle. */
  async changeContext(ref: CartRef, wish: StoreContext): Promise<ContextChange> {
    const { session, handle } = this.#enter(ref);
    const choices = await this.#choices.read(session.deadline);
    const changed = await changeContext({ api: this.#api, choices, salesChannelId: this.#salesChannelId }, session, handle.customerId, wish);
    if (!changed.ok) return changed;
    const { language } = changed;
    return { ok: true, cart: language === undefined ? ref : { ...ref, handle: { ...ref.handle, languageId: language.languageId, language: language.tag } } };
  }

  async shownContext(ref: CartRef): Promise<StoreContext> {
    const { session, handle } = this.#enter(ref);
    // Without the cart's own language, which would be given back.
    const [context, { languages }] = await Promise.all([readContext(this.#api, { ...session, languageId: undefined }), this.#choices.read(session.deadline)]);
    assertCustomer(context, handle.customerId);
    const { currency, country, languageId } = context;
    const language = languages.find((known) => known.languageId === languageId)?.tag;
    return { currency, ...(country === undefined ? {} : { country }), ...(language === undefined ? {} : { language }) };
  }

  /** Calls of `allow` are written `POST /customer/wishlist/add/{}`. */
  proxyPolicy({ allow }: { allow: readonly string[] }): StoreProxyPolicy {
    return shopwareProxyPolicy({ baseUrl: this.#baseUrl, accessKey: this.#accessKey, tokenOf: (cart) => this.#handleOf(cart).contextToken, allow });
  }

  /** Forgets product details, languages, currencies and customers, so that the next request asks the shop. */
  dropCaches(): void {
    this.#details.drop();
    this.#choices.drop();
    this.#customers?.drop();
  }

  async #contextFor(transmission: Transmission, deadline: Deadline): Promise<OpenedContext & { isOwn: boolean }> {
    const { clone } = transmission;
    if (clone !== undefined && this.#openClone !== undefined) return { ...(await this.#openClone(clone.customerId, deadline)), isOwn: false };
    const customer = await this.#customerOf(transmission);
    const kind = customer.session ?? this.#session;
    const open = this.#openContext[kind];
    if (open === undefined) throw storeFault(`session '${kind}' needs the access data of an integration`);
    return { ...(await open(customer, deadline)), isOwn: kind === 'login' };
  }

  /** A shop that refuses the language gets the currency alone: our own calls name the language anyway. */
  async #prepare(session: StoreApiSession, change: { currencyId?: string; languageId?: string }): Promise<void> {
    if (Object.keys(change).length === 0) return;
    const answer = await this.#api.send(session, { method: 'PATCH', path: '/context', body: change });
    const { languageId, ...rest } = change;
    if (answer.status === 400 && languageId !== undefined) await this.#prepare(session, rest);
    else expectStatus(answer, 200, 'PATCH /store-api/context');
  }

  /** Context and cart as of one moment; throws StoreSessionLost when the context is no longer our customer's. */
  async #readBoth(session: StoreApiSession, { customerId }: CartHandle): Promise<{ shopCart: ShopCart; context: Awaited<ReturnType<typeof readContext>> }> {
    const [context, shopCart] = await Promise.all([readContext(this.#api, session), this.#readShopCart(session)]);
    assertCustomer(context, customerId);
    return { context, shopCart };
  }

  async #readShopCart(session: StoreApiSession): Promise<ShopCart> {
    return shopCartOf(await this.#api.read(session, { method: 'GET', path: '/checkout/cart' }));
  }

  /** 403: nobody is logged in (any more). */
  async #logOut(session: StoreApiSession): Promise<void> {
    const answer = await this.#api.sendFreely(session, { method: 'POST', path: '/account/logout', body: {} });
    if (answer.status !== 403) expectStatus(answer, 200, 'POST /store-api/account/logout');
  }

  #enter(ref: CartRef): { session: StoreApiSession; handle: CartHandle } {
    const handle = this.#handleOf(ref);
    return { session: { contextToken: handle.contextToken, languageId: handle.languageId, deadline: new Deadline(this.#operationMs) }, handle };
  }

  #handleOf({ id, handle = {} }: CartRef): CartHandle {
    const { token, customer, languageId, language, guest, own } = handle;
    if (token === undefined || customer === undefined) throw storeFault('this is no cart of a Shopware store');
    return { contextToken: this.#seal.open(token, id), customerId: customer, languageId, language: language ?? 'en', guestId: guest, isOwn: own === '1' };
  }

  #pathOf({ productId, productNumber }: { productId: string; productNumber: string }): string {
    return this.#productPath.replaceAll('{id}', () => encodeURIComponent(productId)).replaceAll('{number}', () => encodeURIComponent(productNumber));
  }
}

function productIdsOf(lines: readonly ShopLine[]): string[] {
  return lines.flatMap((line) => [...(line.type === 'product' && isProductId(line.referencedId) ? [line.referencedId] : []), ...productIdsOf(line.children)]);
}
