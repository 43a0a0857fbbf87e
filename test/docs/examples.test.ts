import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { plainBrowser } from '../../src/demo/simulation/plain-browser.js';
import { cxmlCallUp } from '../../src/demo/virtual-buyer/sample-documents.js';
import { decodeCxmlReturn } from '../../src/protocols/returned-cart.js';
import { parseCxml } from '../../src/protocols/cxml/parse-cxml.js';
import { codeBlock, codeBlocks } from './markdown.js';
import { type ProjectCopy, copyProject, freePort } from './project-copy.js';

const run = promisify(execFile);
jest.setTimeout(240_000);

describe('the example shop', () => {
  it('the documents show its files', () => {
    expect(codeBlock('docs/library.md', 'examples/express-shop/shop.ts')).not.toBe('');
    expect(codeBlocks('src/ports/README.md').map(({ name }) => name)).toEqual([
      'examples/express-shop/memory-store.ts',
      'examples/express-shop/check-memory-store.ts',
    ]);
  });

  it('compiles against the public door: with the sources, whose types stand for those of the package', () => {
    const { include, compilerOptions } = JSON.parse(readFileSync('tsconfig.json', 'utf8'));
    expect(include).toContain('examples');
    const { exports } = JSON.parse(readFileSync('package.json', 'utf8'));
    for (const [name, [source]] of Object.entries<string[]>(compilerOptions.paths)) {
      const { types } = exports[name.replace('headless-punchout', '.')];
      expect([name, source]).toEqual([name, types.replace('./dist/', './').replace('.d.ts', '.ts')]);
    }
  });

  it('its store keeps the promises of the port', async () => {
    await expect(
      run(process.execPath, [
        'node_modules/tsx/dist/cli.mjs',
        '--tsconfig',
        'examples/tsconfig.json',
        'test/docs/child/try-memory-store.mjs',
      ]),
    ).resolves.toMatchObject({ stdout: 'the store keeps its promises\n' });
  });

  it('its store keeps the published contract, checked without a test runner', async () => {
    await expect(
      run(process.execPath, [
        'node_modules/tsx/dist/cli.mjs',
        '--tsconfig',
        'examples/tsconfig.json',
        'examples/express-shop/check-memory-store.ts',
      ]),
    ).resolves.toMatchObject({
      stdout: expect.stringMatching(
        /^(?:skipped, the store lacks [a-zA-Z, ]+: [^\n]+\n)+The store keeps the contract\.\n$/,
      ),
      stderr: '',
    });
  });

  describe('onboarded by the README', () => {
    let copy: ProjectCopy;
    let shop: string;
    let secrets: string[];
    let server: Awaited<ReturnType<ProjectCopy['serve']>>;
    beforeAll(async () => {
      copy = await copyProject({ hasDatabase: true });
      const { code, out } = await copy.run(codeBlock('README.md', 'onboarding'));
      expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('ok    connection acme/srm') });
      secrets = [...out.matchAll(/shown only now: (\S+)/g)].map(([, secret = '']) => secret);
      const port = await freePort();
      shop = `http://127.0.0.1:${port}`;
      server = await copy.serve('npm run example', port);
    });
    afterAll(async () => {
      await server?.stop();
      copy.remove();
    });

    it('is punched out through: call-up with the secret, cart, closed checkout, cart back', async () => {
      const browser = plainBrowser();
      const document = cxmlCallUp({
        payloadId: '1@test.example',
        timestamp: new Date().toISOString(),
        buyerCookie: 'B&1',
        returnUrl: 'https://erp.example.com/back',
        supplierUrl: shop,
      });
      const named = document
        .replaceAll('buyer@company.com', 'buyer@example.com')
        .replace('SecretPassword123', secrets[0] ?? '');
      const parsed = parseCxml(Buffer.from((await browser.post(`${shop}/v1/punchout/setup`, named, 'text/xml')).text));
      const startUrl = parsed.ok && parsed.value.kind === 'Response' ? parsed.value.response.startUrl : undefined;
      expect((await browser.get(startUrl ?? '')).text).toContain('Hexagon bolt');

      const add = (sku: string, quantity: string) =>
        browser.post(
          `${shop}/cart/add`,
          new URLSearchParams({ sku, quantity }).toString(),
          'application/x-www-form-urlencoded',
        );
      expect((await add('BOLT-M8', '3')).text).toContain('<li>3 x Hexagon bolt');
      expect((await add('BOLT-M8', '-1')).text).toBe('Not added: quantity_invalid');
      expect((await add('NONE', '1')).text).toBe('Not added: unknown_product');
      expect((await browser.get(`${shop}/checkout/confirm`)).url).toBe(`${shop}/cart`);

      const transfer = await browser.post(
        `${shop}/agiqon/connector/session/logout?transferred=1`,
        '',
        'application/x-www-form-urlencoded',
        { accept: 'application/json' },
      );
      const { action, fields } = JSON.parse(transfer.text) as {
        action: string;
        fields: { name: string; value: string }[];
      };
      expect(action).toBe('https://erp.example.com/back');
      const cart = decodeCxmlReturn(fields);
      expect(cart).toMatchObject({
        total: '37.20',
        currency: 'EUR',
        lines: [{ supplierPartId: 'BOLT-M8', quantity: '3' }],
      });
      expect(cart.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
      expect(server.output()).toMatch(/acme_\w+: 37\.20 EUR on the way to erp\.example\.com/);
    });

    it('takes the OCI buyer and the key of the same block', async () => {
      const form = new URLSearchParams({
        USERNAME: 'bigbuyer',
        PASSWORD: secrets[1] ?? '',
        HOOK_URL: 'https://srm.example.com/sap/return',
      });
      expect(
        (
          await plainBrowser().post(
            `${shop}/v1/punchout/oci/setup`,
            form.toString(),
            'application/x-www-form-urlencoded',
          )
        ).status,
      ).toBe(200);
      const body = codeBlock('docs/reference/addresses.md', 'setup-body');
      const answer = await fetch(`${shop}/v1/punchout/setup`, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json', authorization: `Bearer ${secrets[2]}` },
      });
      const { data } = (await answer.json()) as { data: { start_url: string } };
      expect((await plainBrowser().get(data.start_url)).url).toBe(`${shop}/#BOLT-M8`);
    });
  });
});
