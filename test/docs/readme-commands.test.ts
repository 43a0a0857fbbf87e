import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { parseCxml } from '../../src/protocols/cxml/parse-cxml.js';
import { describeOnServer } from '../contracts/databases.js';
import { createServerDatabase } from '../support/server-database.js';
import { code, codeBlock, table } from './markdown.js';
import { programDescribe } from './program-describe.js';
import { type ProjectCopy, copyProject, freePort, leadCurl } from './project-copy.js';

const README = 'README.md';
const BY_HAND = 'docs/by-hand.md';
const SESSION_API = 'docs/session-api.md';
const scripts: Record<string, string> = JSON.parse(readFileSync('package.json', 'utf8')).scripts;

jest.setTimeout(240_000);

describe('README blocks', () => {
  it('install and test are not run inside the test: their scripts exist', () => {
    expect(codeBlock(README, 'start')).toBe('npm ci && npm start\n');
    expect(codeBlock(README, 'test')).toBe('npm ci && npm test\n');
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(['start', 'test']));
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
    // README's 3000 may be taken here: only the listener moves, curl is led after it, addresses stay as README has
    // them.
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
    for (const [cell] of table('docs/reference/addresses.md', 'address')) {
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
      `node --input-type=module -e "import { createConnector } from 'headless-punchout'; ` +
        'console.log(typeof createConnector)"',
    );
    expect({ status, out }).toEqual({ status: 0, out: 'function\n' });
  });

  /** Runs the block as it is printed, as a module; only its requests to port 3000 go to the port that the test has. */
  const runModule = (text: string, before = ''): ReturnType<ProjectCopy['run']> => {
    const led =
      'const fetched = fetch; globalThis.fetch = (url, init) => ' +
      `fetched(String(url).replace('//127.0.0.1:3000', '//127.0.0.1:${port}'), init);\n`;
    writeFileSync(join(copy.folder, 'before.mjs'), led + before);
    writeFileSync(join(copy.folder, 'block.mjs'), text);
    return copy.run('node --import ./before.mjs block.mjs');
  };
  const startLink = /^http:\/\/127\.0\.0\.1:3000\/agiqon\/connector\/session\/login\/demo_\w+\?token=\S+\n$/;

  it('docs/session-api.md: the client starts a punchout', async () => {
    const { code: status, out } = await runModule(codeBlock(SESSION_API, 'node-client'));
    expect({ status, out }).toEqual({ status: 0, out: expect.stringMatching(startLink) });
  });

  it("the Node.js example of the API's own documentation sends the buyer to the start link", async () => {
    const example = `import { PunchFlowClient } from 'headless-punchout/client';

const apiKey = 'demo-api-key';
const client = new PunchFlowClient(apiKey);
// Session erstellen
const session = await client.punchout.setupSession({
protocol: 'cxml',
buyerCookie: 'BUYER_123',
returnUrl: 'https://erp.example.com/return'
});
// Weiterleitung zum Shop
res.redirect(session.startUrl);
`;
    const { code: status, out } = await runModule(example, 'globalThis.res = { redirect: (url) => console.log(url) };');
    expect({ status, out }).toEqual({ status: 0, out: expect.stringMatching(startLink) });
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

  it('docs/admin-api.md: a buyer is onboarded', async () => {
    const { code: status, out } = await runModule(codeBlock('docs/admin-api.md', 'admin-tour'));
    expect({ status, out }).toEqual({
      status: 0,
      out: expect.stringMatching(/^secret, shown only now: [\w-]{43}\nversion \d+\n/),
    });
  });

  it('docs/catalogues.md: an index is made and read', async () => {
    const { code: status, out } = await runModule(codeBlock('docs/catalogues.md', 'index-tour'));
    expect({ status, out }).toEqual({ status: 0, out: expect.stringMatching(/^done \[[^]*\nCIF_I_V3\.0\r?\n/) });
  });

  describeOnServer('docs/orders.md: the receiver of order events', () => {
    it('runs, and answers nobody without the key', async () => {
      const database = await createServerDatabase();
      // Port 8080 may be taken here: it listens anywhere, is asked once, and ends.
      const before = `import { Server } from 'node:net';
        const { listen } = Server.prototype;
        Server.prototype.listen = function () {
          return listen.call(this, 0, '127.0.0.1', async () => {
            console.log((await fetch('http://127.0.0.1:' + this.address().port + '/hook')).status);
            process.exit(0);
          });
        };`;
      writeFileSync(join(copy.folder, 'before.mjs'), before);
      writeFileSync(join(copy.folder, 'block.mjs'), codeBlock('docs/orders.md', 'receive-events'));
      const environment = { DATABASE_URL: database.url, HOOK_SECRET: 'whsec_of-this-test-only' };
      const { code: status, out } = await copy.run('node --import ./before.mjs block.mjs', environment);
      await database.drop();
      expect({ status, out }).toEqual({ status: 0, out: '401\n' });
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
      const { out } = await copy.run(codeBlock(BY_HAND, 'curl-cxml'));
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
      const { out } = await copy.run(codeBlock(BY_HAND, 'curl-oci'));
      expect(out).toMatch(
        /http-equiv="refresh" content="0;url=http:\/\/127\.0\.0\.1:3000\/agiqon\/connector\/session\/login\//,
      );
    });

    it('a signed call', async () => {
      expect(await copy.run(codeBlock('docs/orders.md', 'curl-connect'))).toEqual({
        code: 0,
        out: '{"Hello": "World"}',
      });
    });

    it('docs/orders.md: a call with the second signature', async () => {
      expect(await copy.run(codeBlock('docs/orders.md', 'curl-signed'))).toEqual({
        code: 0,
        out: '{"Hello": "World"}',
      });
    });

    it('a middleware', async () => {
      const { out } = await copy.run(codeBlock(BY_HAND, 'curl-middleware'));
      expect(JSON.parse(out)).toEqual({
        status: 'ok',
        sso_url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:3000\/sso\?token=/),
      });
    });

    it('a session context of a management system', async () => {
      const { code: status, out } = await copy.run(codeBlock('docs/session-context.md', 'curl-context'));
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
      const { code: status, out } = await copy.run(codeBlock(README, 'curl-punchout'));
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

  it('a signal to npm alone ends the server', async () => {
    // Resolves when the last process that can write to its output has ended.
    await server.stop('first');
    await expect(fetch(`http://127.0.0.1:${port}/healthz`)).rejects.toThrow();
  });

  describe('and onboards buyers while it is stopped', () => {
    let secrets: string[];

    it('the block prints each secret and key once, and doctor finds nothing', async () => {
      const { code: status, out } = await copy.run(codeBlock(README, 'onboarding'));
      expect({ status, out }).toEqual({ status: 0, out: expect.stringContaining('ok    connection acme/srm') });
      secrets = [...out.matchAll(/shown only now: (\S+)/g)].map(([, secret = '']) => secret);
      expect(secrets).toHaveLength(3);
    });

    it('the next start does not compile, and the new buyer is called up with the new key', async () => {
      const compiledAt = (): number => statSync(join(copy.folder, 'dist/src/server.js')).mtimeMs;
      const before = compiledAt();
      server = await copy.serve('npm start', port, { PUBLIC_URL: 'http://127.0.0.1:3000' });
      expect(compiledAt()).toBe(before);
      const answer = await fetch(`http://127.0.0.1:${port}/v1/punchout/setup`, {
        method: 'POST',
        body: codeBlock('docs/reference/addresses.md', 'setup-body'),
        headers: { 'content-type': 'application/json', authorization: `Bearer ${secrets[2]}` },
      });
      expect({ status: answer.status, body: await answer.json() }).toMatchObject({
        body: { success: true, data: { start_url: expect.stringContaining('/login/acme_') } },
      });
    });
  });
});
