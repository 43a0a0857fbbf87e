import { describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { API_SECTIONS } from '../../../src/wiring/api-sections.js';
import { SESSION, cxmlStatus, idOf, postXml, rowOf, setRow, setupXml, startUrlOf } from '../../support/call-ups.js';
import { type RunningShop, describeShop } from '../../support/running-shop.js';
import { type Answer, HTML, JSON_WANTED } from '../../support/web-client.js';
import { otherTenant } from './api/api-calls.js';

const OCI_SETUP = '/v1/punchout/oci/setup';
const from = (address: string): Record<string, string> => ({ 'x-forwarded-for': address });
/** More requests than any other test here sends from one address. */
const PER_ADDRESS = 30;
let serial = 0;

/** Each test has its own buyer, so that counters do not mix. */
async function buyer(
  shop: RunningShop,
  settings: object,
  protocol: 'cxml' | 'oci' = 'cxml',
): Promise<{
  cxml(headers?: Record<string, string>): Promise<Answer>;
  oci(headers?: Record<string, string>): Promise<Answer>;
  connectionId: string;
}> {
  const identity = `admitted-${process.pid}-${(serial += 1)}${shop.prefix.length}`;
  const connectionId = `admitted-${serial}`;
  await shop.onboard({
    connectionId,
    protocol,
    settings,
    credential:
      protocol === 'cxml' ? { kind: 'cxml', domain: 'NetworkId', identity } : { kind: 'oci', domain: '', identity },
  });
  return {
    connectionId,
    cxml: (headers = {}) => postXml(shop.browser(), setupXml({ identity }), headers),
    oci: (headers = {}) =>
      shop
        .browser()
        .post(
          OCI_SETUP,
          { USERNAME: identity, PASSWORD: 'SecretPassword123', HOOK_URL: 'https://erp.company.com/oci/return' },
          { ...HTML, ...headers },
        ),
  };
}

async function tenantDefaults(shop: RunningShop, connectionDefaults: object): Promise<void> {
  await shop.connector.directory.tenants.save({
    tenantId: 'demo',
    name: 'Demo shop',
    settings: { frontendOrigins: [], connectionDefaults },
  });
}

describeShop(
  'Admission',
  { trustedProxies: ['127.0.0.1', '10.0.0.1'], connector: { requestsPerAddress: PER_ADDRESS } },
  (shop) => {
    describe('Allow-list (T36)', () => {
      it("allows listed addresses; refuses others in the caller's format", async () => {
        const listed = { allowedAddresses: ['192.0.2.0/24', '2001:db8::/32'] };
        const cxml = await buyer(shop(), listed);
        for (const address of ['192.0.2.7', '::ffff:192.0.2.7', '2001:db8::1'])
          expect(cxmlStatus(await cxml.cxml(from(address))).code).toBe('200');
        const refused = await cxml.cxml(from('198.51.100.1'));
        expect([refused.status, cxmlStatus(refused)]).toEqual([
          200,
          { code: '403', text: 'These credentials may not be used from this address.' },
        ]);
        const json = await cxml.cxml({ ...from('198.51.100.1'), ...JSON_WANTED });
        expect([json.status, json.json()]).toEqual([
          403,
          {
            success: false,
            error: {
              code: 'ADDRESS_NOT_ALLOWED',
              message: 'Diese Zugangsdaten dürfen von dieser Adresse aus nicht benutzt werden',
              details: {},
            },
          },
        ]);
        const oci = await buyer(shop(), listed, 'oci');
        expect((await oci.oci(from('192.0.2.7'))).status).toBe(200);
        const page = await oci.oci(from('198.51.100.1'));
        expect([page.status, page.headers['content-type']]).toEqual([403, 'text/html; charset=utf-8']);
      });

      it('the client is named by the declared proxies (0, 1 and 2 of them), never by itself', async () => {
        const { cxml } = await buyer(shop(), { allowedAddresses: ['192.0.2.7'] });
        const codeFor = async (forwarded: string): Promise<string> => cxmlStatus(await cxml(from(forwarded))).code;
        // Nearest last: the last address that is not a declared proxy counts.
        expect(await codeFor('192.0.2.7')).toBe('200');
        expect(await codeFor('192.0.2.7, 10.0.0.1')).toBe('200');
        expect(await codeFor('192.0.2.7, 198.51.100.1')).toBe('403');
        expect(await codeFor('192.0.2.7, 198.51.100.1, 10.0.0.1')).toBe('403');
        expect(await codeFor('198.51.100.1, 192.0.2.7, 10.0.0.1')).toBe('200');
        expect(await codeFor('')).toBe('403');
        expect(
          cxmlStatus(
            await cxml({ 'x-real-ip': '192.0.2.7', 'true-client-ip': '192.0.2.7', forwarded: 'for=192.0.2.7' }),
          ).code,
        ).toBe('403');
      });

      it("the tenant's list applies if the connection has none, and for API keys", async () => {
        await otherTenant(shop());
        const [own, inherited] = [await buyer(shop(), { allowedAddresses: ['198.51.100.1'] }), await buyer(shop(), {})];
        await tenantDefaults(shop(), { allowedAddresses: ['192.0.2.7'] });
        try {
          expect([
            cxmlStatus(await own.cxml(from('198.51.100.1'))).code,
            cxmlStatus(await own.cxml(from('192.0.2.7'))).code,
          ]).toEqual(['200', '403']);
          expect([
            cxmlStatus(await inherited.cxml(from('198.51.100.1'))).code,
            cxmlStatus(await inherited.cxml(from('192.0.2.7'))).code,
          ]).toEqual(['403', '200']);
          const list = (key: string, address: string): Promise<Answer> =>
            shop()
              .browser()
              .get('/v1/punchout/sessions', { authorization: `Bearer ${key}`, ...from(address) });
          expect([
            (await list('demo-api-key', '192.0.2.7')).status,
            (await list('demo-api-key', '198.51.100.1')).status,
            (await list('other-reader', '198.51.100.1')).status,
          ]).toEqual([200, 403, 200]);
        } finally {
          await tenantDefaults(shop(), {});
        }
        expect(cxmlStatus(await inherited.cxml(from('198.51.100.1'))).code).toBe('200');
      });
    });

    describe('Rate limits (T37)', () => {
      it('of a connection, from all addresses; another connection is not affected', async () => {
        const { cxml } = await buyer(shop(), { requestsPerMinute: 3 });
        const neighbour = await buyer(shop(), { requestsPerMinute: 3 });
        for (const address of ['192.0.2.1', '192.0.2.2', '192.0.2.3'])
          expect(cxmlStatus(await cxml(from(address))).code).toBe('200');
        const over = await cxml(from('192.0.2.4'));
        expect([over.status, cxmlStatus(over).code, over.text.includes('PunchOutSetupResponse')]).toEqual([
          200,
          '560',
          false,
        ]);
        expect(Number(over.headers['retry-after'])).toBeGreaterThanOrEqual(1);
        expect(cxmlStatus(await neighbour.cxml(from('192.0.2.4'))).code).toBe('200');
      });

      it('of one address within a connection; 429 as JSON and as a page, each with Retry-After', async () => {
        const limited = { requestsPerAddress: 1 };
        const { cxml } = await buyer(shop(), limited);
        const { oci } = await buyer(shop(), limited, 'oci');
        expect([
          (await cxml(from('192.0.2.1'))).status,
          (await oci(from('192.0.2.1'))).status,
          (await oci(from('192.0.2.2'))).status,
        ]).toEqual([200, 200, 200]);
        const json = await cxml({ ...from('192.0.2.1'), ...JSON_WANTED, 'accept-language': 'en' });
        const seconds = Number(json.headers['retry-after']);
        expect([json.status, json.json()]).toEqual([
          429,
          {
            success: false,
            error: {
              code: 'RATE_LIMITED',
              message: 'Too many requests; try again later.',
              details: { retry_after_seconds: seconds },
            },
          },
        ]);
        const page = await oci(from('192.0.2.1'));
        expect([page.status, page.headers['content-type'], Number(page.headers['retry-after']) > 0]).toEqual([
          429,
          'text/html; charset=utf-8',
          true,
        ]);
        expect(page.text).toContain('RATE_LIMITED');
      });

      it('of an API key', async () => {
        await otherTenant(shop(), 'limited');
        const { tenants } = shop().connector.directory;
        await tenants.save({
          tenantId: 'limited',
          name: 'Limited',
          settings: { frontendOrigins: [], connectionDefaults: { requestsPerMinute: 2 } },
        });
        const list = (key: string): Promise<Answer> =>
          shop()
            .browser()
            .get('/v1/punchout/sessions', { authorization: `Bearer ${key}`, ...from('192.0.2.1') });
        expect([
          (await list('limited-reader')).status,
          (await list('limited-reader')).status,
          (await list('limited-reader')).status,
          (await list('limited-all')).status,
        ]).toEqual([200, 200, 429, 200]);
      });

      it('in the demo this machine is not limited', async () => {
        const { cxml } = await buyer(shop(), { requestsPerMinute: 1 });
        for (let call = 0; call < 5; call += 1) expect(cxmlStatus(await cxml()).code).toBe('200');
      });
    });

    describe('A limit for every address (REQUESTS_PER_ADDRESS)', () => {
      const use = async (address: string): Promise<void> => {
        for (let call = 0; call < PER_ADDRESS; call += 1)
          expect(
            (
              await shop()
                .browser()
                .get(`${SESSION}/get`, { ...JSON_WANTED, ...from(address) })
            ).status,
          ).toBe(200);
      };

      it('comes first, in each format; other addresses are not affected', async () => {
        const address = `203.0.113.${shop().prefix === '' ? 11 : 12}`;
        await use(address);
        const session = await shop()
          .browser()
          .get(`${SESSION}/get`, { ...JSON_WANTED, ...from(address) });
        expect([session.status, session.json().error.code, Number(session.headers['retry-after']) > 0]).toEqual([
          429,
          'RATE_LIMITED',
          true,
        ]);
        const page = await shop()
          .browser()
          .get(`${SESSION}/login/demo_x`, { ...HTML, ...from(address) });
        expect([page.status, page.headers['content-type']]).toEqual([429, 'text/html; charset=utf-8']);
        const cxml = await postXml(shop().browser(), setupXml(), from(address));
        expect([cxml.status, cxmlStatus(cxml).code, Number(cxml.headers['retry-after']) > 0]).toEqual([
          200,
          '560',
          true,
        ]);
        const list = await shop()
          .browser()
          .get('/v1/punchout/sessions', { authorization: 'Bearer demo-api-key', ...from(address) });
        expect([list.status, list.json().error.code, Number(list.headers['retry-after']) > 0]).toEqual([
          429,
          'RATE_LIMITED',
          true,
        ]);
        const ping = await shop()
          .browser()
          .send('/sdk/ping', { method: 'POST', body: '{}', headers: from(address) });
        expect([ping.status, ping.json().error.code]).toEqual([429, 'RATE_LIMITED']);
        // Covers every operation of every family. If one gets through, its router lacks `limitAddress` of
        // `parts.admission`.
        const open: string[] = [];
        for (const { name, operations } of API_SECTIONS.filter((section) => section.name !== 'Operations')) {
          for (const { operationId, method, path } of operations) {
            const answer = await shop()
              .browser()
              .send(path.replaceAll(/\{\w+\}/g, 'x'), {
                method: method.toUpperCase(),
                headers: { ...JSON_WANTED, ...from(address) },
              });
            if (answer.status !== 429 && cxmlStatus(answer).code !== '560')
              open.push(`${name}: ${operationId} ${answer.status}`);
          }
        }
        expect(open).toEqual([]);
        expect((await shop().browser().get('/healthz', from(address))).status).toBe(200);
        expect(
          (
            await shop()
              .browser()
              .get(`${SESSION}/get`, { ...JSON_WANTED, ...from('203.0.113.9') })
          ).status,
        ).toBe(200);
      });
    });

    describe('Session times and start tokens by tenant, overridable by connection (PunchOut Session API)', () => {
      const minutesOf = async (answer: Answer): Promise<number[]> => {
        const row = await rowOf(shop(), idOf(startUrlOf(answer)));
        return ['expires_at', 'absolute_expires_at'].map((column) =>
          Math.round((Number(row[column]) - Number(row['created_at'])) / 60_000),
        );
      };

      it('default 60 minutes and 8 hours; by tenant; by connection', async () => {
        const [silent, own] = [await buyer(shop(), {}), await buyer(shop(), { idleMinutes: 20 })];
        expect([await minutesOf(await silent.cxml()), await minutesOf(await own.cxml())]).toEqual([
          [60, 480],
          [20, 480],
        ]);
        await tenantDefaults(shop(), { idleMinutes: 90, absoluteMinutes: 120 });
        try {
          expect([await minutesOf(await silent.cxml()), await minutesOf(await own.cxml())]).toEqual([
            [90, 120],
            [20, 120],
          ]);
        } finally {
          await tenantDefaults(shop(), {});
        }
        expect(await minutesOf(await silent.cxml())).toEqual([60, 480]);
      });

      it('activity extends the session, up to the absolute end', async () => {
        await tenantDefaults(shop(), { idleMinutes: 30, absoluteMinutes: 40 });
        try {
          const client = shop().browser();
          const id = idOf(startUrlOf(await (await buyer(shop(), {})).cxml()));
          await setRow(shop(), id, { token_digest: null });
          expect((await client.get(`${SESSION}/login/${id}`, JSON_WANTED)).status).toBe(200);
          await setRow(shop(), id, { expires_at: new Date(Date.now() + 60_000) });
          await client.get(`${SESSION}/get`, JSON_WANTED);
          const later = Number((await rowOf(shop(), id))['expires_at']) - Date.now();
          expect([later > 29 * 60_000, later <= 30 * 60_000]).toEqual([true, true]);
          await setRow(shop(), id, {
            expires_at: new Date(Date.now() + 60_000),
            absolute_expires_at: new Date(Date.now() + 120_000),
          });
          await client.get(`${SESSION}/get`, JSON_WANTED);
          expect(Number((await rowOf(shop(), id))['expires_at']) - Date.now()).toBeLessThanOrEqual(120_000);
        } finally {
          await tenantDefaults(shop(), {});
        }
      });

      it('JWT start token: five minutes, once, the same for a repeated call-up; useless if forged', async () => {
        const { cxml } = await buyer(shop(), { startToken: 'jwt', startLinkSeconds: 3_600 });
        const startUrl = startUrlOf(await cxml());
        const token = new URL(startUrl).searchParams.get('token') ?? '';
        const claims = decodeJwt(token);
        expect(claims).toMatchObject({ iss: shop().url, sub: idOf(startUrl), aud: 'punchout-login' });
        expect(Number(claims.exp) - Number(claims.iat)).toBe(300);
        const login = (shown: string): Promise<Answer> =>
          shop()
            .browser()
            .get(`${SESSION}/login/${idOf(startUrl)}?token=${shown}`, JSON_WANTED);
        for (const shown of [
          String(claims.jti),
          `${token.slice(0, -4)}AAAA`,
          token.split('.').slice(0, 2).join('.'),
          '',
        ])
          expect((await login(shown)).json().error.code).toBe('START_TOKEN_INVALID');
        const answers = await Promise.all(Array.from({ length: 8 }, () => login(token)));
        expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
          200, 409, 409, 409, 409, 409, 409, 409,
        ]);
      });

      it('JWT: after its time it is SESSION_EXPIRED, by the clock of the database', async () => {
        const startUrl = startUrlOf(await (await buyer(shop(), { startToken: 'jwt' })).cxml());
        await setRow(shop(), idOf(startUrl), { start_expires_at: new Date(Date.now() - 1_000) });
        const answer = await shop().browser().get(startUrl, JSON_WANTED);
        expect([answer.status, answer.json().error.code]).toEqual([410, 'SESSION_EXPIRED']);
      });

      it('OCI with JWT too; VALIDATE is still answered at once', async () => {
        const { oci } = await buyer(shop(), { startToken: 'jwt' }, 'oci');
        expect((await oci()).text).toMatch(/token=[\w-]+\.[\w-]+\.[\w-]+/);
        await tenantDefaults(shop(), { startToken: 'jwt' });
        const validated = await shop().browser().post(
          OCI_SETUP,
          {
            USERNAME: 'buyer@company.com',
            PASSWORD: 'SecretPassword123',
            HOOK_URL: 'https://erp.company.com/oci/return',
            FUNCTION: 'VALIDATE',
            PRODUCTID: 'SKU-001',
          },
          HTML,
        );
        await tenantDefaults(shop(), {});
        expect([validated.status, validated.text.includes('NEW_ITEM-VENDORMAT')]).toEqual([200, true]);
      });
    });
  },
);
