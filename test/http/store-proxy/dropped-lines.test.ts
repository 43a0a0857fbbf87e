import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { CartNotice } from '../../../src/domain/cart/cart.js';
import { PRODUCTS, idOf as productIdOf } from '../../adapters/stores/shopware/double/shop-data.js';
import { SESSION } from '../../support/call-ups.js';
import { JSON_WANTED, type WebClient } from '../../support/web-client.js';
import { JSON_SENT, type ProxiedShop, startProxiedShop } from './running-proxy.js';

const CART = '/store-api/checkout/cart';
const [PEN, LAMP, BOOK] = [productIdOf('prod-pen'), productIdOf('prod-lamp'), productIdOf('prod-book')];

/**
 * shopware.md 8.3, 8.4: the next request to the shop, of any kind, makes it drop the line. At most one request is told.
 */
describe.each(['writes', 'carts'] as const)(
  "what the shop changes between the buyer's last look and the transfer, in a shop that tells %s",
  (tells) => {
    let shop: ProxiedShop;
    beforeAll(async () => {
      shop = await startProxiedShop();
      shop.double.tells = tells;
    }, 120_000);
    afterAll(() => shop.close());
    beforeEach(() => {
      shop.double.entities.goods.splice(0, Infinity, ...PRODUCTS.map((product) => ({ ...product })));
      shop.double.entities.codes.add('TEN');
    });

    const call = (client: WebClient, method: string, path: string, body?: unknown): ReturnType<WebClient['send']> =>
      client.send(path, { method, headers: JSON_SENT, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    const add = (client: WebClient, ...ids: string[]): ReturnType<WebClient['send']> =>
      call(client, 'POST', `${CART}/line-item`, {
        items: ids.map((id) => ({ id, referencedId: id, type: 'product', quantity: 3 })),
      });
    const take = (id: string): void => {
      shop.double.entities.goods.splice(
        shop.double.entities.goods.findIndex((product) => product.id === id),
        1,
      );
    };
    /** The shop drops lines during a request of the buyer's frontend, and sells the products again afterwards. */
    const lose = async (client: WebClient, path = CART, ...ids: string[]): Promise<void> => {
      for (const id of ids.length === 0 ? [LAMP] : ids) take(id);
      await call(client, 'GET', path);
      shop.double.entities.goods.splice(0, Infinity, ...PRODUCTS.map((product) => ({ ...product })));
    };
    /**
     * What the buyer is told before the cart is sent. If they are told something, it is sent after they agree;
     * otherwise without a question.
     */
    const transferred = async (client: WebClient): Promise<CartNotice[]> => {
      const transfer = `${SESSION}/logout?transferred=1`;
      const first = await client.get(transfer, JSON_WANTED);
      if (first.status === 200) return [];
      const { code, details } = first.json().error;
      expect([first.status, code]).toEqual([409, 'CART_CHANGED']);
      expect((await client.get(`${transfer}&confirmed=${details.confirm}`, JSON_WANTED)).status).toBe(200);
      return details.notices;
    };

    it('a product that is gone, without any request in between', async () => {
      const { client } = await shop.shopping();
      await add(client, PEN, LAMP);
      take(LAMP);
      expect(await transferred(client)).toMatchObject([{ kind: 'line_dropped', item: 'SKU-LAMP' }]);
    });

    it.each([
      ['GET', '/store-api/context'],
      ['POST', '/store-api/product'],
      ['POST', '/store-api/search'],
    ])('a product that is gone, although %s %s of the frontend consumed the notice', async (method, path) => {
      const { client } = await shop.shopping();
      await add(client, PEN, LAMP);
      take(LAMP);
      await call(client, method, path, method === 'POST' ? { search: 'pen' } : undefined);
      expect(await transferred(client)).toMatchObject([{ kind: 'line_dropped', item: 'SKU-LAMP' }]);
    });

    it('a product that is gone, although our own read of the session consumed the notice', async () => {
      const { client, transmissionId } = await shop.shopping();
      await add(client, PEN, LAMP);
      take(LAMP);
      const { connector } = shop;
      const answer = await client.get(`/session-context/demo/me/context`, JSON_WANTED);
      expect([answer.status, connector.store.name, transmissionId === '']).toEqual([200, 'shopware', false]);
      expect(await transferred(client)).toMatchObject([{ kind: 'line_dropped', item: 'SKU-LAMP' }]);
    });

    it('a quantity that was reduced to the stock, an expired code, and both', async () => {
      const { client } = await shop.shopping();
      await add(client, PEN, BOOK);
      await call(client, 'POST', `${CART}/line-item`, { items: [{ type: 'promotion', referencedId: 'TEN' }] });
      const book = shop.double.entities.goods.find(({ id }) => id === BOOK);
      if (book !== undefined) book.stock = 2;
      shop.double.entities.codes.delete('TEN');
      expect(await transferred(client)).toMatchObject([
        { kind: 'quantity_changed', item: 'SKU-BOOK' },
        { kind: 'discount_dropped', item: 'TEN' },
      ]);
    });

    it('reports nothing that the buyer did: removing, changing, emptying', async () => {
      const { client } = await shop.shopping();
      await add(client, PEN, LAMP, BOOK);
      await call(client, 'POST', `${CART}/line-item/delete`, { ids: [LAMP] });
      await call(client, 'PATCH', `${CART}/line-item`, { items: [{ id: PEN, quantity: 1 }] });
      await call(client, 'PATCH', '/store-api/context', { currencyId: productIdOf('curr-chf') });
      expect(await transferred(client)).toEqual([]);
      const other = await shop.shopping();
      await add(other.client, PEN);
      await call(other.client, 'DELETE', CART);
      await add(other.client, LAMP);
      expect(await transferred(other.client)).toEqual([]);
    });

    it('reports nothing that a cart read has shown; a missing line without a notice is no report', async () => {
      const { client } = await shop.shopping();
      await add(client, PEN, LAMP);
      take(LAMP);
      const { lineItems, errors } = (await call(client, 'GET', CART)).json();
      expect([lineItems.length, Object.keys(errors).length]).toEqual([1, tells === 'carts' ? 1 : 0]);
      expect(await transferred(client)).toMatchObject(
        tells === 'carts' ? [] : [{ kind: 'line_dropped', item: 'SKU-LAMP' }],
      );
    });

    it("a consumed notice, then the buyer's write: unrequested changes are reported", async () => {
      const { client } = await shop.shopping();
      await add(client, PEN, LAMP);
      take(LAMP);
      await call(client, 'GET', '/store-api/context');
      expect((await add(client, BOOK)).json().lineItems).toHaveLength(2);
      expect(await transferred(client)).toMatchObject([{ kind: 'line_dropped', item: 'SKU-LAMP' }]);
    });

    it('a dropped line that is added again: a smaller quantity is reported', async () => {
      const { client } = await shop.shopping();
      await add(client, PEN, LAMP);
      await lose(client);
      await add(client, LAMP);
      expect(await transferred(client)).toMatchObject(
        tells === 'carts' ? [] : [{ kind: 'quantity_changed', item: 'SKU-LAMP' }],
      );
    });

    it('a buyer who was told, goes back and adds the lines again is not asked', async () => {
      const { client } = await shop.shopping();
      await add(client, PEN, LAMP, BOOK);
      await lose(client, '/store-api/context', LAMP, BOOK);
      expect(
        (await client.get(`${SESSION}/logout?transferred=1`, JSON_WANTED)).json().error.details.notices,
      ).toHaveLength(2);
      await add(client, LAMP);
      await add(client, BOOK);
      expect(await transferred(client)).toEqual([]);
    });

    it("reports nothing that the answer to the buyer's own write has shown", async () => {
      const { client } = await shop.shopping();
      await add(client, PEN, LAMP);
      take(LAMP);
      expect((await add(client, BOOK)).json().errors).not.toEqual([]);
      expect(await transferred(client)).toEqual([]);
    });
  },
);
