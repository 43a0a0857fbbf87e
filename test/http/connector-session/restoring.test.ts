import { expect, it, jest } from '@jest/globals';
import { SESSION, callUp, isActive, rowOf, idOf } from '../../support/call-ups.js';
import { describeShop } from '../../support/running-shop.js';
import { until } from '../../support/until.js';
import { HTML, JSON_WANTED, NAVIGATION } from '../../support/web-client.js';

const COUNT = 450;
const ITEMS = Array.from({ length: COUNT }, (_, at) => ({
  sku: at % 2 === 0 ? 'SKU-001' : `GONE-${at}`,
  quantity: '1',
}));

describeShop('large carts (issue: 5,000 ItemOut, restored after the claim)', {}, (shop) => {
  it('a cart that takes longer than a second to restore: waiting page, status, report', async () => {
    const addLines = shop().store.addLines.bind(shop().store);
    const gate: { open?: () => void } = {};
    const opened = new Promise<void>((resolve) => {
      gate.open = resolve;
    });
    const slow = jest.spyOn(shop().store, 'addLines').mockImplementation(async (...of) => {
      await opened;
      return addLines(...of);
    });
    const startUrl = await callUp(shop(), { operation: 'edit', items: ITEMS });
    const client = shop().browser();
    const login = await client.get(startUrl, HTML);
    expect([login.status, login.location]).toEqual([303, `${shop().url}${SESSION}/restoring`]);
    const page = await client.get(login.location, HTML);
    expect([page.status, page.text]).toEqual([
      200,
      expect.stringMatching(new RegExp(`http-equiv="refresh" content="1;url=${shop().prefix}${SESSION}/restoring"`)),
    ]);
    expect(page.text).toContain(String(COUNT));
    expect(page.headers['content-security-policy']).toContain("frame-ancestors 'self' https://erp.company.com");
    expect((await client.get(`${SESSION}/get`, JSON_WANTED)).json()).toMatchObject({
      active: true,
      restored: [],
      restoring: true,
    });
    // Nothing may look like a line that the buyer removed.
    const early = await client.send(`${SESSION}/logout?transferred=1`, { method: 'POST', headers: JSON_WANTED });
    expect([early.status, early.json().error.code, await isActive(client)]).toEqual([409, 'CART_CHANGING', true]);
    gate.open?.();
    await until(async () => (await rowOf(shop(), idOf(startUrl)))['restore_report'] !== null);
    slow.mockRestore();
    const done = await client.get(`${SESSION}/restoring`, HTML);
    expect([done.status, done.location]).toEqual([303, `${shop().url}${SESSION}/restored`]);
    const { restored, restoring } = (await client.get(`${SESSION}/get`, JSON_WANTED)).json();
    expect([restored.length, restoring]).toEqual([COUNT / 2, undefined]);
    expect((await client.get('/checkout/cart.json', JSON_WANTED)).json().items_count).toBe(COUNT / 2);
  });

  it('the worker continues after the process that started has died', async () => {
    const slow = jest.spyOn(shop().store, 'addLines').mockRejectedValue(new Error('gone'));
    const startUrl = await callUp(shop(), { operation: 'edit', items: ITEMS.slice(0, 3) });
    const client = shop().browser();
    await client.get(startUrl, JSON_WANTED);
    slow.mockRestore();
    await shop()
      .knex('job')
      .insert({ tenant_id: 'demo', kind: 'restore-cart', input: JSON.stringify({ transmissionId: idOf(startUrl) }) });
    const worker = shop().connector.startWorker();
    await until(async () => (await rowOf(shop(), idOf(startUrl)))['restore_report'] !== null);
    await worker.stop();
    await client.get(startUrl, NAVIGATION);
    expect((await client.get('/checkout/cart.json', JSON_WANTED)).json().items_count).toBe(2);
  });

  it('5,000 lines, answered at once', async () => {
    const many = Array.from({ length: 5_000 }, () => ({ sku: 'SKU-002', quantity: '1' }));
    const startUrl = await callUp(shop(), { operation: 'edit', items: many });
    const client = shop().browser();
    const began = performance.now();
    expect((await client.get(startUrl, HTML)).status).toBe(303);
    expect(performance.now() - began).toBeLessThan(3_000);
    await until(async () => (await rowOf(shop(), idOf(startUrl)))['restore_report'] !== null);
    expect((await client.get('/checkout/cart.json', JSON_WANTED)).json().items_count).toBe(5_000);
  }, 60_000);
});
