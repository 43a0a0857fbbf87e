import { baseUrlOf } from '../../../domain/base-url.js';
import type { Cart, CartRef } from '../../../domain/cart/cart.js';
import type { DecimalText } from '../../../domain/decimal.js';
import type { ItemKey } from '../../../domain/transmission/setup-request.js';
import type { Transmission } from '../../../domain/transmission/transmission.js';
import type {
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
import { Deadline } from '../exchange/throttle.js';
import { type TokenSeal, tokenSeal } from '../exchange/sealed-token.js';
import { ShopApi, type ShopSession } from './api/shop-api.js';
import { storeFault, StoreSessionLost } from './api/store-fault.js';
import { addLines, changeLine, removeLine, chooseShipping, redeemCode } from './cart/change-lines.js';
import { emptyOrder, contentMarkOf, readOrder, type ShopOrder } from './cart/shop-order.js';
import { cartOf, type CartRules } from './cart/order-cart.js';
import { type CatalogueReading, readCataloguePage, readCatalogueProducts } from './catalogue/catalogue-page.js';
import { findVariants, variantKey, readCategories, searchVariants } from './catalogue/find-variants.js';
import { ProductDetailsCache } from './catalogue/product-details.js';
import { vendureProxyPolicy } from './proxy/vendure-proxy-policy.js';
import { ChannelChoices, chooseLanguage, languageTag, contextOf, setCurrency } from './session/channel.js';
import { type CartSession, openHandle, openSession, sealHandle } from './session/cart-session.js';
import { copyChosen, isOfCopy, ofCopy, openCopy, removeCopy } from './session/chosen-customer.js';
import { cloneLogin, shopCustomers } from './session/clone-customers.js';
import { type Storefront, storefront, type VendureStoreOptions } from './vendure-options.js';

/**
 * A Vendure shop as a `Store`, through its Shop API. Every cart is the active order of an isolated session, whose token
 * stays with us; by default the session is anonymous, because a customer has one active order over all sessions.
 * Currency and language are parameters of each request in Vendure, so the cart's handle keeps them.
 */
export class VendureStore implements Store {
  readonly name = 'vendure';
  readonly homePath: string;
  readonly cartPath: string;
  readonly customers: StoreCustomers | undefined;
  readonly #api: ShopApi;
  readonly #choices: ChannelChoices;
  readonly #details: ProductDetailsCache;
  readonly #seal: TokenSeal;
  readonly #rules: CartRules;
  readonly #paths: Storefront;
  readonly #options: VendureStoreOptions;
  readonly #operationMs: number;

  /** Throws TypeError for unreadable field sources, RangeError for a sealing secret that is too short. */
  constructor(options: VendureStoreOptions) {
    const { now = Date.now, timeouts = {}, details = {} } = options;
    this.#options = { ...options, shopApiUrl: baseUrlOf(options.shopApiUrl) };
    this.#api = new ShopApi({
      http: options.http,
      url: this.#options.shopApiUrl,
      requestTimeoutMs: timeouts.requestMs ?? 2500,
      now,
    });
    this.#choices = new ChannelChoices(this.#api, now);
    this.#details = new ProductDetailsCache(this.#api, options.fields ?? {}, {
      maxEntries: details.maxEntries ?? 5000,
      lifeSeconds: details.lifeSeconds ?? 600,
      now,
    });
    this.#seal = tokenSeal(options.sealingSecret, 'vendure');
    this.#operationMs = timeouts.operationMs ?? 4000;
    this.customers = shopCustomers(this.#options, now, {
      secret: this.#secrets()[0] ?? '',
      newDeadline: () => new Deadline(this.#operationMs),
    });
    this.#paths = storefront(options);
    this.homePath = this.#paths.home;
    this.cartPath = this.#paths.cart;
    this.#rules = {
      units: options.units ?? {},
      priceDigits: options.priceDigits ?? 'iso',
      productUrl: this.#paths.productUrl,
    };
  }

  /** Uses the requested currency and language where the channel has them. */
  async openCart(transmission: Transmission): Promise<CartRef> {
    const opening = await this.#visitorFor(transmission);
    const { transmissionId, clone } = transmission;
    if (clone !== undefined) return this.#openClone(transmissionId, opening);
    const named = await this.#options.customer?.(transmission);
    return named === undefined && (await copyChosen(this.customers, transmission))
      ? openCopy(this.customers, transmissionId, () => this.#openClone(transmissionId, opening))
      : this.#open(transmissionId, opening, named);
  }

  async addLines(ref: CartRef, lines: LineRequest[]): Promise<LineResult[]> {
    const session = this.#enter(ref);
    return this.#add(session, await readOrder(this.#api, session), lines);
  }

  async changeLine(ref: CartRef, lineId: string, quantity: DecimalText): Promise<LineResult> {
    return changeLine(this.#api, this.#enter(ref), lineId, quantity);
  }

  async removeLine(ref: CartRef, lineId: string): Promise<void> {
    await removeLine(this.#api, this.#enter(ref), lineId);
  }

  async readCart(ref: CartRef): Promise<Cart> {
    const session = this.#enter(ref);
    const order = await readOrder(this.#api, session);
    const details = await this.#details.load(
      session,
      (order?.lines ?? []).map(({ productId }) => productId),
    );
    return cartOf(order, {
      cartId: ref.id,
      currency: session.currency,
      language: languageTag(session.languageCode),
      details,
      rules: this.#rules,
    });
  }

  async redeemCode(ref: CartRef, code: string): Promise<boolean> {
    return redeemCode(this.#api, this.#enter(ref), code);
  }

  /**
   * Empties the order. A lost session or an empty order counts as deleted. Does not log out: in Vendure that ends every
   * session of the customer.
   */
  async deleteCart(ref: CartRef, contentMark?: string): Promise<'deleted' | 'changed'> {
    const session = this.#enter(ref);
    try {
      const order = await readOrder(this.#api, session);
      if (order !== undefined && order.lines.length > 0) {
        if (contentMark !== undefined && contentMarkOf(order) !== contentMark) return 'changed';
        await emptyOrder(this.#api, session);
      }
    } catch (fault) {
      if (!(fault instanceof StoreSessionLost)) throw fault;
    }
    if (isOfCopy(ref)) await removeCopy(this.customers, ref.id);
    return 'deleted';
  }

  async productPath(item: ItemKey): Promise<string | undefined> {
    const session = this.#visitor(this.#options.channelToken);
    const found = (await findVariants({ api: this.#api, details: this.#details, session }, [item]))(item);
    if (found === undefined) return undefined;
    const slug = (await this.#details.load(session, [found.productId])).get(found.productId)?.slug;
    return slug === undefined ? undefined : this.#paths.product({ ...found, slug });
  }

  searchPath(query: string): string {
    return this.#paths.search(query);
  }

  /** Searches in the requested language; the currency does not affect the results. */
  async search(query: string, limit: number, wish: { language?: string } = {}): Promise<ItemKey[]> {
    if (query.trim() === '') return [];
    const session = this.#visitor(this.#options.channelToken);
    const languageCode = chooseLanguage((await this.#choices.read(session)).languages, wish.language);
    return searchVariants(this.#api, { ...session, languageCode }, query, limit);
  }

  /** Net list prices of the channel. What a customer's group saves is a discount of the cart in Vendure. */
  async cataloguePage({ buyer, after }: CatalogueWish): Promise<CataloguePage> {
    const reading = await this.#reading(buyer);
    const { currency } = reading.session;
    return { currency, language: reading.language, ...(await readCataloguePage(reading, after)) };
  }

  async catalogueProducts(buyer: Transmission, items: readonly WantedProduct[]): Promise<CatalogueProducts> {
    const reading = await this.#reading(buyer);
    const products = await readCatalogueProducts(reading, items);
    return { currency: reading.session.currency, language: reading.language, products };
  }

  categories(): Promise<StoreCategory[]> {
    return readCategories(this.#api, this.#visitor(this.#options.channelToken));
  }

  /**
   * Changes currency and language within a channel; another site (`sites`) gets a new cart with the same lines, if it
   * accepts all of them. Countries are not changed: in Vendure they belong to an address, and an address belongs to an
   * order.
   */
  async changeContext(ref: CartRef, wish: StoreContext): Promise<ContextChange> {
    const session = this.#enter(ref);
    const { sites = {} } = this.#options;
    const channelToken =
      wish.site === undefined ? session.channelToken : Object.hasOwn(sites, wish.site) ? sites[wish.site] : undefined;
    if (wish.country !== undefined) return { ok: false, unknown: 'country' };
    if (wish.site !== undefined && channelToken === undefined) return { ok: false, unknown: 'site' };
    const choices = await this.#choices.read({ channelToken, deadline: session.deadline });
    const context = contextOf(choices, wish);
    if ('unknown' in context) return { ok: false, unknown: context.unknown };
    const languageCode =
      context.languageCode ??
      chooseLanguage(choices.languages, session.languageCode) ??
      choices.languages[0] ??
      session.languageCode;
    if (channelToken !== session.channelToken) {
      const currency =
        context.currency ?? (choices.currencies.includes(session.currency) ? session.currency : choices.currencies[0]);
      return this.#move(ref, session, { ...session, channelToken, languageCode, currency });
    }
    const currency = context.currency ?? session.currency;
    if (currency !== session.currency && !(await setCurrency(this.#api, { ...session, currency }, currency)))
      return { ok: false, unknown: 'currency' };
    return { ok: true, cart: { ...ref, handle: { ...ref.handle, currency, language: languageCode } } };
  }

  /**
   * Calls that browsers may make: `allow` names further root fields, `query nextOrderStates` or `mutation
   * setOrderShippingMethod`.
   */
  proxyPolicy({ allow }: { allow: readonly string[] }): StoreProxyPolicy {
    return vendureProxyPolicy({
      shopApiUrl: this.#options.shopApiUrl,
      channelToken: this.#options.channelToken,
      sessionOf: (cart) => this.#enter(cart),
      allow,
    });
  }

  /** Clears cached product details, languages and currencies, so that the next request asks the shop. */
  dropCaches(): void {
    this.#details.drop();
    this.#choices.drop();
  }

  async #open(id: string, session: ShopSession, customer?: Parameters<typeof openSession>[2]): Promise<CartRef> {
    const token = await openSession(this.#api, session, customer);
    return { store: this.name, id, handle: sealHandle(this.#seal, id, session, token) };
  }

  async #add(session: ShopSession, before: ShopOrder | undefined, lines: LineRequest[]): Promise<LineResult[]> {
    const variantOf = await findVariants({ api: this.#api, details: this.#details, session }, lines);
    const { results, after } = await addLines(
      this.#api,
      session,
      before,
      lines.map((request) => ({ request, variant: variantOf(request) })),
    );
    if (this.#options.shippingMethod !== undefined)
      await chooseShipping(this.#api, session, after, this.#options.shippingMethod);
    return results;
  }

  /**
   * An order belongs to its channel: the lines are added in another session there, and the first cart is unchanged
   * unless all of them arrived.
   */
  async #move(ref: CartRef, from: CartSession, to: ShopSession): Promise<ContextChange> {
    const order = await readOrder(this.#api, from);
    const visitor = {
      channelToken: to.channelToken,
      languageCode: to.languageCode,
      currency: to.currency,
      deadline: to.deadline,
    };
    const cart = isOfCopy(ref) ? ofCopy(await this.#openClone(ref.id, visitor)) : await this.#open(ref.id, visitor);
    const session = this.#enter(cart);
    const lines = (order?.lines ?? []).map((line) => ({
      supplierPartId: line.sku,
      auxiliaryId: variantKey(line),
      quantity: String(line.quantity),
    }));
    const results = lines.length === 0 ? [] : await this.#add(session, undefined, lines);
    if (results.some(({ fault }) => fault !== undefined)) {
      await emptyOrder(this.#api, session);
      return { ok: false, unknown: 'site' };
    }
    if (lines.length > 0) await emptyOrder(this.#api, from);
    return { ok: true, cart };
  }

  /** A clone made before the newest secret was added has a password from an older one. */
  async #openClone(transmissionId: string, session: ShopSession): Promise<CartRef> {
    let fault: unknown;
    for (const secret of this.#secrets()) {
      try {
        return await this.#open(transmissionId, session, cloneLogin(secret, transmissionId));
      } catch (error) {
        fault ??= error;
      }
    }
    throw fault;
  }

  #secrets(): string[] {
    return [this.#options.sealingSecret].flat();
  }

  async #reading(buyer: Transmission): Promise<CatalogueReading> {
    const session = await this.#visitorFor(buyer);
    const { currency, languageCode } = session;
    if (currency === undefined || languageCode === undefined)
      throw storeFault('the channel has no currency or language');
    const language = languageTag(languageCode);
    return { api: this.#api, details: this.#details, rules: this.#rules, session: { ...session, currency }, language };
  }

  /** In the currency and language of the call-up, where the channel has them. */
  async #visitorFor({ request }: Transmission): Promise<ShopSession> {
    const session = this.#visitor(this.#options.channelToken);
    const { currencies, languages } = await this.#choices.read(session);
    const wished = request.currency;
    const currency = wished !== undefined && currencies.includes(wished) ? wished : currencies[0];
    return { ...session, currency, languageCode: chooseLanguage(languages, request.language) ?? languages[0] };
  }

  #visitor(channelToken: string | undefined): ShopSession {
    return { channelToken, deadline: new Deadline(this.#operationMs) };
  }

  #enter(ref: CartRef): CartSession {
    return { ...openHandle(this.#seal, ref), deadline: new Deadline(this.#operationMs) };
  }
}
