import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { AdminEntities, exists } from './admin-entities.js';
import { type Answer, notLoggedIn, invalidUuid, refusal } from './answers.js';
import { type CartItem, cartJson, type Notice, type Pricing } from './cart-json.js';
import { addItems, type AskedItem, changeItems, removeItems, settle } from './cart-routes.js';
import { contextJson } from './context-json.js';
import { type CustomerFilter, customerJson, isAsked } from './customer-json.js';
import { categoryList, type Criteria, matchingProducts, productJson, searchResult } from './product-json.js';
import {
  COUNTRIES,
  CURRENCIES,
  CUSTOMERS,
  type DoubleCustomer,
  ENGLISH_ID,
  EURO_ID,
  GERMAN_ID,
  LANGUAGES,
  SALES_CHANNEL_ID,
} from './shop-data.js';

export const ACCESS_KEY = 'SWSCDOUBLE';
export const ADMIN = { clientId: 'SWIADOUBLE', clientSecret: 'double-secret' };

interface Context {
  customerId?: string;
  currencyId: string;
  /** Accepted, but without effect on a customer's own address. */
  countryIso?: string | undefined;
  languageId?: string | undefined;
  permissions: string[];
  mayOverwritePrices: boolean;
  items: CartItem[];
  /** Last write of its row, ms; absent: it has no row. */
  writtenAt?: number;
}

/**
 * shopware.md 8.1 (SalesChannelContextPersister 6.6.7.1, P1D): counted from the last write of the context; reads do not
 * count.
 */
const CONTEXT_LIFE_MS = 24 * 3600 * 1000;

const CART_WRITE = /^(?!GET )\w+ \/checkout\/cart/;

export interface SeenRequest {
  method: string;
  path: string;
  headers: IncomingMessage['headers'];
  body: Record<string, unknown>;
}

/** Failures of the shop: no connection, no answer, 500, 429 (10 s), a page instead of JSON. */
export type Failure = 'down' | 'slow' | 'error' | 'limited' | 'garbage';

/**
 * Shopware 6.6 as far as the adapter uses it, with its traps: one context per customer at login (shopware.md 2.1), lost
 * contexts answered with 200 (2.1) a day after their last write (8.1), prices open to contexts without permissions
 * (2.1), refusals inside a 200 (2.2), [] for {} (2.2), lost updates (R 221), slow writes (8), carts that every request
 * calculates again (8.3) and saves over parallel writes, whose losses are reported once (8.4), contexts without the
 * codes of earlier ones (8.5), rows that a logout leaves (8.2). Compared with recordings of a real shop by
 * recordings.test.ts.
 */
export class ShopwareDouble {
  readonly requests: SeenRequest[] = [];
  /** Numbers of placed orders, by the token of their context. */
  readonly orders: { token: string; customerId: string }[] = [];
  readonly customers: DoubleCustomer[] = CUSTOMERS.map((customer) => ({ ...customer }));
  readonly entities = new AdminEntities(this.customers, ACCESS_KEY);
  /** Cost of a delivery, in EUR. */
  shipping = { net: 0, gross: 0 };
  /** Failure of requests whose path begins like this; '' for all. */
  failure: { kind: Failure; path: string } | undefined;
  /** Added to every cart that is read: errors that would only stop an order. */
  standingNotices: Notice[] = [];
  /** Cart writes wait between read and write until this many have arrived. */
  writeBarrier = 1;
  adminTokenSeconds = 600;
  /** Duration of a cart write, ms: 150 to 1,200 in a real shop (shopware.md 8). */
  writeTakesMs = 0;
  /**
   * Time between loading and saving the cart, in any request with its token, ms: parallel writes are lost (measured on
   * 6.6.7.1).
   */
  readTakesMs = 0;
  /** core.loginRegistration.invalidateSessionOnLogOut (shopware.md 8.2). */
  invalidateSessionOnLogOut = false;
  /**
   * Which answers report the shop's own changes to the cart. `writes`: as in 6.6.7.1, where the resolver of any request
   * calculates and saves the cart before the route runs, and only cart writes use that cart and its errors (measured
   * 2026-11-30; CartRuleLoader, CartLoadRoute). `carts`: shopware.md 8.4.
   */
  tells: 'writes' | 'carts' = 'writes';
  /** The clock for the age of contexts. */
  now: () => number = Date.now;
  #contexts = new Map<string, Context>();
  #expired = new Set<string>();
  /** Token of the only context of a customer's login, and the cart that survives the logout. */
  #logins = new Map<string, string>();
  #savedCarts = new Map<string, CartItem[]>();
  #failedLogins = new Map<string, number>();
  #adminTokens = new Set<string>();
  #waitingWrites: (() => void)[] = [];
  #server: Server | undefined;

  async start(): Promise<string> {
    const server = createServer((req, res) => void this.#serve(req, res));
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    return `http://127.0.0.1:${address.port}`;
  }

  async stop(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((resolve) => this.#server?.close(resolve));
  }

  /** As after a day without a write. */
  expireContexts(): void {
    for (const token of this.#contexts.keys()) this.#expired.add(token);
    this.#contexts.clear();
    this.#logins.clear();
  }

  /** As after a restart with another key: every access token of the Admin API is refused. */
  forgetAdminTokens(): void {
    this.#adminTokens.clear();
  }

  /** Rows of sales_channel_api_context. */
  get contextRows(): number {
    return [...this.#contexts.values()].filter(({ writtenAt }) => writtenAt !== undefined).length;
  }

  cartItems(token: string): CartItem[] {
    return this.#contexts.get(token)?.items ?? [];
  }

  async #serve(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const { method = 'GET', url: path = '/' } = req;
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(Buffer.from(chunk));
    const raw = Buffer.concat(chunks).toString('utf8');
    if (this.failure !== undefined && path.startsWith(this.failure.path)) return this.#fail(this.failure.kind, res);
    const answer = await this.#answer(method, path, req.headers, raw);
    const headers = {
      'cache-control': 'no-cache, private',
      'content-type': 'application/json',
      ...(answer.contextToken === undefined ? {} : { 'sw-context-token': answer.contextToken }),
    };
    res.writeHead(answer.status, headers).end(answer.body === undefined ? undefined : JSON.stringify(answer.body));
  }

  #fail(kind: Failure, res: ServerResponse): void {
    if (kind === 'down') return void res.destroy();
    if (kind === 'slow') return;
    if (kind === 'error')
      return void res.writeHead(500).end('{"errors":[{"status":"500","code":"0","title":"Internal Server Error"}]}');
    if (kind === 'garbage')
      return void res.writeHead(200, { 'content-type': 'text/html' }).end('<html>Maintenance</html>');
    res.writeHead(429).end(
      JSON.stringify(
        refusal(429, {
          code: 'FRAMEWORK__RATE_LIMIT_EXCEEDED',
          title: 'Too Many Requests',
          detail: 'Too many requests, try again in 10 seconds.',
          parameters: { seconds: 10 },
        }).body,
      ),
    );
  }

  async #answer(method: string, path: string, headers: IncomingMessage['headers'], raw: string): Promise<Answer> {
    let body: Record<string, unknown> = {};
    const token = this.#tokenOf(headers['sw-context-token']);
    try {
      body = raw === '' ? {} : (JSON.parse(raw) as Record<string, unknown>);
    } catch {
      return refusal(400, { code: '0', title: 'Bad Request', detail: 'The JSON payload is malformed.' }, token);
    }
    this.requests.push({ method, path, headers, body });
    if (path.startsWith('/api/')) return this.#adminAnswer(`${method} ${path}`, headers, body);
    const key = headers['sw-access-key'];
    if (key === undefined)
      return refusal(401, { code: '0', title: 'Unauthorized', detail: 'Header "sw-access-key" is required.' });
    if (key !== ACCESS_KEY)
      return refusal(412, {
        code: 'FRAMEWORK__ROUTING_SALES_CHANNEL_NOT_FOUND',
        title: 'Precondition Failed',
        detail: 'No matching sales channel found.',
        parameters: {},
      });
    return this.#storeAnswer(
      `${method} ${path.replace('/store-api', '').split('?', 1)[0] ?? ''}`,
      token,
      headers,
      body,
    );
  }

  /** Any string is accepted as a token, but an expired one is always answered with another. */
  #tokenOf(header: string | string[] | undefined): string {
    if (typeof header !== 'string') return newToken();
    const { writtenAt } = this.#contexts.get(header) ?? {};
    if (writtenAt !== undefined && this.now() - writtenAt > CONTEXT_LIFE_MS) {
      this.#contexts.delete(header);
      this.#expired.add(header);
    }
    return this.#expired.has(header) ? newToken() : header;
  }

  async #storeAnswer(
    route: string,
    token: string,
    headers: IncomingMessage['headers'],
    body: Record<string, unknown>,
  ): Promise<Answer> {
    const context = this.#contexts.get(token) ?? {
      currencyId: EURO_ID,
      permissions: [],
      mayOverwritePrices: false,
      items: [],
    };
    const languageId = String(headers['sw-language-id'] ?? context.languageId ?? ENGLISH_ID);
    const pricing = this.#pricingOf(context, languageId);
    // shopware.md 8.3: every request calculates the cart; dropped lines are lost for good.
    const settled = settle(context.items, [], this.entities);
    if (this.readTakesMs > 0 && !CART_WRITE.test(route))
      await new Promise((resolve) => setTimeout(resolve, this.readTakesMs).unref());
    context.items = settled.items;
    const criteria = body as Criteria;
    const ok = (answer: unknown): Answer => ({ status: 200, body: answer, contextToken: token });
    const keep = (): void => void this.#contexts.set(token, context);
    const shown = (notices: readonly Notice[]): Answer => {
      context.items = context.items.map((item) => ({
        ...item,
        label: pricing.goods.find(({ id }) => id === item.referencedId)?.name[pricing.language] ?? item.label,
      }));
      return ok(cartJson(token, context.items, [...notices, ...this.standingNotices], pricing));
    };
    switch (route) {
      case 'GET /context':
        return ok(contextJson({ token, ...context, customer: this.#customer(context.customerId) }, languageId));
      case 'PATCH /context': {
        const {
          currencyId,
          languageId: wanted,
          countryId,
        } = body as { currencyId?: string; languageId?: string; countryId?: string };
        if (currencyId !== undefined && !this.entities.currencyIds.includes(currencyId)) {
          const parameters = {
            '{{ primaryProperty }}': 'id',
            '{{ id }}': JSON.stringify(currencyId),
            '{{ entity }}': '"currency"',
          };
          return refusal(
            400,
            {
              code: 'VIOLATION::ENTITY_DOES_NOT_EXISTS',
              title: 'Constraint violation error',
              detail: `The "currency" entity with id "${currencyId}" does not exist.`,
              pointer: '/currencyId',
              parameters,
            },
            token,
          );
        }
        context.currencyId = currencyId ?? context.currencyId;
        context.languageId = wanted ?? context.languageId;
        context.countryIso = COUNTRIES.find(({ id }) => id === countryId)?.iso ?? context.countryIso;
        context.writtenAt = this.now();
        keep();
        return ok({ apiAlias: 'array_struct', redirectUrl: null });
      }
      case 'POST /account/login':
        return this.#logIn(token, context, body);
      case 'POST /account/logout':
        if (context.customerId === undefined) return notLoggedIn(token);
        if (this.#logins.get(context.customerId) === token) {
          this.#savedCarts.set(context.customerId, context.items);
          this.#logins.delete(context.customerId);
        }
        this.#contexts.delete(token);
        // shopware.md 8.2: the row stays under a token that is never sent, with the customer.
        if (!this.invalidateSessionOnLogOut)
          this.#contexts.set(newToken(), { ...context, items: [], writtenAt: this.now() });
        return { status: 200, body: { apiAlias: 'array_struct', redirectUrl: null }, contextToken: newToken() };
      case 'POST /checkout/order':
        if (context.customerId === undefined) return notLoggedIn(token);
        if (context.items.length === 0)
          return refusal(
            400,
            { code: 'CHECKOUT__CART_EMPTY', title: 'Bad Request', detail: 'Cart is empty', parameters: {} },
            token,
          );
        this.orders.push({ token, customerId: context.customerId });
        context.items = [];
        return ok({ orderNumber: String(9999 + this.orders.length), apiAlias: 'order' });
      case 'POST /country': {
        const iso = (body.filter as { value?: string }[] | undefined)?.[0]?.value ?? '';
        return ok(
          searchResult(
            'country',
            COUNTRIES.filter((country) => iso === '' || country.iso === iso).map(({ id, iso: code }) => ({
              iso: code,
              name: code,
              active: true,
              id,
              apiAlias: 'country',
            })),
            {},
          ),
        );
      }
      case 'POST /order':
      case 'POST /account/customer':
        return notLoggedIn(token);
      case 'GET /checkout/cart':
        return shown(this.tells === 'carts' ? settled.notices : []);
      case 'DELETE /checkout/cart':
        context.items = [];
        return { status: 204, contextToken: token };
      case 'POST /checkout/cart/line-item':
      case 'PATCH /checkout/cart/line-item':
      case 'POST /checkout/cart/line-item/delete': {
        const before = context.items;
        if (this.writeTakesMs > 0) await new Promise((resolve) => setTimeout(resolve, this.writeTakesMs).unref());
        await this.#barrier();
        const asked = (body.items ?? []) as AskedItem[];
        const written = route.startsWith('PATCH')
          ? changeItems(before, asked, this.entities, token)
          : route.endsWith('delete')
            ? removeItems(before, (body.ids ?? []) as string[], this.entities, token)
            : addItems(before, asked, this.entities, { token, mayOverwritePrices: context.mayOverwritePrices });
        if ('status' in written) return written;
        context.items = written.items;
        keep();
        return shown([...settled.notices, ...written.notices]);
      }
      case 'POST /product': {
        const { limit = 100, ids = [] } = criteria;
        if (limit > 100)
          return refusal(
            400,
            {
              code: 'FRAMEWORK__QUERY_LIMIT_EXCEEDED',
              title: 'Bad Request',
              detail: `The limit must be lower than or equal to MAX_LIMIT(=100). Given: ${limit}`,
              pointer: '/limit',
              parameters: { maxLimit: 100, limit },
            },
            token,
          );
        const malformed = ids.find((id) => !/^[0-9a-f]{32}$/.test(id));
        if (malformed !== undefined) return invalidUuid(malformed, token);
        return ok(
          searchResult(
            'product',
            matchingProducts(this.entities.goods, criteria)
              .slice(0, limit)
              .map((product) => productJson(product, criteria, pricing)),
            criteria,
          ),
        );
      }
      case 'POST /search': {
        const { limit = 24, p = 1 } = criteria;
        return ok({
          ...searchResult(
            'product',
            matchingProducts(this.entities.goods, criteria)
              .slice((p - 1) * limit, p * limit)
              .map((product) => productJson(product, criteria, pricing)),
            criteria,
          ),
          apiAlias: 'product_listing',
        });
      }
      case 'POST /category':
        return ok(categoryList(criteria));
      case 'POST /language':
        return ok(
          searchResult(
            'language',
            LANGUAGES.map(({ id, code }) => ({
              name: code,
              locale: null,
              translationCode: { code, apiAlias: 'locale' },
              id,
              apiAlias: 'language',
            })),
            {},
          ),
        );
      case 'POST /currency':
        return ok(
          CURRENCIES.filter(({ id }) => this.entities.currencyIds.includes(id)).map(({ id, isoCode, factor }) => ({
            isoCode,
            factor,
            id,
            apiAlias: 'currency',
          })),
        );
      case 'POST /salutation':
      case 'POST /shipping-method':
      case 'POST /seo-url':
        return ok(searchResult(route.slice('POST /'.length).replace('-', '_'), [], criteria));
      case 'POST /navigation/main-navigation/main-navigation':
        return ok([]);
      default: {
        const product = this.entities.goods.find(({ id }) => route === `POST /product/${id}`);
        if (product !== undefined)
          return ok({ product: productJson(product, criteria, pricing), configurator: [], apiAlias: 'product_detail' });
        return refusal(
          404,
          {
            code: '0',
            title: 'Not Found',
            detail: `No route found for "${route.replace(' ', ' http://127.0.0.1/store-api')}"`,
          },
          token,
        );
      }
    }
  }

  #logIn(token: string, context: Context, { username, password }: { username?: unknown; password?: unknown }): Answer {
    const email = String(username);
    const failures = this.#failedLogins.get(email) ?? 0;
    if (failures >= 10)
      return refusal(
        429,
        {
          code: 'CHECKOUT__CUSTOMER_AUTH_THROTTLED',
          title: 'Too Many Requests',
          detail: 'Customer auth throttled for 10 seconds.',
          parameters: { seconds: 10 },
        },
        token,
      );
    const customer = this.customers.find((each) => each.email === email && !each.guest);
    if (customer === undefined || customer.password !== password) {
      this.#failedLogins.set(email, failures + 1);
      if (customer === undefined)
        return refusal(
          401,
          {
            code: 'CHECKOUT__CUSTOMER_NOT_FOUND',
            title: 'Unauthorized',
            detail: `No matching customer for the email "${email}" was found.`,
            parameters: { email },
          },
          token,
        );
      return refusal(
        401,
        {
          code: 'CHECKOUT__CUSTOMER_AUTH_BAD_CREDENTIALS',
          title: 'Unauthorized',
          detail: 'Invalid username and/or password.',
          parameters: {},
        },
        token,
      );
    }
    const own = this.#logins.get(customer.id) ?? newToken();
    const live = this.#contexts.get(own);
    const items = settle(
      [...(live?.items ?? this.#savedCarts.get(customer.id) ?? []), ...context.items],
      [],
      this.entities,
    ).items;
    this.#logins.set(customer.id, own);
    this.#contexts.set(own, {
      customerId: customer.id,
      currencyId: EURO_ID,
      permissions: [],
      mayOverwritePrices: false,
      items,
      writtenAt: this.now(),
    });
    if (token !== own) this.#contexts.delete(token);
    return { status: 200, body: { apiAlias: 'array_struct', redirectUrl: null }, contextToken: own };
  }

  #adminAnswer(route: string, headers: IncomingMessage['headers'], body: Record<string, unknown>): Answer {
    if (route === 'POST /api/oauth/token') {
      if (body.client_id !== ADMIN.clientId || body.client_secret !== ADMIN.clientSecret)
        return refusal(401, { code: '10', title: 'The user credentials were incorrect.', detail: '' });
      const access = newToken();
      this.#adminTokens.add(access);
      return { status: 200, body: { token_type: 'Bearer', expires_in: this.adminTokenSeconds, access_token: access } };
    }
    if (!this.#adminTokens.has(String(headers.authorization).replace('Bearer ', ''))) {
      return refusal(401, {
        code: '9',
        title: 'The resource owner or authorization server denied the request.',
        detail: 'The JWT string must have two dots',
      });
    }
    if (route === 'PATCH /api/_proxy/switch-customer') {
      const {
        customerId,
        permissions = [],
        salesChannelId,
      } = body as { customerId: string; permissions?: string[]; salesChannelId?: string };
      if (salesChannelId !== SALES_CHANNEL_ID)
        return refusal(400, {
          code: 'FRAMEWORK__INVALID_SALES_CHANNEL',
          title: 'Bad Request',
          detail: `The provided salesChannelId "${String(salesChannelId)}" is invalid.`,
          parameters: { salesChannelId },
        });
      const token = String(headers['sw-context-token']);
      this.#contexts.set(token, {
        customerId,
        currencyId: EURO_ID,
        permissions: permissions.length === 0 ? ['allowProductPriceOverwrites'] : permissions,
        mayOverwritePrices: permissions.length === 0,
        items: [],
        writtenAt: this.now(),
      });
      return { status: 200, body: { 'sw-context-token': token }, contextToken: token };
    }
    if (route === 'POST /api/search/customer') {
      const { limit = 500, ids } = body as Criteria;
      const found = this.customers
        .filter(
          (customer) =>
            (ids?.includes(customer.id) ?? true) && isAsked(customer, (body.filter ?? []) as CustomerFilter[]),
        )
        .slice(0, limit);
      return {
        status: 200,
        body: {
          total: found.length,
          data: found.map((customer) => customerJson(customer, body as Criteria)),
          aggregations: [],
        },
      };
    }
    if (route === 'POST /api/customer') {
      const fields = [
        'groupId',
        'languageId',
        'defaultPaymentMethodId',
        'salutationId',
        'email',
        'firstName',
        'lastName',
        'customerNumber',
        'salesChannelId',
        'defaultBillingAddress',
      ];
      const missing = fields.filter((field) => body[field] === undefined);
      if (missing.length > 0)
        return refusal(400, {
          code: 'VIOLATION::IS_BLANK_ERROR',
          title: 'Constraint violation error',
          detail: 'This value should not be blank.',
          pointer: `/0/${String(missing[0])}`,
          parameters: {},
        });
      if (this.#customer(String(body.id)) !== undefined) return exists('customer');
      const { id, customerNumber, email, guest, groupId, vatIds, tags } = body as {
        id: string;
        customerNumber: string;
        email: string;
        guest: boolean;
        groupId: string;
        vatIds?: string[];
        tags?: { id: string }[];
      };
      const extras = {
        ...(vatIds === undefined ? {} : { vatIds }),
        ...(tags === undefined ? {} : { tagIds: tags.map((tag) => tag.id) }),
      };
      this.customers.push({
        id,
        customerNumber,
        email,
        password: '',
        guest,
        active: true,
        taxState: this.entities.taxStateOf(groupId),
        groupId,
        ...extras,
      });
      return { status: 204 };
    }
    if (route.startsWith('DELETE /api/customer/')) {
      const index = this.customers.findIndex(({ id }) => route.endsWith(id));
      if (index < 0)
        return refusal(404, {
          code: 'FRAMEWORK__WRITE_RESOURCE_NOT_FOUND',
          title: 'Not Found',
          detail: 'The requested resource does not exist.',
        });
      this.customers.splice(index, 1);
      return { status: 204 };
    }
    if (route === 'POST /api/_proxy/generate-imitate-customer-token') {
      return refusal(403, {
        code: 'FRAMEWORK__EXPECTED_USER',
        title: 'Forbidden',
        detail: 'For this interaction an authenticated user login is required.',
        parameters: {},
      });
    }
    const [method = '', path = ''] = route.split(' ');
    return (
      this.entities.answer(method, path, body) ??
      refusal(404, { code: '0', title: 'Not Found', detail: `No route found for "${route}"` })
    );
  }

  #customer(id: string | undefined): DoubleCustomer | undefined {
    return this.customers.find((customer) => customer.id === id);
  }

  #pricingOf(context: Context, languageId: string): Pricing {
    const currency = CURRENCIES.find(({ id }) => id === context.currencyId);
    return {
      taxState: this.#customer(context.customerId)?.taxState ?? 'gross',
      rulePrices: this.#customer(context.customerId)?.rulePrices,
      factor: currency?.factor ?? 1,
      language: languageId === GERMAN_ID ? 'de' : 'en',
      shipping: this.shipping,
      goods: this.entities.goods,
      freightCodes: this.entities.freightCodes,
    };
  }

  async #barrier(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#waitingWrites.push(resolve);
      if (this.#waitingWrites.length >= this.writeBarrier) for (const go of this.#waitingWrites.splice(0)) go();
    });
  }
}

function newToken(): string {
  return randomBytes(16).toString('hex');
}
