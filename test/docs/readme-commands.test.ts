import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { parseCxml } from '../../src/protocols/cxml/parse-cxml.js';
import { validateSetupBody } from '../../src/http/gateway/setup/setup-schema.js';
import { tenantSettings } from '../../src/config/tenant-settings.js';
import { connectionSettings } from '../../src/config/connection-settings.js';
import { code, codeBlock, codeBlocks, table } from './markdown.js';
import { programDescribe } from './program-describe.js';
import { type ProjectCopy, copyProject, freePort, leadCurl } from './project-copy.js';

const README = 'README.md';
const SESSION_API = 'docs/session-api.md';
const block = (name: string): string => codeBlock(README, name);
const scripts: Record<string, string> = JSON.parse(readFileSync('package.json', 'utf8')).scripts;

jest.setTimeout(240_000);

describe('README blocks', () => {
  it('each has a name, and each name has its test below, in examples.test.ts or in more-commands.test.ts', () => {
    const tested = [
      'start',
      'test',
      'demo',
      'curl-cxml',
      'curl-oci',
      'curl-punchout',
      'curl-middleware',
      'node-client',
      'examples/express-shop/shop.ts',
      'onboarding',
      'examples/oci-settings.json',
      'shopware-connection',
      'production',
      'curl-connect',
      'curl-context',
      'setup-body',
    ];
    expect(codeBlocks(README).map(({ name }) => name)).toEqual(tested);
  });

  it('install and test are not run inside the test: their scripts exist', () => {
    expect(block('start')).toBe('npm ci && npm start\n');
    expect(block('test')).toBe('npm ci && npm test\n');
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(['start', 'test']));
  });

  it('the settings document is a file, and valid', () => {
    expect(block('examples/oci-settings.json')).toBe(readFileSync('examples/oci-settings.json', 'utf8'));
    expect(connectionSettings(JSON.parse(block('examples/oci-settings.json')))).toMatchObject({ ok: true });
  });

  it('the settings of a Shopware connection are valid', () => {
    expect(connectionSettings(JSON.parse(block('shopware-connection')))).toMatchObject({ ok: true });
  });

  it('docs/access.md: the settings of the tenant are a file, and valid', () => {
    const text = codeBlock('docs/access.md', 'examples/tenant-settings.json');
    expect(text).toBe(readFileSync('examples/tenant-settings.json', 'utf8'));
    expect(tenantSettings(JSON.parse(text))).toMatchObject({ ok: true });
  });

  it('the JSON call-up is valid', () => {
    expect(validateSetupBody(JSON.parse(block('setup-body')))).toMatchObject({ ok: true });
  });
});

describe('README: a stranger starts the server', () => {
  let copy: ProjectCopy;
  let port: number;
  let server: Awaited<ReturnType<ProjectCopy['serve']>>;
  beforeAll(async () => {
    copy = await copyProject();
    port = await freePort();
    leadCurl(copy, port);
    // README's 3000 may be taken here: only the listener moves, curl is led after it, addresses stay as README has them.
    server = await copy.serve('npm start', port, { PUBLIC_URL: 'http://127.0.0.1:3000' });
  });
  afterAll(async () => {
    await server?.stop();
    copy.remove();
  });

  it('it says where to click, and shows no secret', () => {
    expect(server.output()).toContain('http://127.0.0.1:3000/virtual-buyer');
    expect(server.output()).not.toMatch(/SecretPassword123|demo-api-key|demo-connect-key|site-api-key-abc/);
  });

  it('every address of the table is there', async () => {
    for (const [cell] of table(README, 'address')) {
      const [method, path] = code(cell).split(' ');
      const answer = await fetch(`http://127.0.0.1:${port}${path?.replace('{transmissionId}', 'demo_none')}`, {
        method: method ?? '',
        redirect: 'manual',
        headers: { accept: 'application/json' },
      });
      expect({ cell, text: await answer.text() }).not.toMatchObject({
        text: expect.stringMatching(
          /"code": ?"(NOT_FOUND|METHOD_NOT_ALLOWED)"|Cannot (GET|POST)|nothing at this address/,
        ),
      });
    }
  });

  it('the built package answers to its own name', async () => {
    const { code: status, out } = await copy.run(
      `node --input-type=module -e "import { createConnector } from 'headless-punchout'; console.log(typeof createConnector)"`,
    );
    expect({ status, out }).toEqual({ status: 0, out: 'function\n' });
  });

  /** The block as a module, its 3000 led to the port that the test has. */
  const runModule = (text: string): ReturnType<ProjectCopy['run']> => {
    const led = `const fetched = fetch; globalThis.fetch = (url, init) => fetched(String(url).replace('//127.0.0.1:3000', '//127.0.0.1:${port}'), init);\nconst res = { redirect: (url) => console.log(url) };\n`;
    writeFileSync(join(copy.folder, 'block.mjs'), led + text);
    return copy.run('node block.mjs');
  };

  it("source 002's Node.js example sends the buyer to his start link", async () => {
    const { code: status, out } = await runModule(block('node-client'));
    expect({ status, out }).toEqual({
      status: 0,
      out: expect.stringMatching(
        /^http:\/\/127\.0\.0\.1:3000\/agiqon\/connector\/session\/login\/demo_\w+\?token=\S+\n$/,
      ),
    });
  });

  it('docs/session-api.md: the tour of the client', async () => {
    const { code: status, out } = await runModule(codeBlock(SESSION_API, 'client-tour'));
    expect({ status, out }).toEqual({
      status: 0,
      out: expect.stringMatching(
        /^(demo_\w+ active 0 EUR\n)+\d+ sessions\n404 TRANSMISSION_NOT_FOUND There is no such punchout session\. \{\}\n$/,
      ),
    });
  });

  programDescribe('curl')('docs/session-api.md by curl', () => {
    it.each(['curl-php', 'curl-python'])('%s', async (name) => {
      const { out } = await copy.run(codeBlock(SESSION_API, name));
      expect(JSON.parse(out)).toMatchObject({
        success: true,
        data: {
          status: 'active',
          protocol: 'cxml',
          start_url: expect.stringContaining('/agiqon/connector/session/login/'),
        },
      });
    });

    it('the other calls', async () => {
      const { out } = await copy.run(codeBlock(SESSION_API, 'curl-sessions'));
      const [read, cancelled, batch, analytics] = out
        .trim()
        .split('\n')
        .map((line): unknown => JSON.parse(line));
      expect(read).toMatchObject({ success: true, data: { status: 'active' } });
      expect(cancelled).toMatchObject({ success: true, data: { status: 'cancelled' } });
      expect(batch).toMatchObject({
        success: true,
        data: { results: [{ success: true, data: { status: 'cancelled' } }] },
      });
      expect(analytics).toMatchObject({ success: true, data: { currency: 'EUR' } });
    });
  });

  programDescribe('curl')('by hand', () => {
    it('cXML', async () => {
      const { out } = await copy.run(block('curl-cxml'));
      const parsed = parseCxml(Buffer.from(out));
      expect(parsed).toMatchObject({
        ok: true,
        value: {
          kind: 'Response',
          response: {
            startUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:3000\/agiqon\/connector\/session\/login\//),
          },
        },
      });
    });

    it('OCI', async () => {
      const { out } = await copy.run(block('curl-oci'));
      expect(out).toMatch(
        /http-equiv="refresh" content="0;url=http:\/\/127\.0\.0\.1:3000\/agiqon\/connector\/session\/login\//,
      );
    });

    it('a signed call', async () => {
      expect(await copy.run(block('curl-connect'))).toEqual({ code: 0, out: '{"Hello": "World"}' });
    });

    it('docs/orders.md: a call with the second signature', async () => {
      expect(await copy.run(codeBlock('docs/orders.md', 'curl-signed'))).toEqual({
        code: 0,
        out: '{"Hello": "World"}',
      });
    });

    it('a middleware', async () => {
      const { out } = await copy.run(block('curl-middleware'));
      expect(JSON.parse(out)).toEqual({
        status: 'ok',
        sso_url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:3000\/sso\?token=/),
      });
    });

    it('a session context of a management system', async () => {
      const { code: status, out } = await copy.run(block('curl-context'));
      expect([status, JSON.parse(out)]).toEqual([
        0,
        expect.objectContaining({
          sessionId: '62528895-b561-4518-bfdc-2cbf52a07845',
          siteCode: 'main',
          currency: 'CHF',
          targetLocation: 'DE',
          metadata: expect.objectContaining({ version: 1 }),
        }),
      ]);
    });

    it('a whole punchout', async () => {
      const { code: status, out } = await copy.run(block('curl-punchout'));
      expect(status).toBe(0);
      const [login, added, session, blocked, transfer] = out
        .trim()
        .split('\n')
        .map((line): unknown => JSON.parse(line));
      expect(login).toMatchObject({ active: true, location: '/' });
      expect(added).toMatchObject({ lines: [{ sku: 'SKU-001' }] });
      expect(session).toMatchObject({ active: true, status: 'active' });
      expect(blocked).toMatchObject({ error: { code: 'ROUTE_BLOCKED' } });
      expect(transfer).toMatchObject({
        method: 'post',
        action: 'https://erp.company.com/punchout/return',
        fields: [{ name: 'cXML-urlencoded', value: expect.stringContaining('<BuyerCookie>first-try</BuyerCookie>') }],
      });
    });
  });
});

describe('README: npm run demo', () => {
  it('exits 0', async () => {
    const copy = await copyProject();
    const { code: status, out } = await copy.run(block('demo'));
    copy.remove();
    expect({ status, out }).toEqual({
      status: 0,
      out: expect.stringContaining('All carts came back whole and valid.'),
    });
  });
});
