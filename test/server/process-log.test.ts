import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { compiled } from '../support/compiled.js';
import { type ServerChild, startServerChild } from '../support/server-child.js';
import { until } from '../support/until.js';

const PRODUCTION = {
  NODE_ENV: 'production',
  STORE: 'demo',
  EMBEDDED_DATABASE: 'allow',
  PUBLIC_URL: 'https://punchout.example.com',
  TRUSTED_PROXIES: '127.0.0.1',
  SESSION_SECRET: 'a-secret-of-at-least-thirty-two-characters',
  LOG_LEVEL: 'info',
  DRAIN_MS: '0',
};

/** A program that does it once the process has begun to log what Node.js tells. */
const whenLogged = (statement: string): string => `
  const timer = setInterval(() => {
    if (process.listenerCount('uncaughtException') === 0) return;
    clearInterval(timer);
    ${statement};
  }, 20);`;

type Line = Record<string, unknown>;

/** Throws where a line is no JSON. */
const linesOf = (output: string): Line[] =>
  output
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);

describe('the output of a process in production', () => {
  let server: ServerChild;
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'process-log-'));
  });
  afterAll(async () => {
    await server?.close();
    await rm(directory, { recursive: true, force: true });
  });

  /** A module that the server loads first, as an agent for tracing is loaded. */
  async function loadedFirst(text: string): Promise<{ NODE_OPTIONS: string }> {
    const file = join(directory, 'first.mjs');
    await writeFile(file, text);
    return { NODE_OPTIONS: `--import ${file}` };
  }

  it('is JSON from the first line to the last: start, a warning of Node.js, words of a library, and stop', async () => {
    const warning = whenLogged(`
      for (const _ of [1, 2, 3]) console.warn('[WARN] a library has %d', 7);
      process.emitWarning('an option ends', 'DeprecationWarning', 'DEP0')`);
    server = await startServerChild({ ...PRODUCTION, ...(await loadedFirst(warning)) }, 'serve');
    await until(() => Promise.resolve(server.said().includes('DEP0')));
    expect(await server.end('SIGTERM')).toBe(0);
    const lines = linesOf(server.said());
    const told = lines.filter(({ msg }) => msg !== 'request').map(({ msg }) => msg);
    expect(told[0]).toBe('starting');
    expect(told).toEqual(expect.arrayContaining(['started', 'warning of Node.js']));
    expect(told.slice(-2)).toEqual(['stopping', 'stopped']);
    expect(lines).toContainEqual(
      expect.objectContaining({ msg: 'started', url: server.url, publicUrl: PRODUCTION.PUBLIC_URL }),
    );
    expect(lines).toContainEqual(
      expect.objectContaining({ err: expect.objectContaining({ message: 'an option ends', code: 'DEP0' }) }),
    );
    expect(lines.filter(({ msg }) => msg === 'a library wrote').map(({ text }) => text)).toEqual([
      '[WARN] a library has 7',
    ]);
  });

  /** Runs until the process ends by itself. */
  async function failed(env: Record<string, string>): Promise<{ code: unknown; output: string }> {
    const child = spawn(process.execPath, [await compiled('src/server.ts')], {
      env: { PATH: process.env['PATH'], DATA_DIR: join(directory, 'data'), PORT: '0', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (output += text.toString()));
    const code = await new Promise((resolve) => child.on('close', resolve));
    return { code, output };
  }

  it('names all faults of the settings in one line, and ends with code 1', async () => {
    const { code, output } = await failed({ NODE_ENV: 'production', REDIS_URL: 'foo' });
    expect(code).toBe(1);
    const lines = linesOf(output);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({ level: 50, msg: 'start failed' });
    for (const name of ['REDIS_URL', 'SESSION_SECRET', 'STORE']) expect(JSON.stringify(lines)).toContain(name);
  });

  it('names an uncaught exception, and ends with code 1', async () => {
    const { code, output } = await failed({
      ...PRODUCTION,
      ...(await loadedFirst(whenLogged(`throw new Error('lost')`))),
    });
    expect(code).toBe(1);
    expect(linesOf(output).at(-1)).toMatchObject({
      level: 50,
      msg: 'uncaught exception; ending at once',
      err: { message: 'lost' },
    });
  });

  it('is text for people outside of production', async () => {
    const { code, output } = await failed({ REDIS_URL: 'foo' });
    expect(code).toBe(1);
    expect(output).toContain('\n  - REDIS_URL');
    expect(output).not.toContain('{');
  });
});
