import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, request, type ClientRequest, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { brotliCompressSync, constants, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from '@jest/globals';
import express from 'express';
import { type Standing, bodyBudget } from '../../../src/http/body/body-budget.js';
import { errorAnswers } from '../../../src/http/answers/error-answers.js';
import { SMALL_BODY, bodyReader } from '../../../src/http/body/read-body.js';
import { until } from '../../support/until.js';

const MIB = 1024 * 1024;
const LIMIT = 8 * MIB;
const SILENT = { debug() {}, info() {}, warn() {}, error() {} };
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

/** A server whose callers state their standing in a header. `/wait` answers when `answer` is called. */
async function start(
  budget = bodyBudget(),
  limit = LIMIT,
  seen: (begin: Buffer) => void = () => undefined,
): Promise<{ port: number; starts: number[]; answer: () => void }> {
  const app = express();
  app.set('trust proxy', true);
  const starts: number[] = [];
  const waiting: (() => void)[] = [];
  app.post(
    '/',
    bodyReader(budget)({
      limit,
      standingOf: async (req, _res, begin) => (
        starts.push(begin.length),
        seen(begin),
        (req.get('standing') ?? 'stranger') as Standing
      ),
    }),
    (req, res) => {
      const body: unknown = req.body;
      const reply = (): void => void res.json({ length: Buffer.isBuffer(body) ? body.length : null });
      if (req.get('wait') === undefined) reply();
      else waiting.push(reply);
    },
  );
  app.use(errorAnswers(SILENT, () => (_req, res, refusal) => void res.status(400).json(refusal)));
  const server = createServer(app);
  servers.push(server);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    starts,
    answer: () => waiting.splice(0).forEach((reply) => reply()),
  };
}

function open(
  port: number,
  headers: Record<string, string> = {},
): { sending: ClientRequest; answer: Promise<{ code?: string; reason?: string; length?: number }> } {
  const sending = request({ port, method: 'POST', headers, agent: false });
  const answer = new Promise<{ code?: string; length?: number }>((resolve, reject) => {
    sending.once('error', reject).once('response', (res) => {
      let text = '';
      res
        .on('data', (chunk) => (text += String(chunk)))
        .once('end', () => resolve(JSON.parse(text) as { code?: string }));
    });
  });
  return { sending, answer };
}
const send = (port: number, bytes: Buffer, headers: Record<string, string> = {}) => {
  const { sending, answer } = open(port, headers);
  sending.end(bytes);
  return answer;
};
const post = (port: number, bytes: number, headers: Record<string, string> = {}) =>
  send(port, Buffer.alloc(bytes, 0x5b), headers);

describe('request bodies', () => {
  it('a refused body is answered while the client still sends', async () => {
    const { port } = await start();
    for (const [name, value] of [
      ['content-length', String(LIMIT + 1)],
      ['transfer-encoding', 'chunked'],
    ] as const) {
      const { sending, answer } = open(port, { [name]: value });
      sending.write(Buffer.alloc(SMALL_BODY + 1));
      expect(await answer).toMatchObject({ code: 'REQUEST_TOO_LARGE' });
      sending.destroy();
    }
  });

  it('a client that reads only after it has sent everything gets the answer to its refused body', async () => {
    const { port } = await start();
    for (const bytes of [LIMIT, 4 * LIMIT]) {
      const socket = connect(port, '127.0.0.1').pause();
      await once(socket, 'connect');
      socket.write(`POST / HTTP/1.1\r\nHost: shop\r\nContent-Length: ${bytes}\r\n\r\n`);
      await new Promise((sent) => void socket.write(Buffer.alloc(bytes), sent));
      const [answer] = (await once(socket.resume(), 'data')) as [Buffer];
      expect(answer.toString()).toContain('REQUEST_TOO_LARGE');
      socket.destroy();
    }
  });

  it('a small body is read from any caller without checking the standing', async () => {
    const { port, starts } = await start();
    expect([await post(port, 0), await post(port, 1), await post(port, SMALL_BODY)]).toEqual([
      { length: 0 },
      { length: 1 },
      { length: SMALL_BODY },
    ]);
    expect(starts).toEqual([]);
  });

  it('a larger one is read from named or proven callers, never from unidentified ones', async () => {
    const { port, starts } = await start();
    expect(await post(port, SMALL_BODY + 1)).toMatchObject({
      code: 'REQUEST_TOO_LARGE',
      reason: expect.stringContaining('256 KiB'),
    });
    for (const standing of ['named', 'proven'])
      expect(await post(port, LIMIT, { standing })).toEqual({ length: LIMIT });
    expect(await post(port, LIMIT + 1, { standing: 'proven' })).toMatchObject({ code: 'REQUEST_TOO_LARGE' });
    expect(await post(port, LIMIT + 1, { standing: 'proven', 'transfer-encoding': 'chunked' })).toMatchObject({
      code: 'REQUEST_TOO_LARGE',
    });
    for (const length of starts) expect(length).toBeLessThanOrEqual(SMALL_BODY);
  });

  describe('compressed', () => {
    const packers: [string, (bytes: Buffer) => Buffer][] = [
      ['gzip', gzipSync],
      ['deflate', deflateSync],
      ['deflate', deflateRawSync],
      ['br', brotliCompressSync],
      ['gzip, br', (bytes) => brotliCompressSync(gzipSync(bytes))],
      ['utf-8', (bytes) => bytes],
      ['gzip', (bytes) => bytes],
    ];
    const text = (bytes: number): Buffer => Buffer.from('<a>'.repeat(Math.ceil(bytes / 3))).subarray(0, bytes);

    it.each(packers)('%s: the unpacked bytes count', async (coding, pack) => {
      const budget = bodyBudget();
      const { port, starts } = await start(budget);
      const headers = { 'content-encoding': coding };
      expect(await send(port, pack(text(SMALL_BODY)), headers)).toEqual({ length: SMALL_BODY });
      expect(starts).toEqual([]);
      expect(await send(port, pack(text(SMALL_BODY + 1)), headers)).toMatchObject({
        code: 'REQUEST_TOO_LARGE',
        reason: expect.stringContaining('256 KiB'),
      });
      for (const standing of ['named', 'proven']) {
        expect(await send(port, pack(text(LIMIT)), { ...headers, standing })).toEqual({ length: LIMIT });
        expect(await send(port, pack(text(LIMIT + 1)), { ...headers, standing })).toMatchObject({
          code: 'REQUEST_TOO_LARGE',
          reason: expect.stringContaining(`larger than ${LIMIT} bytes`),
        });
      }
      for (const length of starts) expect(length).toBe(SMALL_BODY);
      await until(async () => budget.bytes() === 0);
    });

    it('the standing is checked with the unpacked beginning', async () => {
      const begins: string[] = [];
      const { port } = await start(bodyBudget(), LIMIT, (begin) => void begins.push(begin.toString('latin1', 0, 6)));
      for (const [coding, pack] of packers)
        await send(port, pack(text(SMALL_BODY + 1)), { 'content-encoding': coding });
      expect(begins).toEqual(packers.map(() => '<a><a>'));
    });

    it('40 parallel compression bombs hold no more than unidentified callers may', async () => {
      const budget = bodyBudget();
      const { port } = await start(budget);
      let most = 0;
      const timer = setInterval(() => (most = Math.max(most, budget.bytes())), 1);
      const zeros = Buffer.alloc(64 * MIB);
      const bombs = [gzipSync(zeros), deflateSync(zeros), brotliCompressSync(zeros), gzipSync(gzipSync(zeros))];
      const codings = ['gzip', 'deflate', 'br', 'gzip, gzip'];
      const answers = await Promise.all(
        Array.from({ length: 40 }, (_, index) =>
          send(port, bombs[index % 4] ?? zeros, { 'content-encoding': codings[index % 4] ?? '' }),
        ),
      );
      clearInterval(timer);
      for (const { code } of answers) expect(['REQUEST_TOO_LARGE', 'SERVICE_UNAVAILABLE']).toContain(code);
      expect(most).toBeLessThanOrEqual(8 * MIB);
      await until(async () => budget.bytes() === 0);
    });

    it('a brotli window counts in full; one over 4 MiB is refused at once, with a hint', async () => {
      const tables = 3 * MIB;
      const packed = (bits: number): Buffer =>
        brotliCompressSync(text(1000), { params: { [constants.BROTLI_PARAM_LGWIN]: bits } });
      const headers = { 'content-encoding': 'br' };
      for (const bits of [10, 16, 17, 18, 20, 22]) {
        const budget = bodyBudget({ stranger: tables + 2 ** bits + 1000, named: 0, proven: 64 * MIB });
        const { port } = await start(budget);
        expect([bits, await send(port, packed(bits), headers)]).toEqual([bits, { length: 1000 }]);
        expect(budget.bytes()).toBe(0);
      }
      const { port } = await start(bodyBudget({ stranger: tables + 4 * MIB - 1, named: 0, proven: 64 * MIB }));
      expect(await send(port, packed(22), headers)).toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
      for (const [bits, mib] of [
        [23, 8],
        [24, 16],
      ] as const) {
        const { port: other } = await start();
        expect(await send(other, packed(bits), headers)).toEqual({
          code: 'INVALID_REQUEST',
          reason: expect.stringMatching(new RegExp(`it says ${mib} MiB.*gzip.*-w 22`)),
        });
      }
    });

    it('the sent bytes count too, even if they unpack to nothing', async () => {
      const { port } = await start();
      const nothing = Buffer.alloc(LIMIT + 100, gzipSync(''));
      expect(await send(port, nothing, { 'content-encoding': 'gzip', 'transfer-encoding': 'chunked' })).toMatchObject({
        code: 'REQUEST_TOO_LARGE',
      });
    });

    it('a body that cannot be unpacked is refused with the reason; the server goes on', async () => {
      const budget = bodyBudget();
      const { port } = await start(budget);
      const whole = gzipSync(randomBytes(50_000));
      const wrong: [string, Buffer, RegExp][] = [
        ['zstd', whole, /^Content-Encoding "zstd" is not read here/],
        ['gzip, gzip, gzip', whole, /^Content-Encoding names 3 codings/],
        ['gzip', whole.subarray(0, 30_000), /^The body is not gzip/],
        ['gzip', Buffer.from([0xde, 0xad, 0xbe, 0xef]), /^The body is not gzip/],
        ['br', randomBytes(30_000).fill(0xff, 0, 10), /^The body is not br/],
        [
          'deflate',
          Buffer.concat([Buffer.from([0x78, 0x9c]), randomBytes(300_000).fill(0xff, 0, 10)]),
          /^The body is not deflate/,
        ],
      ];
      for (const [coding, bytes, reason] of wrong) {
        for (const more of [{}, { 'transfer-encoding': 'chunked' }] as Record<string, string>[]) {
          expect(await send(port, bytes, { 'content-encoding': coding, ...more })).toEqual({
            code: 'INVALID_REQUEST',
            reason: expect.stringMatching(reason),
          });
        }
      }
      expect(await send(port, Buffer.alloc(0), { 'content-encoding': 'gzip' })).toEqual({ length: 0 });
      expect(await send(port, gzipSync('<a/>'), { 'content-encoding': 'gzip' })).toEqual({ length: 4 });
      await until(async () => budget.bytes() === 0);
    });

    it('a body that comes byte by byte is read', async () => {
      const { port } = await start();
      for (const [coding, pack] of packers) {
        const { sending, answer } = open(port, { 'content-encoding': coding, 'transfer-encoding': 'chunked' });
        for (const byte of pack(text(200))) {
          sending.write(Buffer.from([byte]));
          await new Promise(setImmediate);
        }
        sending.end();
        expect(await answer).toEqual({ length: 200 });
      }
    });

    it('callers that disconnect early release their bytes', async () => {
      const budget = bodyBudget();
      const { port } = await start(budget);
      const packed = gzipSync(randomBytes(200_000));
      const slow = Array.from({ length: 20 }, (_, index) =>
        open(port, {
          'content-encoding': 'gzip',
          'content-length': String(packed.length),
          'x-forwarded-for': `192.0.2.${index}`,
        }),
      );
      for (const { sending, answer } of slow) {
        answer.catch(() => undefined);
        sending.write(packed.subarray(0, 100_000));
      }
      await until(async () => budget.bytes() > 20 * 90_000);
      for (const { sending } of slow) sending.destroy();
      await until(async () => budget.bytes() === 0);
    });
  });

  it('96 unidentified callers that send 5 MB hold at most 256 KiB each, and 8 MiB together', async () => {
    const budget = bodyBudget();
    const { port } = await start(budget);
    let most = 0;
    const timer = setInterval(() => (most = Math.max(most, budget.bytes())), 1);
    const answers = await Promise.all(Array.from({ length: 96 }, () => post(port, 5 * MIB)));
    clearInterval(timer);
    expect(new Set(answers.map(({ code }) => code))).toEqual(new Set(['REQUEST_TOO_LARGE']));
    expect(most).toBeLessThanOrEqual(8 * MIB);
    expect(budget.bytes()).toBe(0);
  });

  it('an address that fills its share blocks only itself; a body counts until its answer is sent', async () => {
    const budget = bodyBudget();
    const { port, answer } = await start(budget);
    const attacker = { 'x-forwarded-for': '203.0.113.9', wait: '1' };
    const held = Array.from({ length: 40 }, () => post(port, SMALL_BODY, attacker));
    await until(async () => budget.bytes() === 8 * MIB);
    expect(await post(port, 1000, { 'x-forwarded-for': '203.0.113.9' })).toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    expect(await post(port, 1000, { 'x-forwarded-for': '198.51.100.7' })).toEqual({ length: 1000 });
    await until(async () => {
      answer();
      return budget.bytes() === 0;
    });
    const codes = (await Promise.all(held)).map(({ code }) => code);
    expect(codes.filter((code) => code === 'SERVICE_UNAVAILABLE')).toHaveLength(8);
  });

  it('unidentified callers of many addresses leave room for named ones, and those for proven ones', async () => {
    const budget = bodyBudget({ stranger: 1 * MIB, named: 2 * MIB, proven: 4 * MIB });
    const { port, answer } = await start(budget);
    const held: Promise<unknown>[] = [];
    const fill = (standing: string, bytes: number): void => {
      for (let index = 0; index < 20; index += 1)
        held.push(post(port, bytes, { 'x-forwarded-for': `192.0.2.${index}`, standing, wait: '1' }));
    };
    fill('stranger', 200 * 1024);
    await until(async () => budget.bytes() > 0.8 * MIB);
    expect(budget.bytes()).toBeLessThanOrEqual(1 * MIB);
    fill('named', 300 * 1024);
    await until(async () => budget.bytes() > 1.5 * MIB);
    expect(budget.bytes()).toBeLessThanOrEqual(2 * MIB);
    expect(await post(port, 2 * MIB - 1000, { standing: 'proven', 'x-forwarded-for': '192.0.2.1' })).toMatchObject({
      length: 2 * MIB - 1000,
    });
    await until(async () => {
      answer();
      return budget.bytes() === 0;
    });
    await Promise.all(held);
  });

  it('callers that disconnect early release their bytes', async () => {
    const budget = bodyBudget();
    const { port } = await start(budget);
    const slow = Array.from({ length: 30 }, (_, index) =>
      open(port, { 'content-length': '200000', 'x-forwarded-for': `192.0.2.${index}` }),
    );
    for (const { sending, answer } of slow) {
      answer.catch(() => undefined);
      sending.write(Buffer.alloc(100_000));
    }
    await until(async () => budget.bytes() === 30 * 100_000);
    for (const { sending } of slow) sending.destroy();
    await until(async () => budget.bytes() === 0);
  });
});
