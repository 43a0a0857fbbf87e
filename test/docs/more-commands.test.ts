import { describe, expect, it, jest } from '@jest/globals';
import { startRedis } from '../adapters/sessions/redis-servers.js';
import { describeOnServer } from '../contracts/databases.js';
import { createServerDatabase } from '../support/server-database.js';
import { codeBlock } from './markdown.js';
import { programDescribe } from './program-describe.js';
import { copyProject, freePort } from './project-copy.js';

jest.setTimeout(240_000);

describe('docs/access.md', () => {
  it('a tenant gets its settings, and shows them', async () => {
    const copy = await copyProject({ hasDatabase: true });
    const { code: status, out } = await copy.run(codeBlock('docs/access.md', 'tenant-settings'));
    copy.remove();
    expect({ status, out }).toEqual({ status: 0, out: expect.stringContaining('"requestsPerMinute": 600') });
  });
});

describeOnServer('README: for real', () => {
  programDescribe('redis-server')('on PostgreSQL and Redis', () => {
    it('starts with the block, its two addresses replaced by servers that exist here', async () => {
      const copy = await copyProject();
      const database = await createServerDatabase();
      const redis = await startRedis();
      try {
        const text = codeBlock('README.md', 'production')
          .replace(/^(export DATABASE_URL=).*/m, `$1${database.url}`)
          .replace(/^(export REDIS_URL=).*/m, `$1redis://127.0.0.1:${redis.port}`);
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
