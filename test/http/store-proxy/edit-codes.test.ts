import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { idOf as productIdOf } from '../../adapters/stores/shopware/double/shop-data.js';
import { connectionSettings } from '../../../src/config/connection-settings.js';
import { readRepostForm } from '../../../src/protocols/repost/read-repost-form.js';
import { SESSION } from '../../support/call-ups.js';
import { shoppingByClone } from '../../support/clone-calls.js';
import { JSON_WANTED, type WebClient } from '../../support/web-client.js';
import { JSON_SENT, type ProxiedShop, startProxiedShop } from './running-proxy.js';

const CART = '/store-api/checkout/cart';
const PEN = productIdOf('prod-pen');

/** shopware.md 8.5: a new context of Shopware has no codes; they come back with the lines that were sent. */
describe('discount codes through transfer and edit', () => {
  let shop: ProxiedShop;
  beforeAll(async () => {
    shop = await startProxiedShop();
    shop.double.shipping = { net: 4.2, gross: 5 };
  }, 120_000);
  afterAll(() => shop.close());

  async function shoppedWith(...codes: string[]): Promise<string> {
    const { client } = await shop.shopping();
    await add(client, { id: PEN, referencedId: PEN, type: 'product', quantity: 10 });
    for (const referencedId of codes) await add(client, { type: 'promotion', referencedId });
    return documentOf(client);
  }
  const add = (client: WebClient, item: object): ReturnType<WebClient['send']> =>
    client.send(`${CART}/line-item`, { method: 'POST', headers: JSON_SENT, body: JSON.stringify({ items: [item] }) });
  async function documentOf(client: WebClient): Promise<string> {
    const answer = await client.get(`${SESSION}/logout?transferred=1`, JSON_WANTED);
    expect(answer.status).toBe(200);
    return decodeURIComponent(answer.json().fields[0].value);
  }
  /** The lines of a cart as the buyer's system sends them back. */
  function itemsOf(document: string): { partId: string; auxiliaryId: string; quantity: string }[] {
    return [
      ...document.matchAll(
        /<ItemIn quantity="([^"]+)"><ItemID><SupplierPartID>([^<]+)<\/SupplierPartID>(?:<SupplierPartAuxiliaryID>([^<]+)<)?/g,
      ),
    ].map(([, quantity = '', partId = '', auxiliaryId = '']) => ({ partId, auxiliaryId, quantity }));
  }
  async function edited(document: string): Promise<{ client: WebClient; restored: unknown[]; codes: string[] }> {
    const items = itemsOf(document).map(({ partId, auxiliaryId, quantity }) => ({
      sku: partId,
      auxiliaryId,
      quantity,
    }));
    const { client } = await shop.shopping({ operation: 'edit', items });
    const restored = (await client.get(`${SESSION}/get`, JSON_WANTED)).json().restored as unknown[];
    const { lineItems } = (await client.get(CART, JSON_WANTED)).json() as {
      lineItems: { type: string; referencedId: string }[];
    };
    return {
      client,
      restored,
      codes: lineItems.filter(({ type }) => type === 'promotion').map(({ referencedId }) => referencedId),
    };
  }

  it.each([
    ['with a separate line', ['TEN']],
    ['on shipping costs, without one', ['FREIGHT']],
    ['both', ['TEN', 'FREIGHT']],
  ])('a code %s is redeemed again, each time the cart is edited', async (_, codes) => {
    let document = await shoppedWith(...codes);
    expect(itemsOf(document)).toHaveLength(codes.includes('TEN') ? 2 : 1);
    for (let round = 0; round < 2; round += 1) {
      const session = await edited(document);
      expect(session.codes.toSorted()).toEqual(codes.toSorted());
      document = await documentOf(session.client);
    }
  });

  it('a code that expired meanwhile is reported', async () => {
    const document = await shoppedWith('TEN');
    shop.double.entities.codes.delete('TEN');
    const { restored, codes } = await edited(document);
    shop.double.entities.codes.add('TEN');
    expect(codes).toEqual([]);
    expect(restored).toContainEqual({ supplierPartId: 'TEN', requested: '1', got: '0', difference: 'discount_gone' });
  });

  it('a line whose discount the buyer removed stays without it', async () => {
    const document = await shoppedWith('TEN');
    const without = document.replace(/<ItemIn quantity="1"><ItemID><SupplierPartID>TEN[\s\S]*?<\/ItemIn>/, '');
    expect((await edited(without)).codes).toEqual([]);
  });

  describe('through a middleware', () => {
    beforeAll(async () => {
      const settings = connectionSettings({
        returnOrigins: ['https://middleware.example.com'],
        language: 'de',
        currency: 'EUR',
        repost: { templateUsers: ['C-1001'], endCustomers: [2] },
      });
      if (!settings.ok) throw new Error(settings.refusal.reason);
      await shop.connector.directory.connections.save({
        tenantId: 'demo',
        connectionId: 'company-repost',
        name: 'x',
        protocol: 'repost',
        demo: true,
        settings: settings.value,
      });
    });

    async function entered(change: Record<string, unknown> = {}): Promise<WebClient> {
      return (await shoppingByClone(shop, { username: 'C-1001', ...change })).client;
    }

    /** What the middleware receives, and posts back for an edit with another session_token. */
    async function itemsFrom(client: WebClient): Promise<object[]> {
      const answer = await client.get(`${SESSION}/logout?transferred=1`, JSON_WANTED);
      const form = readRepostForm(answer.json().fields);
      if (!form.ok) throw new Error(answer.text);
      return form.value.products.map(({ sku, productId, description, quantity, price, currency }) => ({
        sku,
        product_id: productId,
        description,
        quantity: Number(quantity),
        price: Number(price),
        currency,
      }));
    }

    it.each([[['TEN']], [['FREIGHT']], [['TEN', 'FREIGHT']]])(
      '%j come back, and nothing is reported; then one expires, and that is reported',
      async (codes) => {
        let client = await entered();
        await add(client, { id: PEN, referencedId: PEN, type: 'product', quantity: 10 });
        for (const referencedId of codes) await add(client, { type: 'promotion', referencedId });
        let items = await itemsFrom(client);
        expect(items).toHaveLength(1);
        const edit = async (): Promise<{ restored: unknown[]; back: string[] }> => {
          client = await entered({ operation: 'edit', session_token: 'sess-67890', cart_items: items });
          const { restored } = (await client.get(`${SESSION}/get`, JSON_WANTED)).json();
          const { lineItems } = (await client.get(CART, JSON_WANTED)).json() as {
            lineItems: { type: string; referencedId: string }[];
          };
          return {
            restored,
            back: lineItems.filter(({ type }) => type === 'promotion').map(({ referencedId }) => referencedId),
          };
        };
        for (let round = 0; round < 2; round += 1) {
          expect(await edit()).toEqual({ restored: [], back: codes });
          items = await itemsFrom(client);
        }
        const [over = ''] = codes;
        shop.double.entities.codes.delete(over);
        const { restored, back } = await edit();
        shop.double.entities.codes.add(over);
        expect(back).toEqual(codes.slice(1));
        expect(restored).toContainEqual({
          supplierPartId: over,
          requested: '1',
          got: '0',
          difference: 'discount_gone',
        });
      },
    );
  });
});
