import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeOnServer } from '../contracts/databases.js';
import { createMigratedDatabase } from '../support/server-database.js';
import { type RedisProcess, ask as redis, startRedis } from '../adapters/sessions/redis-servers.js';
import { accessToken, contextCall, contextPath } from '../support/context-calls.js';
import { SETUP, callUp, put, shopping } from '../support/call-ups.js';
import { ssoUrl } from '../support/clone-calls.js';
import { type RunningShop, startShop } from '../support/running-shop.js';
import { until } from '../support/until.js';
import { HTML, JSON_WANTED } from '../support/web-client.js';
import { DEMO_KEY, WISH, started } from '../http/gateway/api/api-calls.js';
import { orderMessage } from '../http/gateway/api/order-message.js';
import { signed } from '../http/connect/signed-calls.js';

const CALL = {
  HOOK_URL: 'https://erp.company.com/oci/return',
  USERNAME: 'buyer@company.com',
  PASSWORD: 'SecretPassword123',
};
const JSON_BODY = { 'content-type': 'application/json', authorization: `Bearer ${DEMO_KEY}` };

describeOnServer('T29, T62: what lies in PostgreSQL, in Redis and in the log opens nothing', () => {
  const world: {
    server?: Awaited<ReturnType<typeof createMigratedDatabase>>;
    redis?: RedisProcess;
    shop?: RunningShop;
  } = {};
  const shop = (): RunningShop => {
    if (world.shop === undefined) throw new Error('the shop did not start');
    return world.shop;
  };
  beforeAll(async () => {
    world.server = await createMigratedDatabase();
    world.redis = await startRedis();
    const connector = { redisUrl: `redis://127.0.0.1:${world.redis.port}` };
    world.shop = await startShop({ url: world.server.url }, '', { connector });
  }, 120_000);
  afterAll(async () => {
    await world.shop?.close();
    await world.redis?.stop();
    await world.server?.drop();
  });

  /** All content of database, Redis and log, as text. */
  async function everythingKept(): Promise<string> {
    const tables = await shop().query<{ name: string }>(
      {
        name: 'tables',
        text:
          `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = ` +
          `'BASE TABLE'`,
      },
      [],
    );
    expect(tables.length).toBeGreaterThan(30);
    const rows = await Promise.all(
      tables.map(async ({ name }) =>
        (await shop().knex.raw<{ rows: { row: string }[] }>('select t::text as row from ?? t', [name])).rows.map(
          ({ row }) => `${name} ${row}`,
        ),
      ),
    );
    const port = world.redis?.port ?? 0;
    const keys = (await redis(port, 'keys', '*')).split('\n').filter(Boolean);
    expect(keys.length).toBeGreaterThan(0);
    const values = await Promise.all(keys.map(async (key) => `redis ${key} ${await redis(port, 'get', key)}`));
    return [...rows.flat(), ...values, ...shop().logged].join('\n');
  }

  it('no start token, session id, claim, page token, bearer token or secret is stored in plain text', async () => {
    const canaries = new Map<string, string>();
    const note = (name: string, value: string | null | undefined): void => {
      expect([name, (value ?? '').length > 10]).toEqual([name, true]);
      canaries.set(name, value ?? '');
    };
    const tokenOf = (url: string): string | null => new URL(url).searchParams.get('token');

    // Valid links.
    note('start token by cXML', tokenOf(await callUp(shop())));
    const keyed = { ...JSON_BODY, 'idempotency-key': 'the-key-of-a-client' };
    const setup = { method: 'POST', body: JSON.stringify(WISH), headers: keyed };
    const first = await shop().browser().send(SETUP, setup);
    const startUrl: string = first.json().data.start_url;
    note('start token by JSON with an Idempotency-Key', tokenOf(startUrl));
    await shop().onboard({
      connectionId: 'jwt',
      settings: { startToken: 'jwt' },
      credential: { kind: 'cxml', domain: 'NetworkId', identity: 'jwt@company.com' },
    });
    note('start token as JWT', tokenOf(await callUp(shop(), { identity: 'jwt@company.com' })));
    const oci = await shop()
      .browser()
      .send('/v1/punchout/oci/setup', {
        method: 'POST',
        body: new URLSearchParams(CALL).toString(),
        headers: { ...HTML, 'content-type': 'application/x-www-form-urlencoded' },
      });
    note(
      'start token by OCI',
      tokenOf(/https?:[^"]*\/login\/[^"]*/.exec(oci.text)?.[0]?.replaceAll('&#38;', '&') ?? oci.location),
    );
    note('SSO token', tokenOf(await ssoUrl(shop())));

    // An active session.
    const { client } = await shopping(shop());
    await put(client, 'SKU-001', 1);
    for (const [name, value] of client.cookies) {
      note(`cookie ${name}`, value);
      // express-session signs: `s:{id}.{signature}`.
      const id = /^s:([^.]+)\./.exec(decodeURIComponent(value))?.[1];
      if (id !== undefined) note(`session id of ${name}`, id);
    }
    expect(client.cookies.size).toBe(2);

    // A posted cart: the address of its page.
    const { id } = await started(shop());
    const posted = await shop()
      .browser()
      .send(`/v1/punchout/transfer?session_id=${id}`, {
        method: 'POST',
        body: orderMessage({ buyerCookie: 'BUYER_123' }),
        headers: { 'content-type': 'application/xml', authorization: `Bearer ${DEMO_KEY}` },
      });
    note('token of a return page', tokenOf(posted.json().data.return_page_url));
    const answer = await shop()
      .browser()
      .get(
        '/v1/punchout/oci/setup?' +
          new URLSearchParams({ ...CALL, FUNCTION: 'VALIDATE', PRODUCTID: 'SKU-001', QUANTITY: '1' }).toString(),
        HTML,
      );
    note('token of an answer', tokenOf(answer.location));

    // Bearer tokens and keys.
    const bearer = await accessToken(shop());
    note('access token', bearer);
    await contextCall(shop(), contextPath(id), { token: bearer });
    await signed(shop().browser(), '/sdk/ping', '{}');
    for (const [name, value] of Object.entries({
      'API key': DEMO_KEY,
      'key of a shop': 'demo-connect-key',
      'key of a middleware': 'site-api-key-abc',
      'secret of a buyer': 'SecretPassword123',
      'secret of a client': 'demo-client-secret',
    }))
      note(name, value);

    // The message log is written with a delay.
    await until(async () => (await shop().knex('message_log').where({ direction: 'out' })).length >= 6);
    const kept = await everythingKept();
    for (const [name, value] of canaries)
      expect({
        name,
        at: kept
          .split('\n')
          .filter((line) => line.includes(value))
          .map((line) => line.slice(0, 300)),
      }).toEqual({ name, at: [] });

    // The same request again still gets the same valid link.
    const again = await shop().browser().send(SETUP, setup);
    expect([again.text, again.headers['idempotent-replayed']]).toEqual([first.text, 'true']);
    expect((await shop().browser().get(startUrl, JSON_WANTED)).json()).toMatchObject({ active: true });
  });
});
