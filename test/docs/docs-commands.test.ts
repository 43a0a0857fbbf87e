import { spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { startRedis } from '../adapters/sessions/redis-servers.js';
import { describeOnServer } from '../contracts/databases.js';
import { createServerDatabase } from '../support/server-database.js';
import { environmentOf, type TestDatabase, testDatabase } from '../support/test-database.js';
import { codeBlock } from './markdown.js';
import { programDescribe } from './program-describe.js';
import { type ProjectCopy, copyProject, freePort } from './project-copy.js';

jest.setTimeout(240_000);

/** What a shop would export: its public keys for customer tokens. */
const PUBLIC_KEYS = JSON.stringify({
  keys: [
    {
      ...generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' }),
      kid: 'shop-1',
      alg: 'ES256',
    },
  ],
});

describe('commands and servers of docs/, on one database', () => {
  let copy: ProjectCopy;
  let database: TestDatabase;
  let environment: Record<string, string>;
  beforeAll(async () => {
    copy = await copyProject({ isBuilt: true });
    database = await testDatabase();
    environment = environmentOf(database);
    writeFileSync(join(copy.folder, 'keys.json'), PUBLIC_KEYS);
  });
  afterAll(async () => {
    await database?.drop();
    copy?.remove();
  });

  // In this order: each finds the tenant and the connection that the ones before it have made.
  it.each<[document: string, name: string, last: string]>([
    ['docs/access.md', 'tenant-settings', '"requestsPerMinute": 600'],
    ['docs/frontends.md', 'onboard-frontend', 'shown only now: '],
    ['docs/middleware.md', 'middleware-connection', 'shown only now: '],
    ['docs/orders.md', 'connect-shops', 'merchant'],
    ['docs/session-context.md', 'clients', 'erp-sync'],
    ['docs/session-context.md', 'sites', 'main'],
    ['docs/session-context.md', 'customer-keys', 'eyJ'],
    ['docs/operations.md', 'reseal', 'All readable secrets have the newest seal.'],
  ])('%s: %s', async (document, name, last) => {
    const { code: status, out } = await copy.run(codeBlock(document, name), environment);
    expect({ status, out }).toEqual({ status: 0, out: expect.stringContaining(last) });
  });

  it('docs/operations.md: a dump restored into another database has the tenants', async () => {
    const hasPgDump = spawnSync('pg_dump', ['--version']).status === 0;
    if (!('url' in database.database) || !hasPgDump) {
      expect(process.env.CI).toBeUndefined();
      console.warn('SKIPPED: pg_dump or PostgreSQL is missing: backup-server and restore-server of docs/operations.md');
      return;
    }
    const empty = await createServerDatabase();
    try {
      const saved = await copy.run(codeBlock('docs/operations.md', 'backup-server'), environment);
      expect(saved).toEqual({ code: 0, out: '' });
      const restored = await copy.run(codeBlock('docs/operations.md', 'restore-server'), {
        ...environment,
        NEW_DATABASE_URL: empty.url,
      });
      expect(restored).toEqual({ code: 0, out: expect.stringContaining('acme') });
    } finally {
      await empty.drop();
    }
  });

  it.each([
    ['docs/shopware.md', 'shopware-server'],
    ['docs/vendure.md', 'vendure-server'],
  ])('%s: %s starts, with the shop not reached yet', async (document, name) => {
    const otherPort = await freePort();
    const other = await copy.serve(codeBlock(document, name), otherPort, environment);
    await other.stop();
    expect(other.output()).toContain(`http://127.0.0.1:${otherPort}/`);
  });
});

describe('docs/by-hand.md: npm run demo', () => {
  it('exits 0', async () => {
    const copy = await copyProject();
    const { code: status, out } = await copy.run(codeBlock('docs/by-hand.md', 'demo'));
    copy.remove();
    expect({ status, out }).toEqual({
      status: 0,
      out: expect.stringContaining('All carts came back whole and valid.'),
    });
  });
});

describeOnServer('docs/reference/server.md: for real', () => {
  programDescribe('redis-server')('on PostgreSQL and Redis', () => {
    it('starts with the block, its two addresses replaced by servers that exist here', async () => {
      const copy = await copyProject({ isBuilt: true });
      const database = await createServerDatabase();
      const redis = await startRedis();
      try {
        const text = codeBlock('docs/reference/server.md', 'production')
          .replace(/^(export DATABASE_URL=).*/m, `$1${database.url}`)
          .replace(/^(export REDIS_URL=).*/m, `$1redis://127.0.0.1:${redis.port}`);
        const port = await freePort();
        const server = await copy.serve(text, port);
        const ready = await fetch(`http://127.0.0.1:${port}/readyz`);
        await server.stop();
        expect(await ready.json()).toMatchObject({ status: 'ready' });
        expect(server.output()).toContain('"publicUrl":"https://punchout.example.com"');
      } finally {
        await redis.stop();
        await database.drop();
        copy.remove();
      }
    });
  });
});
