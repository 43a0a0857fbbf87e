import { rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { serverSettings } from '../../src/config/environment.js';
import { type RunningServer, startServer } from '../../src/server.js';
import { freshData } from '../support/fresh-data.js';

let directory: string;
let server: RunningServer;
let port: number;
beforeAll(async () => {
  directory = await freshData();
  port = await freePort();
  server = await startServer(
    serverSettings({
      DATA_DIR: directory,
      LOG_LEVEL: 'silent',
      PORT: '0',
      HOST: '0.0.0.0',
      METRICS_PORT: String(port),
    }),
  );
}, 120_000);
afterAll(async () => {
  await server.stop();
  await rm(directory, { recursive: true, force: true });
});

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port: free } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return free;
}

function opens(host: string, at: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(at, host)
      .once('connect', () => resolve(true))
      .once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

it('T69: metrics are served only on a separate port on loopback', async () => {
  expect(await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()).toContain('punchout_http_request_seconds');
  expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(404);
  const reached = Number(new URL(server.url).port);
  expect([await opens('127.0.0.2', reached), await opens('127.0.0.2', port)]).toEqual([true, false]);
  expect((await fetch(`http://127.0.0.1:${reached}/metrics`)).status).toBe(404);
});
