import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Store } from '../../../src/ports/store/store.js';
import { openShopware } from '../../adapters/stores/shopware/open-shopware.js';
import { describeVendure, openVendure } from '../../adapters/stores/vendure/open-vendure.js';
import { SESSION, cartFields, idOf, postXml, setupXml, startUrlOf } from '../../support/call-ups.js';
import { contextCall, contextPath, putContext } from '../../support/context-calls.js';
import { type StoreShop, startStoreShop } from '../../support/store-shop.js';
import { HTML, JSON_WANTED } from '../../support/web-client.js';

interface Opened {
  store: Store;
  close(): Promise<void>;
}

journey('the Shopware double', describe, { EUR: '26.81', CHF: '13.41' }, async () => {
  const shop = await openShopware();
  return { store: shop.storeWith(), close: () => shop.close() };
});
journey('a real Vendure server', describeVendure, { EUR: '19.99', CHF: '21.39' }, async () => {
  const vendure = await openVendure();
  return { store: vendure.storeWith(), close: () => vendure.close() };
});

/** Issue 8: a management system moves a live session from EUR to CHF. `prices`: of a lamp, in both currencies. */
function journey(
  name: string,
  suite: (title: string, body: () => void) => void,
  prices: Record<'EUR' | 'CHF', string>,
  open: () => Promise<Opened>,
): void {
  suite(`session context: EUR to CHF in mid-session, on ${name}`, () => {
    let opened: Opened;
    let shop: StoreShop;
    beforeAll(async () => {
      opened = await open();
      shop = await startStoreShop(opened.store);
    }, 60_000);
    afterAll(async () => {
      await shop.close();
      await opened.close();
    });

    async function startOf(protocol: 'cxml' | 'oci'): Promise<string> {
      if (protocol === 'cxml') return startUrlOf(await postXml(shop.browser(), setupXml({})));
      const answer = await shop
        .browser()
        .post(
          '/v1/punchout/oci/setup',
          'HOOK_URL=https://erp.company.com/oci/return&USERNAME=buyer@company.com&PASSWORD=SecretPassword123',
          HTML,
        );
      return (
        /https?:[^"'<> ]+\/session\/login\/[^"'<> ]+/.exec(answer.text)?.[0].replaceAll('&amp;', '&') ?? answer.location
      );
    }

    it.each(['cxml', 'oci'] as const)(
      'the cart is in CHF from the next read on, and returns in CHF: %s',
      async (protocol) => {
        const start = await startOf(protocol);
        const client = shop.browser();
        expect((await client.get(start, JSON_WANTED)).json()).toMatchObject({ active: true });
        const added = await client.send('/fill', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify([{ supplierPartId: 'SKU-LAMP', quantity: '2' }]),
        });
        expect(added.status).toBe(200);
        const cart = async (): Promise<unknown> => (await client.get('/cart.json', JSON_WANTED)).json();
        expect(await cart()).toMatchObject({
          currency: 'EUR',
          lines: [{ sku: 'SKU-LAMP', quantity: '2', unitPrice: prices.EUR }],
        });
        const path = contextPath(idOf(start));
        expect((await contextCall(shop, path)).json()).toMatchObject({ currency: 'EUR', metadata: { version: 1 } });
        const unknown = await putContext(shop, idOf(start), { currency: 'USD', metadata: { version: 1 } });
        expect([unknown.status, unknown.json().message]).toEqual([400, expect.stringContaining('currency')]);
        expect((await putContext(shop, idOf(start), { currency: 'CHF', metadata: { version: 1 } })).status).toBe(204);
        expect(await cart()).toMatchObject({
          currency: 'CHF',
          lines: [{ sku: 'SKU-LAMP', quantity: '2', unitPrice: prices.CHF }],
        });
        expect((await contextCall(shop, path)).json()).toMatchObject({ currency: 'CHF', metadata: { version: 2 } });
        const fields = cartFields(await client.post(`${SESSION}/logout?transferred=1`, '', HTML));
        if (protocol === 'cxml') {
          expect(fields['cXML-urlencoded']).toContain(`<UnitPrice><Money currency="CHF">${prices.CHF}</Money>`);
          expect(fields['cXML-urlencoded']).not.toContain('currency="EUR"');
        } else
          expect(fields).toMatchObject({
            'NEW_ITEM-CURRENCY[1]': 'CHF',
            'NEW_ITEM-PRICE[1]': expect.stringContaining(prices.CHF),
          });
      },
      60_000,
    );
  });
}
