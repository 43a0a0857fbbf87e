import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, it } from '@jest/globals';
import express from 'express';
import { PunchoutError } from '../../../src/domain/error-codes.js';
import { type BodyBudget, bodyBudget } from '../../../src/http/body/body-budget.js';
import { bodyReader } from '../../../src/http/body/read-body.js';
import { callBodyReader } from '../../../src/http/store-proxy/readable-body.js';

const KIB = 1024;
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

/** Answers with the body that was read, and with the bytes that the budget holds meanwhile. */
async function reading(budget: BodyBudget): Promise<string> {
  const read = callBodyReader(bodyReader(budget));
  const app = express();
  app.use(async (req, res) => {
    const text = await read(req, res).catch((error: unknown) =>
      error instanceof PunchoutError ? error.code : String(error),
    );
    res.json({ text, held: budget.bytes() });
  });
  const server = createServer(app);
  servers.push(server);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function send(url: string, body: string | Buffer, headers: Record<string, string> = {}): Promise<unknown> {
  return (
    await fetch(url, { method: 'POST', body: typeof body === 'string' ? body : new Uint8Array(body), headers })
  ).json();
}

it('the body of a session counts in the common budget until its answer is sent', async () => {
  const budget = bodyBudget();
  const url = await reading(budget);
  expect(await send(url, '{"a":1}')).toEqual({ text: '{"a":1}', held: 7 });
  expect(await send(url, '')).toEqual({ held: 0 });
  await fetch(url);
  expect(budget.bytes()).toBe(0);
});

it('if unidentified callers fill their share, a session still gets room', async () => {
  const shares = { stranger: 10, named: 10, proven: 100 };
  const url = await reading(bodyBudget(shares, { ...shares, proven: Infinity }));
  expect(await send(url, 'x'.repeat(80))).toEqual({ text: 'x'.repeat(80), held: 80 });
  expect(await send(url, 'x'.repeat(200))).toMatchObject({ text: 'SERVICE_UNAVAILABLE' });
});

it('bodies over 256 KiB, compressed or not in UTF-8 are refused', async () => {
  const url = await reading(bodyBudget());
  expect(await send(url, 'x'.repeat(256 * KIB))).toMatchObject({ text: 'x'.repeat(256 * KIB) });
  expect(await send(url, 'x'.repeat(256 * KIB + 1))).toMatchObject({ text: 'REQUEST_TOO_LARGE' });
  expect(await send(url, gzipSync('{}'), { 'content-encoding': 'gzip' })).toMatchObject({ text: 'INVALID_REQUEST' });
  expect(await send(url, Buffer.from([0x7b, 0xff]))).toMatchObject({ text: 'INVALID_REQUEST' });
});
