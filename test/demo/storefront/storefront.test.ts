import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import express, { type Express } from 'express';
import request from 'supertest';
import { createStorefront } from '../../../src/demo/storefront/create-storefront.js';
import type { ShopConnector } from '../../../src/demo/storefront/visit.js';
import { accept, refuse } from '../../../src/domain/error-codes.js';
import { demoSession } from './demo-session.js';
import { openDemoStore } from '../../adapters/stores/demo/open-demo-store.js';

let demo: Awaited<ReturnType<typeof openDemoStore>>;
let app: Express;
let punchout: Awaited<ReturnType<typeof demoSession>> | undefined;
let over = false;

beforeAll(async () => {
  demo = await openDemoStore();
  const { store } = demo;
  const cartOf = (session: Awaited<ReturnType<typeof demoSession>>): ReturnType<typeof store.cartRef> =>
    session.transmission.cart ?? store.cartRef('demo', 'none', {});
  const connector: ShopConnector = {
    session: () => Promise.resolve(punchout),
    sessionEnded: () => Promise.resolve(false),
    cart: {
      add: async (session, lines) =>
        over ? refuse('SESSION_EXPIRED') : accept(await store.addLines(cartOf(session), lines)),
      change: async (session, lineId, quantity) => accept(await store.changeLine(cartOf(session), lineId, quantity)),
      remove: async (session, lineId) => accept(await store.removeLine(cartOf(session), lineId)),
      read: (session) => store.readCart(cartOf(session)),
    },
    context: { change: () => Promise.resolve(refuse('NO_SESSION')) },
  };
  app = express();
  app.use(
    createStorefront({
      store,
      connector,
      paths: { transfer: '/transfer', logout: '/leave', returnUnchanged: '/unchanged' },
      publicUrl: 'http://127.0.0.1:3000',
      tenantId: 'demo',
    }),
  );
});
afterAll(() => demo.close());
beforeEach(() => {
  punchout = undefined;
  over = false;
});

describe('catalogue pages', () => {
  it.each([
    '/',
    '/?category=office',
    '/search?search=widget',
    '/detail/SKU-001',
    '/checkout/cart',
    '/checkout/confirm',
    '/checkout/register',
    '/checkout/finish',
    '/account',
    '/account/login',
    '/account/profile',
    '/account/order',
    '/account/order/edit/1',
    '/account/order/abc',
    '/widgets/account/order/detail/1',
    '/customer-group-registration/1',
    '/account/address',
    '/account/register',
  ])('GET %s shows a page', async (path) => {
    const answer = await request(app).get(path).expect(200).expect('Content-Type', 'text/html; charset=utf-8');
    expect(answer.text).toContain('Nordlicht');
    expect(answer.text).not.toContain('undefined');
    expect(answer.headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-/);
    expect(answer.headers['content-security-policy']).toMatch(/frame-ancestors 'self'$/);
  });

  it('escapes special characters of articles and of the search', async () => {
    expect((await request(app).get('/detail/NW-2086')).text).toContain('18 mm &#60;Profi&#62;');
    expect((await request(app).get('/search').query({ search: '"><script>alert(1)</script>' })).text).not.toContain(
      '<script',
    );
  });

  it('unknown articles and categories: 404, as page and as JSON', async () => {
    await request(app).get('/detail/NOPE').expect(404).expect('Content-Type', /html/);
    const answer = await request(app).get('/detail/NOPE').set('Accept', 'application/json').expect(404);
    expect(answer.body).toMatchObject({ error: { code: 'PRODUCT_NOT_FOUND', field: 'sku' } });
    await request(app).get('/?category=nope').expect(404);
  });

  it('uses German or English, by request', async () => {
    expect((await request(app).get('/checkout/cart').set('Accept-Language', 'en-US')).text).toContain(
      '<html lang="en">',
    );
    expect((await request(app).get('/checkout/cart')).text).toContain('<html lang="de">');
    const agent = request.agent(app);
    await agent.get('/?lang=en');
    expect((await agent.get('/')).text).toContain('<html lang="en">');
  });
});

describe('cart of an ordinary visitor', () => {
  it('PunchOut Session API: adds by JSON and by form, and reads as 1299.99', async () => {
    const agent = request.agent(app);
    const first = await agent.post('/checkout/line-item/add').send({ sku: 'SKU-001', quantity: 2 }).expect(200);
    expect(first.body).toMatchObject({ items_count: 2, total: '999.98' });
    expect(first.headers['set-cookie']?.[0]).toMatch(/^demo-cart=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/);
    await agent
      .post('/checkout/line-item/add')
      .type('form')
      .send({ sku: 'SKU-002', quantity: '1' })
      .expect(303)
      .expect('Location', '/checkout/cart');
    expect((await agent.get('/checkout/cart.json').expect(200)).body).toEqual({
      currency: 'EUR',
      total: '1299.99',
      items_count: 3,
      lines: [
        {
          line_id: 'line-SKU-001',
          sku: 'SKU-001',
          name: 'Premium Widget',
          quantity: 2,
          unit_price: '499.99',
          price_basis: 1,
          line_total: '999.98',
          unit: 'EA',
        },
        {
          line_id: 'line-SKU-002',
          sku: 'SKU-002',
          name: 'Standard Gadget',
          quantity: 1,
          unit_price: '300.01',
          price_basis: 1,
          line_total: '300.01',
          unit: 'EA',
        },
      ],
    });
    expect((await agent.get('/checkout/cart')).text).toContain('1.299,99 EUR');
  });

  it('changes, deletes and orders', async () => {
    const agent = request.agent(app);
    await agent.post('/checkout/line-item/add').send({ sku: 'SKU-001' }).expect(200);
    const changed = await agent
      .post('/checkout/line-item/change')
      .send({ lineId: 'line-SKU-001', quantity: '4' })
      .expect(200);
    expect(changed.body).toMatchObject({ items_count: 4 });
    await agent.post('/checkout/line-item/add').send({ sku: 'SKU-002', quantity: 1 }).expect(200);
    expect(
      (await agent.post('/checkout/line-item/delete').send({ lineId: 'line-SKU-002' }).expect(200)).body,
    ).toMatchObject({ items_count: 4 });
    const order = await agent.post('/checkout/order').expect(303);
    expect(order.headers.location).toMatch(/^\/checkout\/finish\?orderId=NW-\d{8}$/);
    expect((await agent.get(order.headers.location ?? '')).text).toMatch(/NW-\d{8}/);
    await agent.post('/checkout/order').expect(422);
  });

  it('a visitor without cart reads as empty and gets no cookie', async () => {
    const answer = await request(app)
      .get('/checkout/cart.json')
      .expect(200, { currency: 'EUR', total: '0.00', items_count: 0, lines: [] });
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  it.each([0, '0', -1, '-1', 1e9, '1e9', '1000000000', 'abc', '', null, [], { a: 1 }, '1.5'])(
    'issue 2: quantity %j is refused with 422',
    async (quantity) => {
      const answer = await request(app).post('/checkout/line-item/add').send({ sku: 'SKU-001', quantity }).expect(422);
      expect(answer.body).toEqual({
        error: { code: 'QUANTITY_INVALID', field: 'quantity', message: expect.any(String) },
      });
      if (typeof quantity === 'string')
        await request(app)
          .post('/checkout/line-item/add')
          .type('form')
          .send({ sku: 'SKU-001', quantity })
          .expect(422)
          .expect('Content-Type', /html/);
    },
  );

  it('unknown article and line 404, sold out 422, no article and broken body 400, huge body 413', async () => {
    const post = (body: object): request.Test => request(app).post('/checkout/line-item/add').send(body);
    expect((await post({ sku: 'NOPE', quantity: 1 }).expect(404)).body).toMatchObject({
      error: { code: 'PRODUCT_NOT_FOUND', field: 'sku' },
    });
    expect((await post({ sku: 'NW-3080', quantity: 1 }).expect(422)).body).toMatchObject({
      error: { code: 'PRODUCT_SOLD_OUT' },
    });
    expect((await post({}).expect(400)).body).toMatchObject({ error: { code: 'INVALID_REQUEST', field: 'sku' } });
    await request(app).post('/checkout/line-item/change').send({ lineId: 'x', quantity: 1 }).expect(404);
    await request(app)
      .post('/checkout/line-item/add')
      .set('Content-Type', 'application/json')
      .send('{"sku":')
      .expect(400);
    await request(app)
      .post('/checkout/line-item/add')
      .set('Content-Type', 'application/json')
      .send(`"${'x'.repeat(300_000)}"`)
      .expect(413);
  });

  it('a purchase step rounds up and the cart page says so', async () => {
    const agent = request.agent(app);
    const answer = await agent
      .post('/checkout/line-item/add')
      .type('form')
      .send({ sku: 'NW-3011', quantity: '70' })
      .expect(303);
    expect(answer.headers.location).toBe('/checkout/cart?notice=quantity_changed');
  });
});

describe('what people see', () => {
  it('50 pieces of one article are 50 pieces, 1 article', async () => {
    const agent = request.agent(app);
    await agent.post('/checkout/line-item/add').send({ sku: 'NB-1024', quantity: 50 }).expect(200);
    const cart = await agent.get('/checkout/cart').set('Accept-Language', 'en');
    expect(cart.text).toContain('<p class="lead">50 pieces, 1 article</p>');
    expect(cart.text).toContain('<span class="unseen">50 pieces, 1 article</span>');
    const german = await agent.get('/checkout/cart').set('Accept-Language', 'de');
    expect(german.text).toContain('50 St&#252;ck, 1 Artikel');
  });

  it('the notice of the guard is for buyers: an ordinary visitor never sees it', async () => {
    const closed = '/checkout/cart?notice=page_closed';
    expect((await request(app).get(closed)).text).not.toContain('role="status"');
    punchout = await demoSession(demo.store, 'create');
    await request(app).post('/checkout/line-item/add').send({ sku: 'SKU-001', quantity: 1 }).expect(200);
    const told = await request(app).get(closed);
    expect(told.text).toContain('Diese Seite ist geschlossen, solange Sie');
    expect(told.text).toContain('<a class="button quiet" href="/checkout/confirm">');
  });
});

describe('architecture.md decision 1: cross-site requests', () => {
  it.each<Record<string, string>>([
    { 'Sec-Fetch-Site': 'cross-site' },
    { 'Sec-Fetch-Site': 'same-site' },
    { 'Sec-Fetch-Site': 'same-site', Origin: 'http://blog.127.0.0.1' },
    { Origin: 'https://evil.test' },
    { Origin: 'null' },
  ])('change nothing: %j', async (headers) => {
    await request(app).post('/checkout/line-item/add').set(headers).send({ sku: 'SKU-001', quantity: 1 }).expect(403);
  });

  it.each([{ 'Sec-Fetch-Site': 'same-origin' }, { Origin: 'http://127.0.0.1:3000' }, {}])(
    'others pass: %j',
    async (headers) => {
      await request(app).post('/checkout/line-item/add').set(headers).send({ sku: 'SKU-001', quantity: 1 }).expect(200);
    },
  );
});

describe('during a punchout', () => {
  it('shows the buyer, posts to the connector, and may be framed by the buyer', async () => {
    punchout = await demoSession(demo.store, 'create');
    const answer = await request(app).get('/').expect(200);
    expect(answer.text).toContain('<strong>Max Mustermann, Company GmbH &#38; Co.</strong>');
    expect(answer.text).toContain('<form method="post" action="/transfer">');
    expect(answer.text).toMatch(
      /<form method="post" action="\/unchanged"><button type="submit" class="quiet">Ohne Artikel zur/,
    );
    expect(answer.headers['content-security-policy']).toContain("form-action 'self' https://erp.company.com;");
    expect(answer.headers['content-security-policy']).toMatch(
      /frame-ancestors 'self' https:\/\/erp\.company\.com https:\/\/portal\.company\.com$/,
    );
  });

  it('fills the cart of the transmission, without a cookie of the shop', async () => {
    punchout = await demoSession(demo.store, 'create');
    const answer = await request(app).post('/checkout/line-item/add').send({ sku: 'SKU-001', quantity: 2 }).expect(200);
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(
      (await demo.store.readCart(punchout.transmission.cart ?? demo.store.cartRef('demo', '', {}))).lines,
    ).toHaveLength(1);
  });

  it('an ended session gets a clear 409', async () => {
    punchout = await demoSession(demo.store, 'create');
    over = true;
    expect(
      (await request(app).post('/checkout/line-item/add').send({ sku: 'SKU-001' }).expect(409)).body,
    ).toMatchObject({ error: { code: 'SESSION_EXPIRED' } });
  });

  it('architecture.md decision 6: edit can return without changes; inspect can neither buy nor transfer', async () => {
    punchout = await demoSession(demo.store, 'edit');
    expect((await request(app).get('/')).text).toMatch(
      /action="\/unchanged"><button type="submit" class="quiet">Ohne \S+nderungen/,
    );
    punchout = await demoSession(demo.store, 'inspect');
    const inspect = (await request(app).get('/')).text;
    expect(inspect).not.toContain('/checkout/line-item/add');
    expect(inspect).not.toContain('action="/transfer"');
    expect(inspect).toContain('action="/unchanged"');
  });
});
