import { describe, expect, it, jest } from '@jest/globals';
import express, { type Express } from 'express';
import request from 'supertest';
import { playRuns } from '../../../src/demo/virtual-buyer/play/play-run.js';
import { createVirtualBuyer } from '../../../src/demo/virtual-buyer/create-virtual-buyer.js';
import { decodeRepostReturn } from '../../../src/protocols/returned-cart.js';
import { readReturnPage } from '../../../src/protocols/form/read-return-page.js';
import { rocketExample } from '../../support/clone-calls.js';

const publicUrl = 'http://127.0.0.1:3000';

function appWith(answer: string): { app: Express; fetch: jest.Mock<typeof globalThis.fetch> } {
  const fetch = jest.fn<typeof globalThis.fetch>(() => Promise.resolve(new Response(answer)));
  const app = express();
  app.use(
    createVirtualBuyer({
      publicUrl,
      fetch,
      plays: playRuns({ shopUrl: publicUrl, prepare: () => Promise.resolve() }),
    }),
  );
  return { app, fetch };
}

const start = (app: Express): request.Test =>
  request(app).post('/virtual-buyer/start').set('Accept-Language', 'de').type('form').send({ protocol: 'repost' });

describe('the virtual buyer as a middleware (custom store integration)', () => {
  it('requests a clone with all base fields, and frames the SSO link; the key is hidden', async () => {
    const { app, fetch } = appWith(`{"status":"ok","sso_url":"${publicUrl}/sso?token=demo_x.y"}`);
    const page = await start(app).expect(200);
    const [url, init] = fetch.mock.calls[0] ?? [];
    expect([url, init?.method]).toEqual([`${publicUrl}/api/punchout/clone`, 'POST']);
    expect(JSON.parse(typeof init?.body === 'string' ? init.body : '')).toEqual({
      username: 'buyer123',
      api_key: 'site-api-key-abc',
      session_token: expect.stringMatching(/^virtual-buyer-/),
      operation: 'create',
      end_customer_id: 2,
      gateway_base_url: `${publicUrl}/virtual-buyer/middleware`,
    });
    expect(page.text).toContain(`src="${publicUrl}/sso?token=demo_x.y"`);
    expect(page.text).not.toContain('site-api-key-abc');
  });

  it.each([
    '{"status":"error","error_code":"sso_unavailable","message":"no"}',
    '{"status":"ok","sso_url":"javascript:alert(1)"}',
    'no json',
  ])('shows the refusal: %s', async (answer) => {
    const page = await start(appWith(answer).app).expect(502);
    expect(page.text).toContain('keine sso_url');
  });

  it('reads the example of Punchout Rocket, whose second total is 43.60, and reports missing fields', async () => {
    const { loose } = readReturnPage(rocketExample('auto-post.html'));
    const cart = decodeRepostReturn(loose);
    expect(cart).toMatchObject({
      buyerCookie: 'session_token',
      currency: 'EUR',
      total: '107.40',
      findings: [{ severity: 'warning', place: 'end_customer_id' }],
    });
    expect(cart.lines.map(({ supplierPartId, quantity, amount }) => [supplierPartId, quantity, amount])).toEqual([
      ['ABC-001', '2', '63.80'],
      ['XYZ-002', '4', '43.60'],
    ]);
    expect(cart.document).not.toContain('site-api-key-abc');
    const body = new URLSearchParams(loose.map(({ name, value }): [string, string] => [name, value])).toString();
    const page = await request(appWith('').app)
      .post('/virtual-buyer/middleware/start-sso-checkout')
      .type('form')
      .send(body)
      .expect(200);
    expect(page.text).toMatch(/Example description[\s\S]*Another example description/);
    expect(page.text).toContain('session_token: <code>session_token</code>');
    expect(page.text).not.toContain('site-api-key-abc');
  });

  it('an unreadable form is a finding, not a failure', () => {
    expect(decodeRepostReturn([{ name: 'products[0][sku]', value: 'A' }])).toMatchObject({
      lines: [],
      findings: [{ severity: 'error', text: 'Field session_token is missing.' }],
    });
  });
});
