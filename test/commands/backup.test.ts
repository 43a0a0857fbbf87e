import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { backUp, restore } from '../../src/adapters/postgres/database/copy-database.js';
import { SESSION, idOf, postXml, put, setupXml, startUrlOf } from '../support/call-ups.js';
import { compiled } from '../support/compiled.js';
import { freshData } from '../support/fresh-data.js';
import { type ServerChild, startServerChild } from '../support/server-child.js';
import { JSON_WANTED, webClient } from '../support/web-client.js';

jest.setTimeout(120_000);

describe('punchout backup and restore', () => {
  const folder = mkdtempSync(join(tmpdir(), 'headless-punchout-backup-'));
  const at = (name: string): string => join(folder, name);
  let data: string;
  let server: ServerChild;
  let sentBefore: string;
  beforeAll(async () => {
    data = await freshData();
    server = await startServerChild({ DATA_DIR: data });
    sentBefore = await wholePunchout();
  });
  afterAll(async () => {
    await server?.close();
    for (const path of [folder, data]) rmSync(path, { recursive: true, force: true });
  });

  async function punchout(directory: string, ...parameters: string[]): Promise<{ code: number; said: string }> {
    const program = await compiled('src/cli.ts');
    return new Promise((resolve) => {
      const env = { PATH: process.env['PATH'], DATA_DIR: directory };
      execFile(process.execPath, [program, ...parameters], { env }, (error, out, said) =>
        resolve({ code: error === null ? 0 : Number(error.code), said: out + said }),
      );
    });
  }

  /** Returns the id of the session whose cart has come back. */
  async function wholePunchout(): Promise<string> {
    const browser = webClient(server.url);
    const start = startUrlOf(await postXml(browser, setupXml()));
    await browser.get(start.replace(new URL(start).origin, server.url), JSON_WANTED);
    await put(browser, 'SKU-001', 2);
    const sent = await browser.post(`${SESSION}/logout?transferred=1`, '', JSON_WANTED);
    expect(sent.json()).toMatchObject({ method: 'post', fields: [{ name: 'cXML-urlencoded' }] });
    return idOf(start);
  }

  it('is refused while a server holds the database', async () => {
    await expect(backUp(data, at('early'))).rejects.toThrow(/in use by process \d+/);
    expect(existsSync(at('early'))).toBe(false);
  });

  it('copies to a directory and to a file, and replaces neither', async () => {
    expect(await server.end('SIGINT')).toBe(0);
    await backUp(data, at('copy'));
    expect(await punchout(data, 'backup', at('copy.tar.gz'))).toMatchObject({ code: 0 });
    for (const target of [at('copy'), at('copy.tar.gz')]) {
      expect(statSync(target).mode & 0o077).toBe(0);
      await expect(backUp(data, target)).rejects.toThrow('is there already');
    }
  });

  it('a restored copy has the punchouts of before and serves new ones', async () => {
    const restored = at('restored');
    expect(await punchout(restored, 'restore', at('copy.tar.gz'))).toMatchObject({ code: 0 });
    await server.close();
    server = await startServerChild({ DATA_DIR: restored });
    const known = await fetch(`${server.url}/v1/punchout/sessions/${sentBefore}`, {
      headers: { authorization: 'Bearer demo-api-key' },
    });
    expect(await known.json()).toMatchObject({ success: true, data: { status: 'completed' } });
    expect(await wholePunchout()).not.toBe(sentBefore);
  });

  it('a restore replaces no database, and takes nothing for a backup that is none or is damaged', async () => {
    const refused = await punchout(data, 'restore', at('copy'));
    expect([refused.code, refused.said]).toEqual([1, expect.stringContaining('a database in')]);
    await expect(restore(folder, at('new'))).rejects.toThrow('is no backup');
    writeFileSync(at('text.tar.gz'), 'no archive');
    await expect(restore(at('text.tar.gz'), at('new'))).rejects.toThrow('tar');
    truncateSync(at('copy/postgres/global/pg_control'), 100);
    await expect(restore(at('copy'), at('new'))).rejects.toThrow(/not restored.*pg_control has 100 bytes/);
    await expect(backUp(at('new'), at('nothing'))).rejects.toThrow('no embedded database');
  });
});
