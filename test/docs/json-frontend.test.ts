import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { decodeCxmlReturn } from '../../src/protocols/returned-cart.js';
import { HTML, JSON_WANTED, webClient, type WebClient } from '../support/web-client.js';
import { codeBlocks } from './markdown.js';
import { copyProject, freePort, type ProjectCopy } from './project-copy.js';

jest.setTimeout(240_000);

describe('docs/frontends.md: the frontend on another origin', () => {
  let copy: ProjectCopy;
  let server: Awaited<ReturnType<ProjectCopy['serve']>>;
  let backend: string;
  let frontend: string;
  let secret = '';
  beforeAll(async () => {
    copy = await copyProject({ hasDatabase: true });
    const [port, frontendPort] = [await freePort(), await freePort()];
    backend = `http://127.0.0.1:${port}`;
    frontend = `http://127.0.0.1:${frontendPort}`;
    const onboarding =
      codeBlocks('docs/frontends.md')
        .find(({ name }) => name === 'onboard-frontend')
        ?.text.replaceAll('http://127.0.0.1:3001', frontend) ?? '';
    const { code, out } = await copy.run(onboarding);
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining(frontend) });
    secret = /shown only now: (\S+)/.exec(out)?.[1] ?? '';
    server = await copy.serve('npm run example:frontend', port, { FRONTEND_URL: frontend });
  });
  afterAll(async () => {
    await server?.stop();
    copy.remove();
  });

  it('a whole punchout by its calls: session, guard, cart, transfer', async () => {
    const buyer = webClient(backend);
    const document = readFileSync('examples/setup-request.xml', 'utf8')
      .replaceAll('buyer@company.com', 'buyer@example.com')
      .replace('SecretPassword123', secret)
      .replace('https://erp.company.com/', 'https://erp.example.com/');
    const setup = await buyer.send('/v1/punchout/setup', {
      method: 'POST',
      body: document,
      headers: { 'content-type': 'text/xml' },
    });
    const start = /<URL>([^<]+)<\/URL>/.exec(setup.text)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const client: WebClient = webClient(backend);
    expect((await client.get(start, HTML)).location).toBe(`${frontend}/`);
    expect(await (await fetch(`${frontend}/config.js`)).text()).toContain(backend);
    expect((await fetch(`${frontend}/`)).status).toBe(200);

    const asked = (path: string, method = 'GET', body?: unknown, origin = frontend) =>
      client.send(path, {
        method,
        headers: {
          ...JSON_WANTED,
          origin,
          'sec-fetch-site': 'same-site',
          'sec-fetch-mode': 'cors',
          'sec-fetch-dest': 'empty',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    const session = '/agiqon/connector/session';
    for (const path of [`${session}/get`, '/api/products', '/api/cart']) {
      const answer = await asked(path);
      expect([
        path,
        answer.status,
        answer.headers['access-control-allow-origin'],
        answer.headers['access-control-allow-credentials'],
      ]).toEqual([path, 200, frontend, 'true']);
      expect(
        (await asked(path, 'GET', undefined, 'https://evil.example')).headers['access-control-allow-origin'],
      ).toBeUndefined();
    }
    expect((await asked(`${session}/guard?path=%2Fcheckout%2Fconfirm`)).json()).toMatchObject({
      blocked: true,
      cart: `${frontend}/#cart`,
    });
    expect((await asked('/api/cart', 'POST', { sku: 'BOLT-M8', quantity: 3 })).json().lines).toHaveLength(1);
    expect((await asked('/api/cart', 'POST', { sku: 'BOLT-M8', quantity: 0 })).json()).toEqual({
      error: { code: 'quantity_invalid' },
    });
    const transfer = (await asked(`${session}/logout?transferred=1`, 'POST')).json();
    expect(transfer).toMatchObject({ method: 'post', action: expect.stringMatching(/^https:\/\/erp\.example\.com\//) });
    expect(decodeCxmlReturn(transfer.fields)).toMatchObject({
      total: '37.20',
      lines: [{ supplierPartId: 'BOLT-M8', quantity: '3' }],
    });
    expect((await asked('/api/cart', 'POST', { sku: 'BOLT-M8', quantity: 1 })).json()).toEqual({
      error: { code: 'NO_SESSION' },
    });
  });
});
