import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { SESSION, cartFields, put, rowOf, setRow, shopping } from '../../support/call-ups.js';
import { describeOnServer } from '../../contracts/databases.js';
import { createMigratedDatabase } from '../../support/server-database.js';
import { type RunningShop, startShop } from '../../support/running-shop.js';
import { type Answer, JSON_WANTED, NAVIGATION, type WebClient, plain } from '../../support/web-client.js';
import { ask } from '../gateway/api/api-calls.js';

const TRANSFER = `${SESSION}/logout?transferred=1`;
const UNCHANGED = `${TRANSFER}&unchanged=1`;
const LOGOUT = `${SESSION}/logout`;

describeOnServer('two ends of one session at the same moment, on a PostgreSQL server', () => {
  const running: { shop?: RunningShop; server?: Awaited<ReturnType<typeof createMigratedDatabase>> } = {};
  /** Hooks that run between reading a session and ending it, for a logout and for a transfer. */
  const between: { logout?: (() => Promise<unknown>) | undefined; transfer?: (() => Promise<unknown>) | undefined } =
    {};
  const once = async (which: keyof typeof between): Promise<void> => {
    const act = between[which];
    between[which] = undefined;
    await act?.();
  };
  const shop = (): RunningShop => {
    if (running.shop === undefined) throw new Error('the shop did not start');
    return running.shop;
  };
  beforeAll(async () => {
    running.server = await createMigratedDatabase();
    running.shop = await startShop({ url: running.server.url }, '', {
      connector: {
        async transferHandler(_event, encode) {
          await once('transfer');
          return encode();
        },
      },
    });
    // A logout has already read its session when it asks for the tenant's origins.
    const { tenants } = running.shop.connector.directory;
    const find = tenants.find.bind(tenants);
    tenants.find = async (tenantId) => {
      await once('logout');
      return find(tenantId);
    };
  }, 60_000);
  beforeEach(() => {
    between.logout = undefined;
    between.transfer = undefined;
  });
  afterAll(async () => {
    await running.shop?.close();
    await running.server?.drop();
  });

  /** A filled cart, with two tabs of one browser. */
  async function twoTabs(): Promise<{ client: WebClient; other: WebClient; transmissionId: string }> {
    const { client, transmissionId } = await shopping(shop());
    await put(client, 'SKU-001', 2);
    const other = shop().browser();
    for (const [name, value] of client.cookies) other.cookies.set(name, value);
    return { client, other, transmissionId };
  }
  const claimOf = (client: WebClient): string[] => [...client.cookies.keys()].filter((name) => name.includes('claim'));
  const statusOf = async (transmissionId: string): Promise<unknown> => (await rowOf(shop(), transmissionId))['status'];

  /** The browser gets both answers, the logout's last: its cart can still be shown. */
  async function expectShownAgain(client: WebClient, sent: Answer): Promise<void> {
    expect(claimOf(client)).toHaveLength(1);
    expect((await client.get(`${SESSION}/get`, JSON_WANTED)).json()).toMatchObject({
      active: false,
      status: 'transferred',
      resend: TRANSFER,
    });
    expect((await client.post(TRANSFER, '', JSON_WANTED)).json()).toEqual(sent.json());
  }

  it('transfer before logout: the logout reports the transfer, and the cart can be shown again', async () => {
    const { client, other, transmissionId } = await twoTabs();
    const sent: Answer[] = [];
    between.logout = async () => sent.push(await other.post(TRANSFER, '', JSON_WANTED));
    expect((await client.post(LOGOUT, '', JSON_WANTED)).json()).toEqual({
      active: false,
      transmissionId,
      status: 'transferred',
    });
    expect(await statusOf(transmissionId)).toBe('transferred');
    await expectShownAgain(client, sent[0]!);
  });

  it.each(['en', 'de'])('the same as a page (%s): its button sends the cart again', async (language) => {
    const { client, other } = await twoTabs();
    between.logout = () => other.post(TRANSFER, '', JSON_WANTED);
    await setRow(shop(), (await client.get(`${SESSION}/get`, JSON_WANTED)).json().transmissionId, {
      request: JSON.stringify({ items: [], extrinsics: [], language }),
    });
    const page = await client.post(LOGOUT, '', { ...NAVIGATION, 'sec-fetch-site': 'same-origin' });
    expect(plain(page.text)).toContain(
      language === 'de' ? 'Ihr Warenkorb wurde übergeben' : 'Your cart was transferred',
    );
    expect(page.text).not.toMatch(/discarded|verworfen/);
    expect(Object.keys(cartFields(await client.submit(page)))).toEqual(['cXML-urlencoded']);
  });

  it('transfer before logout/redirect: redirected home, and the claim cookie stays', async () => {
    const { client, other, transmissionId } = await twoTabs();
    const sent: Answer[] = [];
    between.logout = async () => sent.push(await other.post(TRANSFER, '', JSON_WANTED));
    expect((await client.post(`${SESSION}/logout/redirect`, '', NAVIGATION)).status).toBe(303);
    expect(await statusOf(transmissionId)).toBe('transferred');
    await expectShownAgain(client, sent[0]!);
  });

  it('return without changes before logout: closed, and that answer can be shown again', async () => {
    const { client, other, transmissionId } = await twoTabs();
    const sent: Answer[] = [];
    between.logout = async () => sent.push(await other.post(UNCHANGED, '', JSON_WANTED));
    expect((await client.post(LOGOUT, '', JSON_WANTED)).json()).toEqual({
      active: false,
      transmissionId,
      status: 'closed',
    });
    expect((await client.post(TRANSFER, '', JSON_WANTED)).json()).toEqual(sent[0]!.json());
  });

  it.each<[string, (transmissionId: string) => Promise<unknown>, string]>([
    ['a cancellation by the shop', (id) => ask(shop(), 'cancelSession', { id }), 'cancelled'],
    ['a time-out', (id) => setRow(shop(), id, { expires_at: new Date(0) }), 'expired'],
  ])('%s before logout: the logout reports it', async (_, happen, status) => {
    const { client, transmissionId } = await twoTabs();
    between.logout = () => happen(transmissionId);
    expect((await client.post(LOGOUT, '', JSON_WANTED)).json()).toEqual({ active: false, transmissionId, status });
  });

  it.each<[string, (other: WebClient, id: string) => Promise<unknown>, string, number, string]>([
    ['a logout', (other) => other.post(LOGOUT, '', JSON_WANTED), 'closed', 409, 'NO_SESSION'],
    ['a cancellation by the shop', (_, id) => ask(shop(), 'cancelSession', { id }), 'cancelled', 409, 'NO_SESSION'],
    ['a time-out', (_, id) => setRow(shop(), id, { expires_at: new Date(0) }), 'active', 410, 'SESSION_EXPIRED'],
  ])('%s before transfer: nothing is sent, and the transfer reports it', async (_, happen, row, status, code) => {
    const { client, other, transmissionId } = await twoTabs();
    between.transfer = () => happen(other, transmissionId);
    const answer = await client.post(TRANSFER, '', JSON_WANTED);
    expect([answer.status, answer.json().error.code]).toEqual([status, code]);
    expect(await statusOf(transmissionId)).toBe(row);
    expect(await shop().knex('transfer_payload').where({ transmission_id: transmissionId })).toEqual([]);
  });

  it.each([
    ['transfer', TRANSFER, 'transferred'],
    ['return without changes', UNCHANGED, 'closed'],
  ])('%s before a return without changes: the first answer, byte for byte', async (_, path, status) => {
    const { client, other, transmissionId } = await twoTabs();
    const sent: Answer[] = [];
    between.transfer = async () => sent.push(await other.post(path, '', JSON_WANTED));
    expect((await client.post(UNCHANGED, '', JSON_WANTED)).json()).toEqual(sent[0]!.json());
    expect(await statusOf(transmissionId)).toBe(status);
  });

  it('transfer before a cancellation: refused, because the cart was transferred', async () => {
    const { client, transmissionId } = await twoTabs();
    await client.post(TRANSFER, '', JSON_WANTED);
    expect((await ask(shop(), 'cancelSession', { id: transmissionId })).json().error.code).toBe('SESSION_TRANSFERRED');
  });

  it('in parallel, in both orders: every answer matches the database', async () => {
    const seen = new Set<unknown>();
    for (let round = 0; round < 20; round += 1) {
      const { client, other, transmissionId } = await twoTabs();
      const logOut = (): Promise<Answer> => client.post(LOGOUT, '', JSON_WANTED);
      const transfer = (): Promise<Answer> => other.post(TRANSFER, '', JSON_WANTED);
      const [first, second] = await Promise.all(round % 2 === 0 ? [logOut(), transfer()] : [transfer(), logOut()]);
      const [ended, sent] = round % 2 === 0 ? [first, second] : [second, first];
      const status = await statusOf(transmissionId);
      seen.add(status);
      expect([ended.status, ended.json()]).toEqual([200, { active: false, transmissionId, status }]);
      if (status === 'transferred') {
        expect(sent.json()).toMatchObject({ method: 'post' });
        await expectShownAgain(client, sent);
      } else {
        // A transfer that came after the session's end did nothing.
        expect(status).toBe('closed');
        expect(sent.status === 200 ? sent.json() : sent.json().error.code).toEqual(
          sent.status === 200 ? { active: false } : 'NO_SESSION',
        );
        expect(claimOf(client)).toEqual([]);
      }
    }
    expect([...seen].every((status) => status === 'closed' || status === 'transferred')).toBe(true);
  });
});
