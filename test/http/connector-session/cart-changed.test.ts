import { afterEach, describe, expect, it, jest } from '@jest/globals';
import type { Cart } from '../../../src/domain/cart/cart.js';
import { SESSION, callUp, cartFields, isActive, put, rowOf, shopping } from '../../support/call-ups.js';
import { describeShop } from '../../support/running-shop.js';
import { type Answer, HTML, JSON_WANTED, NAVIGATION, type WebClient, plain } from '../../support/web-client.js';

const TRANSFER = `${SESSION}/logout?transferred=1`;
const SAME = { ...NAVIGATION, 'sec-fetch-site': 'same-origin' };

const skusIn = (page: Answer): string[] =>
  [...(cartFields(page)['cXML-urlencoded'] ?? '').matchAll(/<SupplierPartID>([^<]+)/g)].map(([, sku = '']) => sku);
const noticesOn = (page: Answer): string[] =>
  [...page.text.matchAll(/<li>([^<]*)/g)].map(([, text = '']) => plain(text));

describeShop('a cart that the shop itself has changed', {}, (shop) => {
  afterEach(() => {
    for (const sku of ['SKU-001', 'SKU-002']) shop().store.stock.set(sku, undefined);
    jest.restoreAllMocks();
  });

  const filled = async (): ReturnType<typeof shopping> => {
    const session = await shopping(shop());
    await put(session.client, 'SKU-001', 2);
    await put(session.client, 'SKU-002', 5);
    return session;
  };
  const expectUnsent = async (client: WebClient, transmissionId: string): Promise<void> => {
    expect(await isActive(client)).toBe(true);
    expect(await rowOf(shop(), transmissionId)).toMatchObject({ status: 'active' });
    expect(await shop().knex('transfer_payload').where({ transmission_id: transmissionId })).toEqual([]);
  };

  describe('the buyer is told before anything is sent', () => {
    it.each([
      [
        'sold out',
        async () => shop().store.stock.set('SKU-001', '0'),
        'Premium Widget (SKU-001) ist nicht mehr in Ihrem Warenkorb. Der Artikel ist ausverkauft.',
        ['SKU-002'],
      ],
      [
        'less of it is left',
        async () => shop().store.stock.set('SKU-002', '3'),
        'Standard Gadget (SKU-002): Die Menge ist nicht mehr die, die Sie gewählt haben. Es sind nur noch 3 da.',
        ['SKU-001', 'SKU-002'],
      ],
      [
        'deactivated',
        async () =>
          void (await shop()
            .knex('demo_cart_line')
            .where({ sku: 'SKU-001' })
            .update({ line_id: 'line-GONE', sku: 'GONE' })),
        'GONE ist nicht mehr in Ihrem Warenkorb. Diesen Artikel gibt es im Shop nicht mehr.',
        ['SKU-002'],
      ],
    ])('%s', async (_, change, sentence, sent) => {
      const { client, transmissionId } = await filled();
      await change();
      const page = await client.post(TRANSFER, '', SAME);
      expect(page.status).toBe(200);
      expect(noticesOn(page)).toEqual([sentence]);
      expect(page.text).toContain(`href="${shop().prefix}/checkout/cart"`);
      expect(page.text).not.toContain('punchout_transfer');
      await expectUnsent(client, transmissionId);

      const transferred = await client.submit(page);
      expect(skusIn(transferred)).toEqual(sent);
      expect(await rowOf(shop(), transmissionId)).toMatchObject({ status: 'transferred' });
    });

    it('as JSON: 409 with the notices, the remaining lines and the value that confirms them', async () => {
      const { client, transmissionId } = await filled();
      shop().store.stock.set('SKU-001', '0');
      const refusal = await client.post(TRANSFER, '', JSON_WANTED);
      expect([refusal.status, refusal.json().error]).toEqual([
        409,
        {
          code: 'CART_CHANGED',
          message: 'The shop has changed the cart; the buyer must confirm it.',
          details: {
            notices: [{ kind: 'line_dropped', item: 'SKU-001', name: 'Premium Widget', text: expect.any(String) }],
            cart: { itemsCount: '5', linesCount: 1, totalAmount: '1500.05', currency: 'EUR' },
            confirm: expect.stringMatching(/^[\da-f]{32}\.[\da-f]{32}$/),
          },
        },
      ]);
      await expectUnsent(client, transmissionId);
      const sent = await client.post(`${TRANSFER}&confirmed=${refusal.json().error.details.confirm}`, '', JSON_WANTED);
      expect([sent.status, sent.json().fields[0].value]).toEqual([200, expect.not.stringContaining('SKU-001')]);
      // A second click needs no second confirmation.
      expect((await client.post(TRANSFER, '', JSON_WANTED)).json()).toEqual(sent.json());
    });

    it('a buyer who goes back and removes the line is not asked', async () => {
      const { client } = await filled();
      shop().store.stock.set('SKU-001', '0');
      await client.post(TRANSFER, '', SAME);
      const cart = await client.get('/checkout/cart', SAME);
      expect(plain(cart.text)).toMatch(/<p class="note">Premium Widget \(SKU-001\)/);
      await client.post('/checkout/line-item/delete', { lineId: 'line-SKU-001' });
      expect(skusIn(await client.post(TRANSFER, '', SAME))).toEqual(['SKU-002']);
    });
  });

  describe('a confirmation is bound to what was shown', () => {
    const asked = async (client: WebClient): Promise<Answer> => client.post(TRANSFER, '', SAME);

    it('a new notice: the buyer is asked again, and the first page has no effect', async () => {
      const { client, transmissionId } = await filled();
      shop().store.stock.set('SKU-001', '0');
      const first = await asked(client);
      shop().store.stock.set('SKU-002', '3');
      const second = await client.submit(first);
      expect(noticesOn(second)).toEqual([expect.stringContaining('SKU-001'), expect.stringContaining('SKU-002')]);
      expect(noticesOn(await client.submit(first))).toHaveLength(2);
      await expectUnsent(client, transmissionId);
      expect(skusIn(await client.submit(second))).toEqual(['SKU-002']);
    });

    it("new content: the buyer is asked again, and the shop's notices are shown again", async () => {
      const { client, transmissionId } = await filled();
      shop().store.stock.set('SKU-001', '1');
      const first = await asked(client);
      await client.post('/checkout/line-item/change', { lineId: 'line-SKU-001', quantity: '1' });
      const second = await client.submit(first);
      expect([noticesOn(second), second.text.includes('punchout_transfer')]).toEqual([
        [expect.stringContaining('SKU-001')],
        false,
      ]);
      await expectUnsent(client, transmissionId);
      expect(skusIn(await client.submit(second))).toEqual(['SKU-001', 'SKU-002']);
    });

    it('the confirmation of another cart, or an invented one: asked again', async () => {
      const [mine, other] = [await filled(), await shopping(shop())];
      await put(other.client, 'SKU-001', 1);
      shop().store.stock.set('SKU-001', '0');
      const foreign = (await other.client.post(TRANSFER, '', JSON_WANTED)).json().error.details.confirm;
      for (const confirmed of [foreign, 'x', '1', '', '.'])
        expect((await mine.client.post(TRANSFER, { confirmed }, JSON_WANTED)).json().error.code).toBe('CART_CHANGED');
      await expectUnsent(mine.client, mine.transmissionId);
    });

    it('a shop that reports a change only once: the confirmation holds for the cart as shown', async () => {
      const { client } = await filled();
      shop().store.stock.set('SKU-001', '0');
      const read = shop().store.readCart.bind(shop().store);
      let told = false;
      jest.spyOn(shop().store, 'readCart').mockImplementation(async (ref): Promise<Cart> => {
        const { notices, ...cart } = await read(ref);
        const once = told ? cart : { ...cart, notices: notices ?? [] };
        told = true;
        return once;
      });
      const page = await asked(client);
      expect(noticesOn(page)).toHaveLength(1);
      expect(skusIn(await client.submit(page))).toEqual(['SKU-002']);
    });
  });

  it('a page of another site asks first, and its confirmation of changes is ignored', async () => {
    const { client, transmissionId } = await filled();
    shop().store.stock.set('SKU-001', '0');
    const page = await client.post(TRANSFER, { confirmed: 'x' }, { ...NAVIGATION, 'sec-fetch-site': 'cross-site' });
    expect(page.text).not.toContain('confirmed');
    expect(noticesOn(await client.submit(page))).toHaveLength(1);
    await expectUnsent(client, transmissionId);
  });

  it('an edited cart that became empty: the buyer is told, then asked whether to delete the lines', async () => {
    const startUrl = await callUp(shop(), { operation: 'edit', items: [{ sku: 'SKU-001', quantity: '1' }] });
    const client = shop().browser();
    await client.get(startUrl, HTML);
    shop().store.stock.set('SKU-001', '0');
    const changed = await client.post(TRANSFER, '', SAME);
    expect(noticesOn(changed)).toHaveLength(1);
    const emptied = await client.submit(changed);
    expect([emptied.text.includes('punchout_transfer'), emptied.text.includes('name="empty"')]).toEqual([false, true]);
    expect((await client.submit(emptied)).text).toContain('punchout_transfer');
  });

  it('"return without changes" asks nothing', async () => {
    const { client } = await filled();
    shop().store.stock.set('SKU-001', '0');
    expect((await client.post(`${TRANSFER}&unchanged=1`, '', SAME)).text).toContain('punchout_transfer');
  });

  it('hostile texts of a shop are escaped', async () => {
    const { client } = await filled();
    const read = shop().store.readCart.bind(shop().store);
    jest.spyOn(shop().store, 'readCart').mockImplementation(async (ref) => ({
      ...(await read(ref)),
      notices: [{ kind: 'discount_dropped', item: '<script>alert(1)</script>', text: '"><img src=x>' }],
    }));
    const page = await client.post(TRANSFER, '', SAME);
    expect(page.text).not.toMatch(/<script|<img/);
    expect(noticesOn(page)[0]).toContain('<script>alert(1)</script>');
  });
});
