import { beforeAll, expect, it } from '@jest/globals';
import { DEMO } from '../../../src/demo/seed-demo.js';
import { ADMIN_OPERATIONS } from '../../../src/http/gateway/admin/openapi-operations.js';
import { SESSION, callUp, idOf, postXml, put, setupXml } from '../../support/call-ups.js';
import { openBuy, openBuyToken } from '../open-buy/open-buy-calls.js';
import { cloneBody, postClone } from '../../support/clone-calls.js';
import { accessToken } from '../../support/context-calls.js';
import { describeShop } from '../../support/running-shop.js';
import { until } from '../../support/until.js';
import { HTML, JSON_WANTED } from '../../support/web-client.js';
import { signed } from '../connect/signed-calls.js';
import { ROUTES } from '../console/console-routes.js';
import { OWN_FORM, type Operating, signedIn } from '../console/console-visitor.js';
import { orderXml, post } from '../gateway/purchase-order-calls.js';
import { askAdmin } from './admin-calls.js';

/** Letters and digits only, so that it is the same text in JSON, HTML and a URL. */
const made = (name: string): string => `${name}Canary${crypto.randomUUID().replaceAll('-', '')}`;
const OPEN_ID_SECRET = made('openId');
/** Reading operations that take a body. */
const READ_BY_POST = ['adminPreview', 'adminReplay'];

/** One spelling of base64 and base64url, and of a hex digit with and without its percent sign. */
const leveled = (text: string): string => text.replaceAll('%', '').replaceAll('/', '_').replaceAll('+', '-');

/** How a secret may look: as it is, in a URL, in hex, in base64 at each place of its three bytes. */
function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const inBase64 = [0, 1, 2].map((skipped) => {
    const whole = bytes.subarray(skipped);
    return whole.subarray(0, whole.length - (whole.length % 3)).toString('base64url');
  });
  return [secret, encodeURIComponent(secret), bytes.toString('hex'), ...inBase64].map(leveled);
}

const OPEN_ID = { issuer: 'http://127.0.0.1:9', clientId: 'console', clientSecret: OPEN_ID_SECRET, name: 'Login' };

describeShop('secrets that were given or made', { connector: { openIdConnect: OPEN_ID } }, (shop) => {
  /** By what they are. */
  const canaries = new Map<string, string>();
  /** In place of the ids of the tables. */
  const ids = { session: '', document: '', refused: '', test: '', order: `PO-${crypto.randomUUID()}` };
  let owner: Operating;

  const keep = (name: string, secret: string): string => {
    if (secret.length < 16) throw new Error(`no ${name}`);
    canaries.set(name, secret);
    return secret;
  };
  /** The canaries that an answer shows. */
  const shownIn = (text: string): string[] => {
    const [plain, low] = [leveled(text), leveled(text).toLowerCase()];
    const shows = (form: string): boolean => plain.includes(form) || (/^[0-9a-f]+$/.test(form) && low.includes(form));
    return [...canaries].flatMap(([name, secret]) => (formsOf(secret).some(shows) ? [name] : []));
  };
  const ask = async (operationId: string, question: Parameters<typeof askAdmin>[2] = {}) => {
    const answer = await askAdmin(shop(), operationId, question);
    expect([operationId, answer.status]).toEqual([operationId, answer.status < 300 ? answer.status : answer.text]);
    return answer;
  };

  beforeAll(async () => {
    const connection = { connection: 'company-cxml' };
    await byAdmin(connection);
    await byBuyers();
    await byPrograms();
    await byOperator(connection);
  }, 120_000);

  /** Each is shown by the answer that makes it, or by none. */
  async function byAdmin(connection: Record<string, string>): Promise<void> {
    const secret = keep('connection secret', made('connection'));
    const given = await ask('adminAddSecret', { params: connection, body: { secret } });
    expect(shownIn(given.text)).toEqual([]);
    const key = await ask('adminCreateKey', { body: { name: 'canary', scopes: ['admin'] } });
    keep('API key', key.json().data.key);
    const client = await ask('adminAddClient', { body: { client_id: 'canary', name: 'Canary' } });
    keep('OAuth client secret', client.json().data.secret);
    const saved = await ask('adminSaveShop', { body: { shop_id: 4711, name: 'Canary', role: 'supplier' } });
    keep('shop key', saved.json().data.key);
    keep('hook secret', saved.json().data.hook_secret);
    const operator = { email: 'canary@demo.test', name: 'Canary', role: 'owner' };
    const password = keep('operator password', made('password'));
    expect(shownIn((await ask('adminAddOperator', { body: { ...operator, password } })).text)).toEqual([]);
    const authorization = `Bearer ${keep('authorization of the index', made('authorization'))}`;
    const push = { url: 'https://erp.example.com/index', format: 'cxml', authorization };
    const pushed = await ask('adminSaveIndexPush', { params: connection, body: push });
    expect([pushed.status, shownIn(pushed.text)]).toEqual([200, []]);
    const link = await ask('adminMakeHandOver', { params: connection, body: { with_secret: true } });
    keep('hand-over token', link.json().data.url.split('/').at(-1));
    keep('OpenID client secret', OPEN_ID_SECRET);
    for (const [name, answer] of [
      ['API key', key],
      ['OAuth client secret', client],
      ['hand-over token', link],
    ] as const)
      expect(shownIn(answer.text)).toEqual([name]);
    expect(shownIn(saved.text)).toEqual(['shop key', 'hook secret']);
  }

  /** Sessions, orders and refusals whose documents had secrets. */
  async function byBuyers(): Promise<void> {
    const secret = canaries.get('connection secret') ?? '';
    // Two, since one is compared with the other.
    for (const number of [1, 2]) {
      const startUrl = await callUp(shop(), { secret });
      ids.session = idOf(startUrl);
      keep(`start token ${number}`, new URL(startUrl).searchParams.get('token') ?? '');
      const client = shop().browser();
      await client.get(startUrl, JSON_WANTED);
      await put(client, 'SKU-001', 2);
      await client.get(`${SESSION}/logout?transferred=1`, JSON_WANTED);
      for (const [name, value] of client.cookies) keep(`cookie ${name} of buyer ${number}`, value);
    }
    const order = orderXml({ orderId: ids.order, lines: [{ sku: 'FREE', quantity: '1', price: '1.00' }] });
    await post(shop(), order.replaceAll(DEMO.secret, secret));

    const wrong = keep('wrong connection secret', made('wrong'));
    await postXml(shop().browser(), setupXml({ secret: wrong }));
    await postXml(shop().browser(), setupXml({ secret: `${keep('secret in broken XML', made('broken'))}<` }));
    const oci = { HOOK_URL: 'https://erp.company.com/oci/return', USERNAME: DEMO.identity, FUNCTION: 'CREATE_SESSION' };
    const form = new URLSearchParams({ ...oci, PASSWORD: keep('wrong OCI password', made('oci')) }).toString();
    await shop().browser().post('/v1/punchout/oci/setup', form, HTML);
    await shop().browser().get(`/v1/punchout/oci/setup?${form}`, HTML);
  }

  /** Middleware, shop and client call with their secrets. */
  async function byPrograms(): Promise<void> {
    const apiKey = keep('middleware key', made('middleware'));
    await shop().onboardMiddleware({
      connectionId: 'canary-middleware',
      apiKey,
      repost: { templateUsers: ['buyer123'], sendApiKey: true },
      keep: 'recoverable',
    });
    const wish = { api_key: apiKey, session_token: 'sess-4711' };
    const clone = await postClone(shop(), cloneBody(wish));
    expect([clone.status, clone.text]).toEqual([200, expect.stringContaining('sso_url')]);
    keep('token of an SSO link', new URL(clone.json().sso_url).searchParams.get('token') ?? '');
    await postClone(shop(), cloneBody({ api_key: keep('wrong middleware key', made('wrongMiddleware')) }));
    const wishOfBuyer = { name: 'Canary', scopes: ['open-buy'], connection: 'company-cxml' };
    const buyerKey = (await ask('adminCreateKey', { body: wishOfBuyer })).json().data.key;
    const token = await openBuyToken(shop(), keep('key of Open Buy', buyerKey));
    const hits = await openBuy(shop(), 'search', { query: 'SKU-001' }, keep('token of Open Buy', token));
    expect([hits.status, shownIn(hits.text)]).toEqual([200, []]);
    await openBuy(shop(), 'authentication', { credentials: keep('wrong key of Open Buy', made('wrongOpenBuy')) });
    await openBuy(shop(), 'search', { query: 'x' }, keep('wrong token of Open Buy', made('wrongOpenBuyToken')));
    const client = { id: 'canary', secret: canaries.get('OAuth client secret') ?? '' };
    keep('access token', await accessToken(shop(), client));
    const hook = { eventName: 'order_created', url: 'https://hooks.example.com/canary' };
    const added = await signed(shop().browser(), '/sdk/hooks', hook, {
      shop: '4711',
      key: canaries.get('shop key') ?? '',
    });
    expect(added.status).toBe(200);
    const { feeds } = shop().connector.directory as unknown as { feeds: { save(...feed: unknown[]): Promise<void> } };
    await feeds.save('demo', 1, 'https://feeds.example.com/a.csv');
    await shop().knex.raw(`
      insert into connect_import_report (tenant_id, shop_id, report_id, modified_at, md5, size, encoding, lines,
        warnings, errors, issue_lines, products, issues)
      values ('demo', 1, 1, now(), 'm', 10, 'UTF-8', 61, 2, 1, 3, 57, '[]')`);
    const setup = { protocol: 'cxml', buyer_cookie: 'c', return_url: 'https://erp.company.com/return' };
    await shop()
      .browser()
      .send('/v1/punchout/setup', {
        method: 'POST',
        body: JSON.stringify(setup),
        headers: {
          authorization: `Bearer ${keep('wrong API key', made('apiKey'))}`,
          'content-type': 'application/json',
        },
      });
  }

  /** Signs in with a password, tries the connection, and hands it over. */
  async function byOperator(connection: Record<string, string>): Promise<void> {
    const wrong = { email: 'canary@demo.test', password: keep('wrong password', made('wrongPassword')), next: '' };
    await shop().browser().post('/console/sign-in', wrong, OWN_FORM);
    owner = await signedIn(shop(), wrong.email, canaries.get('operator password'));
    for (const [name, value] of owner.browser.cookies) keep(`cookie ${name} of the operator`, value);
    const started = (await owner.post('/connections/company-cxml/test')).text;
    const [, startUrl = ''] = /class="button" href="([^"]+)" target="_blank"/.exec(started) ?? [];
    keep('start token of a test', new URL(startUrl.replaceAll('&amp;', '&')).searchParams.get('token') ?? '');
    ids.test = /\/tests\/([\w-]+)/.exec((await owner.get('/connections/company-cxml/test')).text)?.[1] ?? '';

    const link = await ask('adminMakeHandOver', { params: connection, body: { with_secret: true } });
    const door = new URL(link.json().data.url).pathname.slice(shop().prefix.length);
    const token = keep('token of an opened hand-over', door.split('/').at(-1) ?? '');
    const encoded = door.replace(
      token,
      token.replaceAll(/./g, (each) => `%${Buffer.from(each).toString('hex')}`),
    );
    for (const look of [door, `${door}/`, encoded, `${door}?x`])
      expect([look, (await shop().browser().get(look)).status]).toEqual([look, 200]);
    const opened = await shop().browser().post(door, {}, OWN_FORM);
    keep('secret of a hand-over', /<code class="secret">([^<]+)<\/code>/.exec(opened.text)?.[1] ?? '');
  }

  it('are found by this test, however they are written', () => {
    const [[name, secret] = ['', '']] = canaries;
    const bytes = Buffer.from(`the secret=${secret}!`);
    const all = Buffer.from(secret).toString('hex');
    for (const text of [
      `<a title="${secret}">`,
      all,
      all.toUpperCase(),
      all.replaceAll(/../g, '%$&'),
      ...[0, 1, 2].map((from) => bytes.subarray(from).toString('base64')),
    ])
      expect(shownIn(text)).toEqual([name]);
    expect(shownIn('connectionCanary')).toEqual([]);
  });

  /** Gives the number of its run. */
  async function indexMade(): Promise<string> {
    const ofConnection = { connection: 'company-cxml' };
    const begun = await ask('adminBeginIndexRun', { params: ofConnection, body: { formats: ['cxml', 'oci'] } });
    const run = String(begun.json().data.run_id);
    const worker = shop().connector.startWorker();
    await until(async () => {
      const { state } = (await ask('adminGetIndexRun', { params: { ...ofConnection, run } })).json().data;
      return state === 'done';
    });
    await worker.stop();
    return run;
  }

  it('are on no page and in no file of the console', async () => {
    const run = await indexMade();
    const refusals = (await ask('adminListRefusals')).json().data.messages;
    ids.refused = refusals[0].message_id;
    ids.document = (
      await ask('adminGetSession', { params: { session: ids.session } })
    ).json().data.messages[0].message_id;
    const wanted = ROUTES.flatMap(([method, path]) =>
      method === 'GET'
        ? [
            path
              .replace(/^\/documents\/1$/, `/documents/${ids.refused}`)
              .replace(/\/documents\/1$/, `/documents/${ids.document}`)
              .replace('demo_aaaaaaaaaaaaaaaaaaaaaaaaaa', ids.session)
              .replace('tests/none', `tests/${ids.test}`)
              .replace('order=x', `order=${ids.order}`)
              .replace(/indexes\/1$/, `indexes/${run}`),
          ]
        : [],
    );
    const found: string[] = [];
    const known = new Set(wanted);
    for (const path of known) {
      const answer = await owner.get(path);
      found.push(...shownIn(answer.text).map((name) => `${name}: ${path}`));
      if (wanted.includes(path)) expect([path, answer.status]).toEqual([path, path === '/events' ? 303 : 200]);
      // What a page leads to, each address once, whatever its query.
      for (const [, link = ''] of answer.text.matchAll(/href="[^"]*\/console(\/[^"?#]*)/g)) known.add(link);
    }
    expect(known.size).toBeGreaterThan(wanted.length + 20);
    expect(found).toEqual([]);
  });

  it('are in no answer of a reading operation of the admin API', async () => {
    const found: string[] = [];
    const run = await indexMade();
    const params: Record<string, string> = {
      connection: 'company-cxml',
      run,
      format: 'cxml',
      session: ids.session,
      order: ids.order,
      shop: '1',
      report: '1',
    };
    const key = canaries.get('API key') ?? '';
    for (const { operationId, method, path } of ADMIN_OPERATIONS) {
      if (method !== 'get' && !READ_BY_POST.includes(operationId)) continue;
      const question = { params, key, ...(method === 'get' ? {} : { body: {} }) };
      const answers = [await ask(operationId, question)];
      if (path.includes('analytics'))
        answers.push(await ask(operationId, { ...question, headers: { accept: 'text/csv' } }));
      for (const { text } of answers) found.push(...shownIn(text).map((name) => `${name}: ${operationId}`));
    }
    expect(found).toEqual([]);
  });

  it('are in no line of the log', () => expect(shop().logged.filter((line) => shownIn(line).length > 0)).toEqual([]));
});
