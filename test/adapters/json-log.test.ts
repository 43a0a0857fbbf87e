import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { jsonLog } from '../../src/adapters/json-log.js';
import { NAUGHTY_STRINGS } from '../fixtures/naughty-strings.js';
import { compiled } from '../support/compiled.js';

function logged(facts: Record<string, unknown>): Record<string, unknown> {
  const lines: string[] = [];
  jsonLog('info', { write: (line) => void lines.push(line) }).info(facts, 'told');
  expect(lines).toHaveLength(1);
  return JSON.parse(lines[0] ?? '') as Record<string, unknown>;
}

describe('T62: the process log', () => {
  it('writes facts unchanged, one JSON object per line', () => {
    expect(logged({ method: 'GET', status: 200, nothing: null, list: ['a', { b: 1 }] })).toEqual({
      level: 30,
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      method: 'GET',
      status: 200,
      nothing: null,
      list: ['a', { b: 1 }],
      msg: 'told',
    });
  });

  it.each([
    'password',
    'PASSWORD',
    'sharedSecret',
    'SharedSecret',
    'secret',
    'secrets',
    'token',
    'api_key',
    'apiKey',
    'authorization',
    'cookie',
    'claimSecret',
    'x-shopware-connect-key',
  ])('cuts out %s to the third level', (name) => {
    const facts = { [name]: 'S3cret', one: { [name]: 'S3cret', two: { [name]: ['S3cret'] } } };
    const line = logged(facts);
    expect(JSON.stringify(line)).not.toContain('S3cret');
    expect(line).toMatchObject({ [name]: '[redacted]', one: { [name]: '[redacted]', two: { [name]: '[redacted]' } } });
    expect(facts[name]).toBe('S3cret');
    expect(logged({ list: [{ [name]: 'S3cret' }, 1] })).toMatchObject({ list: [{ [name]: '[redacted]' }, 1] });
  });

  it('shows an error with its stack and cause, without secrets attached to it', () => {
    const error = Object.assign(new Error('it broke', { cause: new Error('the wire') }), {
      code: 'E_BROKE',
      token: 'S3cret',
      request: { authorization: 'S3cret' },
    });
    const line = logged({ err: error });
    expect(line['err']).toMatchObject({
      type: 'Error',
      message: 'it broke: the wire',
      code: 'E_BROKE',
      stack: expect.stringContaining('json-log.test'),
      token: '[redacted]',
      request: { authorization: '[redacted]' },
    });
    expect(JSON.stringify(line)).not.toContain('S3cret');
    expect(error.token).toBe('S3cret');
  });

  it('accepts an error instead of facts', () => {
    const lines: string[] = [];
    jsonLog('info', { write: (line) => void lines.push(line) }).error(new TypeError('it broke'));
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      level: 50,
      msg: 'it broke',
      err: { type: 'TypeError', message: 'it broke' },
    });
  });

  it('handles circular objects', () => {
    const facts: Record<string, unknown> = { a: 1 };
    facts['self'] = facts;
    expect(logged(facts)).toMatchObject({ a: 1, msg: 'told' });
  });
});

describe('T61: text from strangers stays in its field', () => {
  const ATTACKS = [
    ...NAUGHTY_STRINGS,
    '\r\n{"level":30,"msg":"forged"}',
    '\u001b[2J\u001b]0;title\u0007',
    '\u009b31m',
    '\u007f\u0085',
    'user\u202egnp.exe\u202c',
    '\u2066a\u2069\u061c\u200e',
    '\u2028{"level":50}\u2029',
    '","level":60,"x":"',
  ];

  it('writes one line of plain characters per event, which parses back to the original', () => {
    const lines: string[] = [];
    const log = jsonLog('info', { write: (line) => void lines.push(line) });
    for (const text of ATTACKS) log.info({ path: text, one: { two: [text] }, err: new Error(text) }, text);
    const written = lines.join('');
    expect(written.split('\n')).toHaveLength(ATTACKS.length + 1);
    expect(written.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}\ufeff]/u);
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(
      ATTACKS.map((text) => expect.objectContaining({ level: 30, path: text, one: { two: [text] }, msg: text })),
    );
  });

  it('cuts a text of megabytes', () => {
    expect(logged({ agent: 'x'.repeat(1_000_000), one: { path: 'y'.repeat(5_000) } })).toMatchObject({
      agent: `${'x'.repeat(4_000)} [1000000 characters]`,
      one: { path: `${'y'.repeat(4_000)} [5000 characters]` },
    });
  });
});

it('a reader that stops reading costs 8 MiB of memory and the lines beyond', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'full-pipe-'));
  try {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const program = await compiled('test/support/child/unread-log.ts');
    const dropped = Number(execFileSync(process.execPath, [program, pipe], { encoding: 'utf8' }));
    const written = 8_000 * 4_000;
    expect(written - dropped).toBeGreaterThan(4 * 1024 * 1024);
    expect(written - dropped).toBeLessThan(9 * 1024 * 1024);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
