import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { API_KEY, shoppingByClone } from '../../support/clone-calls.js';
import { put, rowOf, SESSION } from '../../support/call-ups.js';
import { readRepostForm } from '../../../src/protocols/repost/read-repost-form.js';
import { describeMounted } from '../../support/running-shop.js';
import { JSON_WANTED, NAVIGATION } from '../../support/web-client.js';

const TRANSFER = `${SESSION}/logout?transferred=1`;
const SAME = { ...NAVIGATION, 'sec-fetch-site': 'same-origin' };

describeMounted('Custom store integration, auto-post form', {}, (shop) => {
  it('a page whose form punchout_repost posts itself to {gateway}/start-sso-checkout', async () => {
    const { client, transmissionId } = await shoppingByClone(shop(), { session_token: ' sess-"<ä€>&amp; ' });
    await put(client, 'SKU-001', 2);
    await put(client, 'SKU-002', 1);
    const page = await client.get(TRANSFER, SAME);
    expect([page.status, page.headers['content-type'], page.headers['cache-control']]).toEqual([
      200,
      'text/html; charset=utf-8',
      'no-store',
    ]);
    expect(page.text).toContain(
      '<form id="punchout_repost" method="post" action="https://middleware.example.com/start-sso-checkout" ' +
        'target="_self" accept-charset="utf-8">',
    );
    expect(page.text).toContain(
      "<script>HTMLFormElement.prototype.submit.call(document.getElementById('punchout_repost'))</script>",
    );
    expect(page.text).toMatch(/class="thread"[\s\S]*<button type="submit">/);
    expect(page.headers['content-security-policy']).toMatch(/form-action 'self' https:\/\/middleware\.example\.com/);
    const script = createHash('sha256')
      .update("HTMLFormElement.prototype.submit.call(document.getElementById('punchout_repost'))")
      .digest('base64');
    expect(page.headers['content-security-policy']).toContain(`script-src 'sha256-${script}';`);
    const category = await numberOf('Werkzeug');
    const html = page.text.replace(/&#(\d+);/g, (_, point: string) => String.fromCodePoint(Number(point)));
    const inputs = html
      .split('\n')
      .flatMap((line) => /^<input type="hidden" name="(.*)" value="(.*)">$/.exec(line)?.slice(1).join('=') ?? []);
    expect(inputs).toEqual([
      'session_token= sess-"<ä€>&amp; ',
      'end_customer_id=2',
      ...line(0, ['SKU-001', 'SKU-001', 'Premium Widget', '2', '499.99', 'EUR', 'WidgetCo', category]),
      ...line(1, ['SKU-002', 'SKU-002', 'Standard Gadget', '1', '300.01', 'EUR', '', category]),
    ]);
    expect(await rowOf(shop(), transmissionId)).toMatchObject({
      status: 'transferred',
      summary: { itemsCount: '3', linesCount: 2, totalAmount: '1299.99', currency: 'EUR' },
    });
  });

  const line = (index: number, values: string[]): string[] =>
    ['sku', 'product_id', 'description', 'quantity', 'price', 'currency', 'manufacturer_name', 'category_ids'].map(
      (field, at) => `products[${index}][${field}]=${values[at]}`,
    );
  const numberOf = async (name: string): Promise<string> => {
    const { categories } = (await shop().browser().get(`/api/punchout/categories?api_key=${API_KEY}`)).json();
    return String(categories.find((category: { name: string }) => category.name === name).id);
  };

  it('architecture.md decision 3: as JSON its parts; a second click gives the same', async () => {
    const { client } = await shoppingByClone(shop(), { gateway_base_url: 'https://middleware.example.com/eu/' });
    await put(client, 'NW-3011', 100);
    const first = await client.get(TRANSFER, JSON_WANTED);
    expect(first.json()).toMatchObject({
      method: 'post',
      action: 'https://middleware.example.com/eu/start-sso-checkout',
      target: '_self',
      charset: 'utf-8',
    });
    expect((await client.get(TRANSFER, JSON_WANTED)).text).toBe(first.text);
    const form = readRepostForm(first.json().fields);
    expect(form).toMatchObject({
      ok: true,
      value: {
        sessionToken: 'sess-012345',
        endCustomerId: 2,
        products: [{ sku: 'NW-3011', quantity: '100', currency: 'EUR' }],
      },
    });
    // 100 pieces cost 12.45: the price is per piece.
    expect(form.ok && form.value.products[0]?.price).toBe('0.1245');
  });

  it('an emptied edit session asks first; empty create and inspect carts have no products', async () => {
    const edit = await shoppingByClone(shop(), { operation: 'edit', cart_items: [{ sku: 'GONE', quantity: 1 }] });
    expect((await edit.client.get(TRANSFER, JSON_WANTED)).json().error.code).toBe('CART_EMPTY');
    for (const change of [{}, { operation: 'inspect', cart_items: [{ sku: 'SKU-001', quantity: 1 }] }]) {
      const { client } = await shoppingByClone(shop(), change);
      expect((await client.get(TRANSFER, JSON_WANTED)).json().fields).toEqual([
        { name: 'session_token', value: 'sess-012345' },
        { name: 'end_customer_id', value: '2' },
      ]);
    }
  });

  describe('architecture.md decision 14: the api_key', () => {
    it('is not in the form', async () => {
      const { client } = await shoppingByClone(shop());
      await put(client, 'SKU-001', 1);
      const page = await client.get(TRANSFER, SAME);
      expect(page.text).not.toContain('api_key');
      expect(page.text).not.toContain(API_KEY);
    });

    it('is its first field if the connection requires it, shown but neither stored nor logged', async () => {
      const apiKey = 'a-key-that-comes-back';
      await shop().onboardMiddleware({
        connectionId: 'insists',
        apiKey,
        keep: 'recoverable',
        repost: { templateUsers: ['buyer123'], sendApiKey: true },
      });
      const { client, transmissionId } = await shoppingByClone(shop(), { api_key: apiKey });
      await put(client, 'SKU-001', 1);
      for (const _ of ['first', 'again'])
        expect((await client.get(TRANSFER, JSON_WANTED)).json().fields[0]).toEqual({ name: 'api_key', value: apiKey });
      const rows = await Promise.all(
        ['transfer_payload', 'transmission', 'audit', 'middleware_key'].map((table) => shop().knex(table).select()),
      );
      expect(JSON.stringify(rows)).toContain(transmissionId);
      expect(JSON.stringify(rows)).not.toContain(apiKey);
      expect(shop().logged.join('\n')).not.toContain(apiKey);
    });
  });
});
