import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Router } from 'express';
import { createVirtualBuyer } from '../../src/demo/virtual-buyer/create-virtual-buyer.js';
import { type PlayRuns, type PlayState, playRuns } from '../../src/demo/virtual-buyer/play/play-run.js';
import { seedExample } from '../../src/demo/seed-demo.js';
import { TWENTY } from '../../src/demo/virtual-buyer/play/twenty.js';
import { type RunningShop, startShop } from '../support/running-shop.js';
import { setRow, shopping } from '../support/call-ups.js';
import { type TestDatabase, testDatabase } from '../support/test-database.js';
import { until } from '../support/until.js';
import { HTML, JSON_WANTED } from '../support/web-client.js';

const PLAY = '/virtual-buyer/play';
let database: TestDatabase;
let shop: RunningShop;
let plays: PlayRuns;
/** Lets the link of the first punchout expire. */
let goOn: () => void;
const late = new Promise<void>((resolve) => {
  goOn = resolve;
});

beforeAll(async () => {
  database = await testDatabase();
  const mounted: { buyer?: Router } = {};
  shop = await startShop(database.database, '', {
    connector: { guard: { page: '/checkout/cart?notice=page_closed' } },
    pages: (app) => app.use((req, res, next) => (mounted.buyer === undefined ? next() : mounted.buyer(req, res, next))),
  });
  // The only pause of more than a moment is the one before the late link.
  plays = playRuns({
    shopUrl: shop.url,
    prepare: () => seedExample(shop.connector.directory),
    paceMs: 0,
    pause: (ms) => (ms > 1_000 ? late : Promise.resolve()),
  });
  mounted.buyer = createVirtualBuyer({ publicUrl: shop.url, fetch, plays });
}, 120_000);
afterAll(async () => {
  await shop?.close();
  await database?.drop();
});

describe('play twenty punchouts', () => {
  it('a form of another site starts nothing', async () => {
    const answer = await shop.browser().send(PLAY, {
      method: 'POST',
      body: '',
      headers: { 'sec-fetch-site': 'cross-site', origin: 'https://evil.test' },
    });
    expect([answer.status, plays.current()]).toEqual([403, undefined]);
  });

  it('the button starts one run, whose page shows how far it is, without JavaScript too', async () => {
    const client = shop.browser();
    const started = await client.post(PLAY, '', HTML);
    expect([started.status, started.location]).toEqual([303, shop.url + PLAY]);
    const first = plays.current();
    await client.post(PLAY, '', HTML);
    expect(plays.current()).toBe(first);
    const isOver = ({ state }: PlayState, index: number): boolean => index === 0 || !/waiting|running/.test(state);
    await until(() => Promise.resolve(plays.current()?.states.every(isOver) ?? false));
    const { text } = await client.get(PLAY, HTML);
    expect(text).toContain('<meta http-equiv="refresh" content="2"/>');
    expect(text).toContain('19 of 20 are done.');
    expect(text).not.toContain('<form');
  }, 60_000);

  it('ends with carts, orders, cancelled sessions and refusals, none of which failed', async () => {
    await setRow(shop, plays.current()?.states[0]?.sessionId ?? '', { start_expires_at: new Date(0) });
    goOn();
    await until(() => Promise.resolve(plays.current()?.isRunning === false));
    const { states = [], isBroken } = plays.current() ?? {};
    expect(isBroken).toBe(false);
    expect(states.filter(({ state }) => !/done|refused/.test(state))).toEqual([]);
    expect(states.filter(({ state }) => state === 'refused').map(({ play }) => play.story)).toEqual([
      'expired',
      'wrong_secret',
      'wrong_return',
    ]);
    const { text } = await shop.browser().get(PLAY, HTML);
    expect(text).toContain('20 punchouts were played.');
    expect(text).toContain(`href="/console/sessions/${states[1]?.sessionId}"`);
    expect(text).not.toContain('http-equiv');
  }, 60_000);

  it('what it played is in the database, as the stories tell', async () => {
    const rows: { transmission_id: string; status: string; protocol: string }[] = await shop.knex('transmission');
    const { states = [] } = plays.current() ?? {};
    const told = states.flatMap(({ play, sessionId }) => {
      const row = rows.find(({ transmission_id: id }) => id === sessionId);
      return row === undefined ? [] : [[play.story, row.protocol, row.status]];
    });
    expect(told).toHaveLength(18);
    expect(Object.fromEntries(told.map(([story, , status]) => [story, status]))).toEqual({
      expired: expect.stringMatching(/open|expired/),
      ordered: 'order_created',
      sent: 'transferred',
      blocked: 'transferred',
      left: 'closed',
      cancelled: 'cancelled',
      mismatched: 'transferred',
      unopened: 'open',
    });
    expect(new Set(told.map(([, protocol]) => protocol))).toEqual(new Set(['cxml', 'oci', 'repost']));
    const orders: { verdict: string }[] = await shop.knex('purchase_order');
    expect(orders.map(({ verdict }) => verdict).toSorted()).toEqual(['matched', 'matched', 'matched', 'mismatch']);
    expect(TWENTY).toHaveLength(20);
  });
});

it('option guard.page: a buyer who asks for a closed page is led there; programs are told the cart', async () => {
  const { client } = await shopping(shop);
  const page = await client.get('/checkout/confirm', HTML);
  expect([page.status, page.location]).toEqual([303, `${shop.url}/checkout/cart?notice=page_closed`]);
  const call = await client.get('/checkout/confirm', JSON_WANTED);
  expect([call.status, call.json().error.cart]).toEqual([403, '/checkout/cart']);
});
