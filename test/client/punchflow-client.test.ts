import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { PunchFlowClient, PunchFlowError } from '../../src/client/punchflow-client.js';
import { JSON_WANTED } from '../support/web-client.js';
import { describeShop } from '../support/running-shop.js';

describeShop('PunchFlowClient (PunchOut Session API) against the server', {}, (shop) => {
  const client = (key = 'demo-api-key', language: 'de' | 'en' = 'de'): PunchFlowClient =>
    new PunchFlowClient(key, { baseUrl: shop().url, language, maxRetries: 0 });
  const setup = () =>
    client().punchout.setupSession({
      protocol: 'cxml',
      buyerCookie: 'BUYER_123',
      returnUrl: 'https://erp.example.com/return',
    });

  it("PunchFlow's call: the start URL logs the buyer in", async () => {
    const session = await setup();
    expect(session).toEqual({
      sessionId: expect.stringMatching(/^demo_/),
      status: 'active',
      protocol: 'cxml',
      startUrl: expect.any(String),
      createdAt: expect.any(Date),
      expiresAt: expect.any(Date),
    });
    expect((await shop().browser().get(session.startUrl, JSON_WANTED)).json()).toMatchObject({
      active: true,
      transmissionId: session.sessionId,
    });
  });

  it('reads and cancels sessions, one or several in a call', async () => {
    const [one, two] = [await setup(), await setup()];
    expect(await client().punchout.getSession(one.sessionId)).toMatchObject({
      sessionId: one.sessionId,
      cart: { itemsCount: 0, totalAmount: 0, currency: 'EUR' },
      metadata: { buyerCookie: 'BUYER_123', returnUrl: 'https://erp.example.com/return' },
    });
    const cancelled = await client().punchout.cancelSession(one.sessionId);
    expect(cancelled).toEqual({ sessionId: one.sessionId, status: 'cancelled', cancelledAt: expect.any(Date) });
    expect(await client().punchout.getSessions([two.sessionId, 'nobody'])).toEqual([
      {
        sessionId: two.sessionId,
        success: true,
        data: expect.objectContaining({ status: 'active', createdAt: expect.any(Date) }),
      },
      {
        sessionId: 'nobody',
        success: false,
        error: { code: 'TRANSMISSION_NOT_FOUND', message: expect.any(String), details: {} },
      },
    ]);
    expect(await client().punchout.cancelSessions([two.sessionId])).toMatchObject([
      { success: true, data: { status: 'cancelled' } },
    ]);
  });

  it('list pages, and all sessions across the pages', async () => {
    const ids = [];
    for (let count = 0; count < 5; count += 1) ids.unshift((await setup()).sessionId);
    const page = await client().punchout.listPage({ limit: 2, page: 1, status: 'active', protocol: 'cxml' });
    expect([page.sessions.map(({ sessionId }) => sessionId), page.pagination]).toEqual([
      ids.slice(0, 2),
      expect.objectContaining({ page: 1, limit: 2, nextCursor: expect.any(String), totalCapped: false }),
    ]);
    const seen: string[] = [];
    for await (const { sessionId } of client().punchout.listSessions({
      limit: 2,
      fromDate: new Date(Date.now() - 3_600_000),
    })) {
      seen.push(sessionId);
      if (seen.length === 5) break;
    }
    expect(seen).toEqual(ids);
  });

  it('reads the analytics of a period', async () => {
    await setup();
    const figures = await client().punchout.analytics({ period: 'week', groupBy: 'day' });
    expect(figures).toMatchObject({
      currency: 'EUR',
      summary: { totalSessions: expect.any(Number), conversionRate: expect.any(Number) },
      timeline: expect.any(Array),
      topProducts: expect.any(Array),
      byCurrency: expect.any(Array),
    });
  });

  it('a call repeated with the same Idempotency-Key has one effect', async () => {
    const wish = { protocol: 'oci', returnUrl: 'https://erp.example.com/return' } as const;
    const key = { idempotencyKey: `client-${Date.now()}-${shop().prefix.length}` };
    const sessions = await Promise.all([1, 2, 3].map(() => client().punchout.setupSession(wish, key)));
    expect(new Set(sessions.map(({ sessionId }) => sessionId)).size).toBe(1);
  });

  it('errors have code, status and details, in the requested language', async () => {
    await expect(client('wrong').punchout.listPage()).rejects.toMatchObject({
      name: 'PunchFlowError',
      code: 'INVALID_CREDENTIALS',
      status: 401,
      message: 'Die Anmeldedaten sind ungültig',
      details: { protocol: 'api_key' },
    });
    await expect(client('demo-api-key', 'en').punchout.getSession('../analytics')).rejects.toMatchObject({
      code: 'TRANSMISSION_NOT_FOUND',
      status: 404,
      message: 'There is no such punchout session.',
    });
    await expect(client().punchout.listPage({ limit: 101 })).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
      status: 400,
      details: { field: 'limit' },
    });
  });
});

describe('PunchFlowClient: retries', () => {
  const servers: Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });

  async function serving(
    answers: ((res: ServerResponse) => void)[],
  ): Promise<{ baseUrl: string; seen: IncomingMessage[] }> {
    const seen: IncomingMessage[] = [];
    const server = createServer((req, res) => {
      seen.push(req);
      req.resume().on('end', () => (answers[seen.length - 1] ?? answers.at(-1))?.(res));
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, seen };
  }
  const refusing =
    (status: number, code: string, headers: Record<string, string> = {}) =>
    (res: ServerResponse) =>
      res
        .writeHead(status, { 'content-type': 'application/json', ...headers })
        .end(JSON.stringify({ success: false, error: { code, message: code, details: {} } }));
  const cancelled = (res: ServerResponse) =>
    res.end(
      JSON.stringify({
        success: true,
        data: { session_id: 's', status: 'cancelled', cancelled_at: '2024-01-15T10:50:00Z' },
      }),
    );

  it('retries after 429, 503 and a broken connection: the same Idempotency-Key, not before Retry-After', async () => {
    const { baseUrl, seen } = await serving([
      refusing(429, 'RATE_LIMITED', { 'retry-after': '1' }),
      refusing(503, 'SERVICE_UNAVAILABLE', { 'retry-after': '0' }),
      (res) => res.destroy(),
      cancelled,
    ]);
    const startedAt = performance.now();
    expect(await new PunchFlowClient('k', { baseUrl }).punchout.cancelSession('s')).toEqual({
      sessionId: 's',
      status: 'cancelled',
      cancelledAt: new Date('2024-01-15T10:50:00Z'),
    });
    expect(performance.now() - startedAt).toBeGreaterThan(990);
    expect([seen.length, new Set(seen.map(({ headers }) => headers['idempotency-key'])).size]).toEqual([4, 1]);
    expect(seen[0]?.headers).toMatchObject({
      authorization: 'Bearer k',
      'accept-language': 'de',
      accept: 'application/json',
    });
  });

  it('does not retry other errors, more than maxRetries times, or if Retry-After is an hour', async () => {
    const conflict = await serving([refusing(409, 'SESSION_TRANSFERRED')]);
    await expect(new PunchFlowClient('k', conflict).punchout.cancelSession('s')).rejects.toMatchObject({
      code: 'SESSION_TRANSFERRED',
      status: 409,
    });
    const down = await serving([refusing(503, 'SERVICE_UNAVAILABLE', { 'retry-after': '0' })]);
    await expect(new PunchFlowClient('k', { ...down, maxRetries: 2 }).punchout.getSession('s')).rejects.toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
    });
    const busy = await serving([refusing(429, 'RATE_LIMITED', { 'retry-after': '3600' })]);
    await expect(new PunchFlowClient('k', busy).punchout.getSession('s')).rejects.toMatchObject({
      code: 'RATE_LIMITED',
      status: 429,
    });
    expect([conflict.seen.length, down.seen.length, busy.seen.length]).toEqual([1, 3, 1]);
  });

  it('reports an answer of a proxy, and no answer', async () => {
    const proxy = await serving([(res) => res.writeHead(502).end('<h1>Bad gateway</h1>')]);
    await expect(new PunchFlowClient('k', proxy).punchout.getSession('s')).rejects.toMatchObject({
      code: 'UNREADABLE',
      status: 502,
    });
    const silent = await serving([() => undefined]);
    const error: unknown = await new PunchFlowClient('k', { ...silent, maxRetries: 0, timeoutMs: 100 }).punchout
      .getSession('s')
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(PunchFlowError);
    expect(error).toMatchObject({ code: 'UNREACHABLE', status: 0 });
    for (const server of servers) server.closeAllConnections();
  });

  it('refuses to start without an API key', () => {
    expect(() => new PunchFlowClient('')).toThrow('the API key is missing');
  });
});
