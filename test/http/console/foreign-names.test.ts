import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeShop } from '../../support/running-shop.js';
import type { Answer } from '../../support/web-client.js';
import { otherTenant } from '../gateway/api/api-calls.js';
import { LINES, orderXml, post as postOrder, sent } from '../gateway/purchase-order-calls.js';
import { type BlindReads, blindReads } from '../openapi/blind-reads.js';
import { type Owned, ownedBy } from '../openapi/foreign-attempts.js';
import { ROUTES } from './console-routes.js';
import { type Operating, addOperators, emailOf, idOf, signedIn } from './console-visitor.js';

/** Without a sign-in: sign-in itself, and addresses that are their own proof. */
const DOORS = [
  'get /sign-in',
  'post /sign-in',
  'get /sign-in/provider',
  'get /sign-in/callback',
  'get /enter',
  'get /hand-over/:token',
  'post /hand-over/:token',
  'get /handed-over',
  'get /handed-over/acceptance.json',
];

it('the table of routes has every route of the router', () => {
  const router = readFileSync('src/http/console/router.ts', 'utf8');
  const routes = [...router.matchAll(/^ {2}(?:router\.)?(get|post)\('([^']+)'/gm)].map(
    ([, method = '', path = '']) => `${method} ${path}`,
  );
  expect(routes.length).toBeGreaterThan(80);
  const known = ROUTES.map(([method, path]) => `${method.toLowerCase()} ${path === '' ? '/' : path.split('?')[0]}`);
  const isKnown = (route: string): boolean => {
    const pattern = new RegExp(`^${route.replaceAll(/:\w+/g, '[^/]+')}$`);
    return DOORS.includes(route) || known.some((one) => pattern.test(one));
  };
  expect(routes.filter((route) => !isKnown(route))).toEqual([]);
});

type Fields = Record<string, string>;
type Names = Record<string, string>;

/** A request with names of what the tenant demo has, as a form of its own would send it. */
interface Wish {
  method: 'GET' | 'POST';
  path: string;
  fields: Fields;
  /** The connection whose version the form shows. */
  connection?: string;
}

let reads: BlindReads;
// Before the shop starts, since it keeps how its connections send.
beforeAll(() => {
  reads = blindReads();
});
afterAll(() => reads.end());

describeShop('names of another tenant in the console', {}, (shop) => {
  let owner: Operating;
  let stranger: Operating;
  let owned: Owned;
  let names: Names;
  let wishes: Wish[];

  beforeAll(async () => {
    await addOperators(shop());
    await otherTenant(shop(), 'rival');
    await addOperators(shop(), 'rival');
    owned = await ownedBy(shop());
    owner = await signedIn(shop(), emailOf('owner'));
    stranger = await signedIn(shop(), emailOf('owner', 'rival'));
    names = await everyName();
    wishes = wishesFor();
  }, 60_000);

  async function everyName(): Promise<Names> {
    const { hooks, feeds } = shop().connector.directory as unknown as {
      hooks: { add: (...wish: unknown[]) => Promise<{ hookId: string }> };
      feeds: { save: (...wish: unknown[]) => Promise<object> };
    };
    const { hookId } = await hooks.add('demo', 1, 'https://hooks.example.com/x', ['order_created'], 20);
    await feeds.save('demo', 1, 'https://feeds.example.com/x.csv');
    const [job] = await shop()
      .knex('job')
      .insert({ tenant_id: 'demo', kind: 'send-notice', input: '{}', due_at: '2099-01-01' })
      .returning('job_id');
    const address = { tenant_id: 'demo', connection_id: 'company-oci', address_id: 'PLANT-7', is_known: true };
    await shop().knex('ship_to_address').insert(address);
    const run = { tenant_id: 'demo', connection_id: 'company-oci', run_id: 1 };
    await shop()
      .knex('catalogue_run')
      .insert({ ...run, state: 'done', formats: ['oci'], settings_digest: '', started_by: 'cli' });
    await shop()
      .knex('catalogue_piece')
      .insert({ ...run, format: 'oci', piece: 2_000_000_000, content: '[]' });
    const order = `PO-${randomUUID()}`;
    await postOrder(shop(), orderXml({ orderId: order, quote: (await sent(shop())).quote, lines: LINES }));
    const { text } = await owner.post('/connections/company-oci/test');
    const test = /\/tests\/([\w-]+)/.exec(text)?.[1] ?? '';
    // What was refused is written when somebody reads it.
    await owner.get('');
    const { rows } = await shop().knex.raw<{ rows: Names[] }>(
      `
      select (select secret_id::text from connection_secret where tenant_id = 'demo' and connection_id = 'company-cxml'
          limit 1) as secret,
        (select credential_digest from connection_credential where tenant_id = 'demo'
          and connection_id = 'company-cxml' limit 1) as credential,
        (select message_id::text from message_log where tenant_id = 'demo' and transmission_id = :session
          limit 1) as document,
        (select message_id::text from message_log where tenant_id = 'demo' and code is not null limit 1) as refused,
        (select key_id from api_key where tenant_id = 'demo' limit 1) as key,
        (select key_id from connect_key where tenant_id = 'demo' and shop_id = 1 limit 1) as shop_key,
        (select client_id from oauth_client where tenant_id = 'demo' limit 1) as client,
        (select secret_id::text from oauth_secret where tenant_id = 'demo' limit 1) as client_secret,
        (select site_code from site where tenant_id = 'demo' limit 1) as site`,
      { session: owned.sessions.transferred },
    );
    const found = rows[0] ?? {};
    expect([...Object.entries(found), ['test', test]].filter(([, name]) => (name ?? '') === '')).toEqual([]);
    return { ...found, hook: hookId, job: String(job.job_id), order, test };
  }

  /** The routes that name something, with what the first tenant has. The stranger has a connection company-cxml too. */
  function wishesFor(): Wish[] {
    const of = (name: string): string => encodeURIComponent(names[name] ?? '');
    const inner: [RegExp, string][] = [
      [/^\/documents\/1$/, `/documents/${of('refused')}`],
      [/documents\/1$/, `documents/${of('document')}`],
      [/(?<=hooks\/)none/, of('hook')],
      [/(?<=jobs\/)none/, of('job')],
      [/(?<=order=)x/, of('order')],
      [/(?<=credentials\/)none/, of('credential')],
      [/(?<=company-cxml\/secrets\/)none/, of('secret')],
      [/(?<=tests\/)none/, of('test')],
      [/(?<=access\/keys\/)none/, of('key')],
      [/(?<=clients\/)none/, of('client')],
      [/(?<=clients\/.*\/secrets\/)none/, of('client_secret')],
      [/(?<=shops\/)999/, '1'],
      [/(?<=shops\/1\/keys\/)none/, of('shop_key')],
      [/(?<=sites\/)none/, of('site')],
      [/(?<=operators\/)nobody/, idOf('viewer')],
    ];
    const fields: [RegExp, Fields][] = [
      [/replay$/, { revision: '1' }],
      [/notices\/resend$/, { connection: 'company-cxml', order: names['order'] ?? '' }],
      [/orders\/.*\/(?:place|resend)$/, { order: names['order'] ?? '' }],
      [/credentials$/, { domain: 'DUNS', identity: 'stranger' }],
      [/company-oci\/secrets$/, { secret: 'a-secret-of-the-stranger' }],
      [/addresses\/remove$/, { address: 'PLANT-7' }],
      [/indexes$/, { formats: 'oci' }],
      [/returns$/, { returns: 'https://stranger.example.com' }],
      [/rotate$/, { grace: '7' }],
      [/role$/, { role: 'engineer' }],
      [/state$/, { state: 'active' }],
      [/settings\/json$/, { settings: '{}' }],
    ];
    return ROUTES.flatMap(([method, route]) => {
      // Ends one's own sign-ins only, and says so to everybody: sign-in.test.ts.
      if (route.includes('/sign-ins/')) return [];
      const isInner = /credentials\/|secrets\/none|tests\/|^\/orders\//.test(route);
      const named = route.replace(/connections\/(?:company-cxml|nobody)(?=\/|$)/, (part) =>
        isInner ? part : 'connections/company-oci',
      );
      const pathOf = (from: string): string =>
        inner.reduce((path, [pattern, name]) => path.replace(pattern, name), from);
      const paths = named.includes('/documents/1')
        ? [pathOf(named.replace(/demo_a+/, owned.sessions.transferred))]
        : named.includes('demo_a')
          ? Object.values(owned.sessions).map((id) => pathOf(named.replace(/demo_a+/, id)))
          : [pathOf(named).replace('connections/company-cxml/tests', 'connections/company-oci/tests')];
      const isNamed = paths[0] !== route || route === '/deliveries/feeds/1' || /feeds\/|^\/orders\//.test(route);
      if (!isNamed && !route.endsWith('/notices/resend')) return [];
      return paths.map((path): Wish => {
        const [, sentFields = {}] = fields.find(([pattern]) => pattern.test(path)) ?? [];
        const connection = /^\/connections\/([a-z-]+)/.exec(path)?.[1];
        return connection === undefined
          ? { method, path, fields: sentFields }
          : { method, path, fields: sentFields, connection };
      });
    });
  }

  async function asked(who: Operating, tenantId: string, wish: Wish): Promise<Answer> {
    const { method, path, fields, connection } = wish;
    if (method === 'GET') return who.get(path);
    const [row] = await shop()
      .knex('connection')
      .where({ tenant_id: tenantId, connection_id: connection ?? '' });
    return who.post(path, { ...fields, version: String(row?.version ?? 1) });
  }

  /** Everything that the first tenant has, in every table. */
  async function rows(): Promise<unknown[]> {
    const { rows: tables } = await shop().knex.raw<{ rows: { name: string }[] }>(`
      select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid
      where c.relkind in ('r', 'p') and not c.relispartition and a.attname = 'tenant_id' and not a.attisdropped
      order by 1`);
    expect(tables.length).toBeGreaterThan(25);
    return Promise.all(
      tables.map(async ({ name }) => {
        const { rows: found } = await shop().knex.raw<{ rows: { row: string }[] }>(
          `select t::text as row from ?? t where tenant_id = 'demo' order by 1`,
          [name],
        );
        return [name, ...found.map(({ row }) => row)];
      }),
    );
  }

  it('each is unknown, nothing of them is shown, and nothing changes, by row-level security alone too', async () => {
    const before = await rows();
    const told: string[] = [];
    for (const wish of wishes) {
      const answer = await asked(stranger, 'rival', wish);
      const shown = owned.marks.filter((mark) => answer.text.includes(mark) && !wish.path.includes(mark));
      if (answer.status !== 404 || shown.length > 0)
        told.push(`${wish.method} ${wish.path}: ${answer.status} ${shown.join()}`);
    }
    expect(told).toEqual([]);
    expect(wishes.length).toBeGreaterThan(60);
    expect(await rows()).toEqual(before);
  });

  it('lists, searches and new names: the stranger sees and changes nothing of the other tenant', async () => {
    const before = await rows();
    const { sessions, buyerCookie, marks } = owned;
    const searched = [sessions.open, sessions.transferred, buyerCookie, 'user@company.com'];
    const lists = [
      ...ROUTES.filter(([method, route]) => method === 'GET' && /^(?:\/[a-z]+){0,2}(?:\.csv)?$/.test(route)).map(
        ([, route]) => route,
      ),
      ...searched.map((text) => `/sessions?q=${encodeURIComponent(text)}`),
      '/sessions?connection=company-oci',
      `/orders?number=${encodeURIComponent(names['order'] ?? '')}`,
      '/refusals?connection=company-oci',
      '/analytics?from=2026-01-01',
      '/audit?who=owner@demo.test',
    ];
    for (const list of lists) {
      const { status, text } = await stranger.get(list);
      const shown = [...marks, '@demo.test'].filter((mark) => text.includes(mark) && !list.includes(mark));
      expect([list, status === 200 || status === 303, shown]).toEqual([list, true, []]);
    }
    const taken = [
      await stranger.post('/access/shops', { shop_id: '1', name: 'X', role: 'supplier' }),
      await stranger.post('/access/clients', { client_id: 'demo-client', name: 'X' }),
      await stranger.post('/operators', {
        email: emailOf('viewer'),
        name: 'X',
        role: 'owner',
        password: 'a-password-of-the-stranger',
      }),
    ];
    expect(taken.filter(({ status }) => ![400, 409].includes(status)).map(({ text }) => text)).toEqual([]);
    expect(await rows()).toEqual(before);
  });

  it('control: for their own tenant none of these names is unknown', async () => {
    const told: string[] = [];
    for (const wish of wishes) {
      const { status } = await asked(owner, 'demo', wish);
      if (status === 404 || status >= 500) told.push(`${wish.method} ${wish.path}: ${status}`);
    }
    expect(told).toEqual([]);
  });

  it('the reads of several rows had no tenant predicate', () => {
    const wanted = [
      'session-history-find-many',
      'session-search-refusals',
      'message-log-list-desc-0',
      'audit-of-connection',
      'operator-list',
      'purchase-order-list',
      'purchase-order-of-number',
      'connect-hook-list',
      'connect-feed-reports',
    ];
    // Without a server there is nothing to strip.
    if (reads.stripped.size > 0) expect(wanted.filter((name) => !reads.stripped.has(name))).toEqual([]);
  });
});
