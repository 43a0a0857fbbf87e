import { describe, expect, it } from '@jest/globals';
import { DEMO } from '../../../src/demo/seed-demo.js';
import { SESSION, callUp, idOf, put, shopping } from '../../support/call-ups.js';
import { describeShop, type RunningShop } from '../../support/running-shop.js';
import { type Answer, HTML, NAVIGATION } from '../../support/web-client.js';
import { ask } from '../gateway/api/api-calls.js';

const CSP = 'application/csp-report';
const FRAME = { ...NAVIGATION, 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'iframe' };

const policyOf = (page: Answer): string => String(page.headers['content-security-policy']);
/** The address to which a browser reports about this page. */
const reportUriOf = (page: Answer): string => /report-uri ([^;]+)$/.exec(policyOf(page))?.[1] ?? '';
const report = (shop: RunningShop, path: string, body: object | string): Promise<Answer> =>
  shop
    .browser()
    .post(new URL(shop.url).origin + path, typeof body === 'string' ? body : JSON.stringify({ 'csp-report': body }), {
      'content-type': CSP,
    });

describeShop('what browsers refuse', {}, (shop) => {
  const rowsOf = async (answer: Answer): Promise<Record<string, unknown>[]> => {
    await ask(shop(), 'listRefusedMessages', { query: '?limit=1' });
    return shop().knex('message_log').where({ reference: answer.headers['x-request-id'] });
  };
  const cookiesRefused = async (headers: Record<string, string>): Promise<{ page: Answer; id: string }> => {
    const client = shop().browser();
    const startUrl = await callUp(shop());
    const probed = await client.get(startUrl, headers);
    client.cookies.clear();
    return { page: await client.get(probed.location, headers), id: idOf(startUrl) };
  };
  const transferPage = async (): Promise<{ page: Answer; id: string }> => {
    const { client, transmissionId: id } = await shopping(shop());
    await put(client, 'SKU-001', 1);
    return { page: await client.get(`${SESSION}/logout?transferred=1`, HTML), id };
  };

  it('each page names where to report, with its kind and session', async () => {
    const base = `${shop().prefix}${SESSION}/report`;
    const { page, id } = await transferPage();
    expect(reportUriOf(page)).toBe(`${base}/transfer/${id}`);
    const refused = await cookiesRefused(NAVIGATION);
    expect(reportUriOf(refused.page)).toBe(`${base}/login/${refused.id}`);
    const oci = await shop().browser().post('/v1/punchout/oci/setup', { USERNAME: 'nobody' }, HTML);
    expect(reportUriOf(oci)).toBe(`${base}/refusal`);
  });

  it('a refused frame: one row of the session, with the portal and the list', async () => {
    const { page, id } = await transferPage();
    const answer = await report(shop(), reportUriOf(page), {
      'document-uri': 'https://shop.example/login?token=SECRET',
      'effective-directive': 'frame-ancestors',
      'blocked-uri': 'https://portal.example/path?token=SECRET',
    });
    expect(answer.status).toBe(204);
    const rows = await rowsOf(answer);
    expect(rows).toEqual([
      expect.objectContaining({
        tenant_id: DEMO.tenantId,
        transmission_id: id,
        connection_id: 'company-cxml',
        kind: 'Framing refused',
        code: 'FRAMING_REFUSED',
        reason: expect.stringContaining(
          'did not show the transfer page in a frame of https://portal.example. Allowed: https://erp.company.com',
        ),
      }),
    ]);
    expect(JSON.stringify(rows)).not.toContain('SECRET');
  });

  it('a browser that names our own page as blocked: the referrer is the portal', async () => {
    const { page } = await transferPage();
    const answer = await report(shop(), reportUriOf(page), {
      'violated-directive': "frame-ancestors 'self'",
      'blocked-uri': `${new URL(shop().url).origin}/x`,
      referrer: 'https://portal.example/',
    });
    expect((await rowsOf(answer))[0]?.['reason']).toContain('in a frame of https://portal.example.');
  });

  it('a form that is listed but was not sent: it redirects elsewhere', async () => {
    const { page } = await transferPage();
    const answer = await report(shop(), reportUriOf(page), {
      'effective-directive': 'form-action',
      'blocked-uri': 'https://erp.company.com/punchout/return',
    });
    expect((await rowsOf(answer))[0]).toMatchObject({
      kind: 'Sending refused',
      code: 'SENDING_REFUSED',
      reason: expect.stringContaining('to https://erp.company.com. It is listed, so it redirects elsewhere.'),
    });
  });

  it.each([
    ['another directive', 'login', { 'effective-directive': 'style-src-elem' }],
    ['an unknown page', 'checkout', { 'effective-directive': 'frame-ancestors' }],
    ['no report', 'login', { 'effective-directive': 7 }],
  ])('%s is dropped', async (_, page, body) => {
    const answer = await report(shop(), `${shop().prefix}${SESSION}/report/${page}`, body);
    expect([answer.status, await rowsOf(answer)]).toEqual([204, []]);
  });

  it('hostile reports leave only what can be an origin; too large ones are refused', async () => {
    const path = `${shop().prefix}${SESSION}/report/login/nobody_1`;
    const strange = { 'effective-directive': 'frame-ancestors', 'blocked-uri': '<script>alert(1)</script>' };
    const answer = await report(shop(), path, strange);
    expect((await rowsOf(answer))[0]?.['reason']).toBe(
      'The browser did not show the login page in a frame of a page that the browser does not name. Allowed: none.',
    );
    expect((await report(shop(), path, 'x'.repeat(20_000))).status).toBe(413);
    expect((await report(shop(), path, '{"csp-report":null}')).status).toBe(204);
  });

  describe('Chromium sends no report for a refused frame', () => {
    it('so the request of a page that a foreign portal frames is recorded, and the answer stays', async () => {
      const { page, id } = await transferPageIn({ ...FRAME, referer: 'https://portal.example/' });
      expect(page.status).toBe(200);
      expect(await rowsOf(page)).toEqual([
        expect.objectContaining({
          transmission_id: id,
          kind: 'Framing refused',
          code: 'FRAMING_REFUSED',
          reason: expect.stringContaining('was opened in a frame by https://portal.example, which may not frame it'),
        }),
      ]);
    });

    it.each<[string, Record<string, string>]>([
      ['the buyer', { ...FRAME, referer: 'https://erp.company.com/' }],
      ['our own page', { ...FRAME, referer: 'OWN' }],
      ['nobody who is named', FRAME],
      ['a link, not a frame', { ...NAVIGATION, referer: 'https://portal.example/' }],
    ])('framed by %s: nothing is recorded', async (_, headers) => {
      const own: Record<string, string> = headers['referer'] === 'OWN' ? { referer: `${shop().url}/` } : {};
      const { page } = await transferPageIn({ ...headers, ...own });
      expect([page.status, await rowsOf(page)]).toEqual([200, []]);
    });

    it('the login in a foreign portal is recorded before the redirects, and goes on', async () => {
      const client = shop().browser();
      const startUrl = await callUp(shop());
      const probed = await client.get(startUrl, { ...FRAME, referer: 'https://portal.example/' });
      expect(probed.status).toBe(303);
      expect(await rowsOf(probed)).toEqual([
        expect.objectContaining({
          transmission_id: idOf(startUrl),
          code: 'FRAMING_REFUSED',
          reason: expect.stringContaining('The login page was opened in a frame by https://portal.example'),
        }),
      ]);
      expect((await client.get(probed.location, FRAME)).status).toBe(303);
    });

    async function transferPageIn(headers: Record<string, string>): Promise<{ page: Answer; id: string }> {
      const { client, transmissionId: id } = await shopping(shop());
      await put(client, 'SKU-001', 1);
      return { page: await client.get(`${SESSION}/logout?transferred=1`, headers), id };
    }
  });
});
