import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { parseCxml } from '../../src/protocols/cxml/parse-cxml.js';
import { validateSetupBody } from '../../src/http/gateway/setup-schema.js';
import { connectionSettings } from '../../src/config/connection-settings.js';
import { createServerDatabase, describeOnServer } from '../contracts/databases.js';
import { startRedis } from '../adapters/sessions/redis-servers.js';
import { code, codeBlock, codeBlocks, table } from './markdown.js';
import { type ProjectCopy, copyProject, freePort, leadCurl } from './project-copy.js';

const README = 'README.md';
const block = (name: string): string => codeBlock(README, name);
const scripts: Record<string, string> = JSON.parse(readFileSync('package.json', 'utf8')).scripts;

jest.setTimeout(240_000);

function programDescribe(program: string): typeof describe | typeof describe.skip {
  try {
    execFileSync(program, ['--version']);
    return describe;
  } catch (error) {
    if (process.env.CI !== undefined) throw error;
    console.warn(`SKIPPED: there is no ${program}: README blocks that need it`);
    return describe.skip;
  }
}

describe('README blocks', () => {
  it('each has a name, and each name has its test below or in examples.test.ts', () => {
    const tested = ['start', 'test', 'demo', 'curl-cxml', 'curl-oci', 'curl-punchout', 'examples/express-shop/shop.ts', 'onboarding', 'examples/oci-settings.json', 'production', 'setup-body'];
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

  it('the JSON call-up is valid', () => {
    expect(validateSetupBody(JSON.parse(block('setup-body')))).toMatchObject({ ok: true });
  });
});

describe('README: a stranger starts the server', () => {
  let copy: ProjectCopy;
  let port: number;
  let server: Awaited<ReturnType<ProjectCopy['serve']>>;
  beforeAll(async () => {
    copy = copyProject();
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
    expect(server.output()).not.toMatch(/SecretPassword123|demo-api-key/);
  });

  it('every address of the table is there', async () => {
    for (const [cell] of table(README, 'address')) {
      const [method, path] = code(cell).split(' ');
      const answer = await fetch(`http://127.0.0.1:${port}${path?.replace('{transmissionId}', 'demo_none')}`, { method: method ?? '', redirect: 'manual', headers: { accept: 'application/json' } });
      expect({ cell, text: await answer.text() }).not.toMatchObject({ text: expect.stringMatching(/"(NOT_FOUND|METHOD_NOT_ALLOWED)"|Cannot (GET|POST)|nothing at this address/) });
    }
  });

  it('the built package answers to its own name', async () => {
    const { code: status, out } = await copy.run(`node --input-type=module -e "import { createConnector } from 'headless-punchout'; console.log(typeof createConnector)"`);
    expect({ status, out }).toEqual({ status: 0, out: 'function\n' });
  });

  programDescribe('curl')('by hand', () => {
    it('cXML', async () => {
      const { out } = await copy.run(block('curl-cxml'));
      const parsed = parseCxml(Buffer.from(out));
      expect(parsed).toMatchObject({ ok: true, value: { kind: 'Response', response: { startUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:3000\/agiqon\/connector\/session\/login\//) } } });
    });

    it('OCI', async () => {
      const { out } = await copy.run(block('curl-oci'));
      expect(out).toMatch(/http-equiv="refresh" content="0;url=http:\/\/127\.0\.0\.1:3000\/agiqon\/connector\/session\/login\//);
    });

    it('a whole punchout', async () => {
      const { code: status, out } = await copy.run(block('curl-punchout'));
      expect(status).toBe(0);
      const [login, added, session, blocked, transfer] = out.trim().split('\n').map((line): unknown => JSON.parse(line));
      expect(login).toMatchObject({ active: true, location: '/' });
      expect(added).toMatchObject({ lines: [{ sku: 'SKU-001' }] });
      expect(session).toMatchObject({ active: true, status: 'active' });
      expect(blocked).toMatchObject({ error: { code: 'ROUTE_BLOCKED' } });
      expect(transfer).toMatchObject({ method: 'post', action: 'https://erp.company.com/punchout/return', fields: [{ name: 'cXML-urlencoded', value: expect.stringContaining('<BuyerCookie>first-try</BuyerCookie>') }] });
    });
  });
});

describe('README: npm run demo', () => {
  it('exits 0', async () => {
    const copy = copyProject();
    const { code: status, out } = await copy.run(block('demo'));
    copy.remove();
    expect({ status, out }).toEqual({ status: 0, out: expect.stringContaining('Both carts came back whole and valid.') });
  });
});

describeOnServer('README: for real', () => {
  programDescribe('redis-server')('on PostgreSQL and Redis', () => {
    it('starts with the block, its two addresses replaced by servers that exist here', async () => {
      const copy = copyProject();
      const database = await createServerDatabase();
      const redis = await startRedis();
      try {
        const text = block('production').replace(/^(export DATABASE_URL=).*/m, `$1${database.url}`).replace(/^(export REDIS_URL=).*/m, `$1redis://127.0.0.1:${redis.port}`);
        const port = await freePort();
        const server = await copy.serve(text, port);
        const ready = await fetch(`http://127.0.0.1:${port}/readyz`);
        await server.stop();
        expect(await ready.json()).toMatchObject({ status: 'ready' });
        expect(server.output()).toContain('reached as https://shop.example.com');
      } finally {
        await redis.stop();
        await database.drop();
        copy.remove();
      }
    });
  });
});
