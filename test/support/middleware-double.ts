import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type RequestHandler } from 'express';
import type { Connector } from '../../src/connector.js';
import type { Cart, CartLine, CartRef } from '../../src/domain/cart/cart.js';
import type { Transmission } from '../../src/domain/transmission/transmission.js';
import type { LineRequest, LineResult, Store } from '../../src/ports/store/store.js';
import { parseFlatForm } from '../../src/protocols/form/parse-flat-form.js';
import { type RepostForm, type RepostProduct, readRepostForm } from '../../src/protocols/repost/read-repost-form.js';
import { testConnector } from './test-connector.js';

/** The products of the middleware's own procurement side: everything that the store behind it has posted. */
class ReceivedGoods implements Store {
  readonly name = 'received';
  readonly homePath = '/enter';
  readonly cartPath = '/enter';
  readonly #products = new Map<string, RepostProduct>();
  readonly #carts = new Map<string, Map<string, string>>();
  /** Category of the store -> UNSPSC, as mapped by the middleware's administrator. */
  readonly unspsc = new Map<number, string>();

  learn(products: readonly RepostProduct[]): void {
    for (const product of products) this.#products.set(product.sku ?? product.productId ?? '', product);
  }

  openCart({ transmissionId }: Transmission): Promise<CartRef> {
    this.#carts.set(transmissionId, new Map());
    return Promise.resolve({ store: this.name, id: transmissionId });
  }

  addLines({ id }: CartRef, lines: LineRequest[]): Promise<LineResult[]> {
    return Promise.resolve(
      lines.map(({ supplierPartId, quantity }) => {
        if (!this.#products.has(supplierPartId))
          return { supplierPartId, requested: quantity, got: '0', fault: 'unknown_product' };
        this.#carts.get(id)?.set(supplierPartId, quantity);
        return { supplierPartId, requested: quantity, got: quantity };
      }),
    );
  }

  changeLine(_cart: CartRef, lineId: string, quantity: string): Promise<LineResult> {
    return Promise.resolve({ supplierPartId: lineId, requested: quantity, got: '0', fault: 'unknown_line' });
  }

  removeLine({ id }: CartRef, lineId: string): Promise<void> {
    this.#carts.get(id)?.delete(lineId);
    return Promise.resolve();
  }

  readCart({ id }: CartRef): Promise<Cart> {
    const lines = [...(this.#carts.get(id) ?? [])].flatMap(([sku, quantity]) => this.#lineOf(sku, quantity));
    return Promise.resolve({ cartId: id, contentMark: String(lines.length), currency: 'EUR', language: 'en', lines });
  }

  deleteCart({ id }: CartRef): Promise<'deleted'> {
    this.#carts.delete(id);
    return Promise.resolve('deleted');
  }

  productPath(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  #lineOf(sku: string, quantity: string): CartLine[] {
    const product = this.#products.get(sku);
    if (product === undefined) return [];
    const code = product.categoryIds.map((id) => this.unspsc.get(id)).find((known) => known !== undefined);
    const { productId = sku, description: name, price: unitPrice, manufacturerName } = product;
    return [
      {
        lineId: sku,
        kind: 'product',
        sku,
        productKey: productId,
        auxiliaryId: productId,
        quantity,
        unitPrice,
        priceBasis: '1',
        unit: 'EA',
        name,
        classifications: code === undefined ? [] : [{ domain: 'UNSPSC', code }],
        ...(manufacturerName === undefined ? {} : { manufacturerName }),
        customFields: {},
      },
    ];
  }
}

export interface MiddlewareDouble {
  /** The call-up address of the procurement system, and the return address of stores: `{url}/gateway`. */
  url: string;
  connector: Connector;
  /** Forms that stores have posted. */
  received: RepostForm[];
  /** Maps the store's categories, read from its endpoint, by their names. */
  mapCategories(names: Record<string, string>): Promise<void>;
  close(): Promise<void>;
}

interface RemoteStore {
  url: string;
  apiKey: string;
  username: string;
  endCustomerId: number;
}

/**
 * The other side of the custom store integration, itself an instance of this project: a procurement system calls it by
 * cXML; it requests a clone from the store behind it, sends the buyer there, receives the auto-post form, and forwards
 * the cart as cXML.
 */
export async function startMiddleware(directory: string, remote: RemoteStore): Promise<MiddlewareDouble> {
  const app = express();
  const server = createServer(app);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const store = new ReceivedGoods();
  const received: RepostForm[] = [];
  const connector = await testConnector({
    database: { directory },
    publicUrl: url,
    secrets: ['the-secret-of-the-middleware-of-32-characters'],
    demo: true,
    store,
    restoreReport: 'shop',
    log: { debug() {}, info() {}, warn() {}, error() {} },
  });

  const enter: RequestHandler = async (req, res) => {
    const session = await connector.session(req, res);
    if (session === undefined) return void res.status(409).send('no session');
    const { transmissionId, operation, request } = session.transmission;
    const cartItems = request.items.map(({ supplierPartId, auxiliaryId, quantity, claimedUnitPrice }) => ({
      sku: supplierPartId,
      product_id: auxiliaryId ?? null,
      quantity: Number(quantity),
      ...(claimedUnitPrice === undefined
        ? {}
        : { price: Number(claimedUnitPrice.amount), currency: claimedUnitPrice.currency }),
    }));
    const answer = await fetch(`${remote.url}/api/punchout/clone`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        username: remote.username,
        api_key: remote.apiKey,
        session_token: transmissionId,
        end_customer_id: remote.endCustomerId,
        operation,
        gateway_base_url: `${url}/gateway`,
        ...(request.selectedItem === undefined
          ? {}
          : { selected_item: { supplier_part_id: request.selectedItem.supplierPartId } }),
        ...(cartItems.length === 0 ? {} : { cart_items: cartItems }),
      }),
    });
    const { sso_url: ssoUrl, message } = (await answer.json()) as { sso_url?: string; message?: string };
    if (ssoUrl === undefined) res.status(502).send(message);
    else res.redirect(303, ssoUrl);
  };

  const checkout: RequestHandler = async (req, res) => {
    const pairs = parseFlatForm(req.body instanceof Uint8Array ? req.body : new Uint8Array(), 'utf-8');
    const form = pairs.ok ? readRepostForm(pairs.value) : pairs;
    if (!form.ok) return void res.status(400).send(form.refusal.reason);
    received.push(form.value);
    const session = await connector.session(req, res);
    if (session === undefined || session.transmission.transmissionId !== form.value.sessionToken)
      return void res.status(409).send('not your session');
    store.learn(form.value.products);
    for (const { lineId } of (await connector.cart.read(session)).lines) await connector.cart.remove(session, lineId);
    await connector.cart.add(
      session,
      form.value.products.map(({ sku = '', quantity }) => ({ supplierPartId: sku, quantity })),
    );
    res.redirect(303, '/agiqon/connector/session/logout?transferred=1');
  };

  app.use(connector.router);
  app.get('/enter', enter);
  app.post('/gateway/start-sso-checkout', express.raw({ type: () => true, limit: '32mb' }), checkout);

  return {
    url,
    connector,
    received,
    async mapCategories(names) {
      const answer = await fetch(`${remote.url}/api/punchout/categories?api_key=${encodeURIComponent(remote.apiKey)}`);
      const { categories } = (await answer.json()) as { categories: { id: number; name: string }[] };
      for (const { id, name } of categories) if (names[name] !== undefined) store.unspsc.set(id, names[name]);
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await connector.close();
    },
  };
}
