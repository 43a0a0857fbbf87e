import { request } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { PunchFlowClient } from '../../../src/client/punchflow-client.js';
import { DEMO } from '../../../src/demo/seed-demo.js';
import { SESSION, callUp, postXml, put, setupXml, shopping } from '../../support/call-ups.js';
import { type RunningShop, startShop } from '../../support/running-shop.js';
import { type TestDatabase, testDatabase } from '../../support/test-database.js';
import { until } from '../../support/until.js';
import { JSON_WANTED } from '../../support/web-client.js';
import { type AdminQuestion, askAdmin } from './admin-calls.js';

interface AdminEvent {
  event_id: string;
  type: string;
  session_id: string | null;
  reason: string | null;
}

interface Stream {
  status: number;
  ids: string[];
  events: AdminEvent[];
  names: string[];
  ended: () => boolean;
}

const closers = new Set<() => void>();
afterEach(() => {
  for (const close of closers) close();
  closers.clear();
});

function follow(shop: RunningShop, key: string, headers: Record<string, string> = {}): Promise<Stream> {
  return new Promise((resolve, reject) => {
    const asked = request(
      `${shop.url}/v1/admin/events`,
      { headers: { accept: 'text/event-stream', authorization: `Bearer ${key}`, ...headers } },
      (response) => {
        let text = '';
        let ended = false;
        const stream: Stream = {
          status: response.statusCode ?? 0,
          ids: [],
          events: [],
          names: [],
          ended: () => ended,
        };
        response.setEncoding('utf8').on('data', (chunk: string) => {
          const blocks = (text + chunk).split('\n\n');
          text = blocks.pop() ?? '';
          for (const block of blocks) {
            const name = /^event: (.*)$/m.exec(block)?.[1];
            if (name === undefined) continue;
            stream.names.push(name);
            if (name !== 'idle' && name !== 'gap')
              stream.events.push(JSON.parse(/^data: (.*)$/m.exec(block)?.[1] ?? '') as AdminEvent);
            stream.ids.push(/^id: (.*)$/m.exec(block)?.[1] ?? '');
          }
        });
        for (const name of ['end', 'close', 'error']) response.on(name, () => (ended = true));
        closers.add(() => void asked.destroy());
        resolve(stream);
      },
    );
    asked.on('error', reject);
    asked.end();
  });
}

describe('live events of the admin API', () => {
  const at: { home?: TestDatabase; shops: RunningShop[] } = { shops: [] };
  beforeAll(async () => {
    at.home = await testDatabase();
    at.shops.push(await startShop(at.home.database, ''));
    // The embedded database has one process.
    if ('url' in at.home.database) at.shops.push(await startShop(at.home.database, ''));
  }, 120_000);
  afterAll(async () => {
    for (const shop of at.shops) await shop.close();
    await at.home?.drop();
  });
  const shop = (): RunningShop => at.shops[0] as RunningShop;
  const other = (): RunningShop => at.shops.at(-1) as RunningShop;
  const page = async (question: AdminQuestion = {}) =>
    (await askAdmin(shop(), 'adminListEvents', question)).json().data as {
      events: AdminEvent[];
      last_event_id: string;
      more: boolean;
    };
  const refuse = (mark: string, where = shop()): Promise<unknown> =>
    postXml(where.browser(), setupXml({ returnUrl: `https://elsewhere.example/${mark}` }));

  it('a session tells its steps, in order, and a page goes on from any event', async () => {
    const start = (await page()).last_event_id;
    const { client, transmissionId } = await shopping(shop(), { buyerCookie: 'steps' });
    await put(client, 'SKU-001', 2);
    await client.get(`${SESSION}/logout?transferred=1`, JSON_WANTED);
    const { events } = await page({ query: `?after=${encodeURIComponent(start)}` });
    expect(events.map(({ type, session_id }) => [type, session_id])).toEqual(
      ['call_up', 'login', 'transfer'].map((type) => [type, transmissionId]),
    );
    expect(events[2]).toMatchObject({ connection_id: 'company-cxml', protocol: 'cxml', currency: 'EUR' });
    const rest = await page({ query: `?after=${encodeURIComponent(events[0]?.event_id ?? '')}` });
    expect(rest.events.map(({ type }) => type)).toEqual(['login', 'transfer']);
  });

  it('an event that another process wrote is in the stream of this one', async () => {
    const stream = await follow(shop(), DEMO.adminKey);
    await callUp(other(), { buyerCookie: 'from another process' });
    await refuse('other', other());
    await until(async () => stream.events.length >= 2);
    expect(stream.names).toEqual(['call_up', 'refusal']);
    expect(stream.events[1]?.reason).toContain('https://elsewhere.example/other');
  });

  it('Last-Event-ID goes on without gap or repeat, also in another process', async () => {
    const first = await follow(shop(), DEMO.adminKey);
    for (const mark of ['one', 'two', 'three']) await refuse(mark);
    await until(async () => first.events.length === 3);
    for (const close of closers) close();
    await refuse('four');
    for (const [index, id] of first.ids.entries()) {
      const again = await follow(other(), DEMO.adminKey, { 'last-event-id': id });
      await until(async () => again.events.length >= 3 - index);
      expect(again.events.map(({ reason }) => /example\/(\w+)/.exec(reason ?? '')?.[1])).toEqual(
        ['one', 'two', 'three', 'four'].slice(index + 1),
      );
    }
  });

  it('a place that is too old or not ours: a page is refused, a stream begins with gap', async () => {
    expect((await askAdmin(shop(), 'adminListEvents', { query: '?after=5:7:@1000' })).status).toBe(400);
    const stream = await follow(shop(), DEMO.adminKey, { 'last-event-id': 'nonsense' });
    await until(async () => stream.names.length > 0);
    await refuse('after-gap');
    await until(async () => stream.names.length > 1);
    expect([stream.names[0], stream.names.at(-1)]).toEqual(['gap', 'refusal']);
  });

  it('a key without the scope admin is refused; a revoked one gets no further event', async () => {
    expect((await follow(shop(), DEMO.apiKey)).status).toBe(401);
    const made = await askAdmin(shop(), 'adminCreateKey', { body: { name: 'tail', scopes: ['admin'] } });
    const { key, key_id } = made.json().data;
    const stream = await follow(shop(), key);
    expect(stream.status).toBe(200);
    await askAdmin(shop(), 'adminRevokeKey', { params: { key: key_id } });
    await refuse('revoked');
    await until(async () => stream.ended());
    // The refusal above is logged a little later.
    expect(stream.events.filter(({ reason }) => !String(reason).includes('lacks the scope admin'))).toEqual([]);
  });

  it('a key has five streams at once', async () => {
    for (let index = 0; index < 5; index += 1) expect((await follow(shop(), DEMO.adminKey)).status).toBe(200);
    expect((await follow(shop(), DEMO.adminKey)).status).toBe(429);
  });

  it('the client follows them', async () => {
    const { admin } = new PunchFlowClient(DEMO.adminKey, { baseUrl: shop().url, language: 'en' });
    const stop = new AbortController();
    const seen: (string | null)[] = [];
    const { lastEventId: after } = await admin.listEvents();
    await refuse('for-the-client');
    await callUp(shop(), { buyerCookie: 'for the client' });
    await refuse('for-the-client-too');
    for await (const { reason } of admin.followEvents({ after, refused: true, everyMs: 50, signal: stop.signal })) {
      seen.push(reason);
      if (seen.length === 2) stop.abort();
    }
    expect(seen).toEqual([expect.stringContaining('for-the-client'), expect.stringContaining('for-the-client-too')]);
  });

  it('a process that drains ends its streams', async () => {
    const stream = await follow(other(), DEMO.adminKey);
    other().connector.announceStop();
    await until(async () => stream.ended());
  });
});
