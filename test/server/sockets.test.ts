import { request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type ServerChild, startServerChild } from '../support/server-child.js';
import { until } from '../support/until.js';

/** Each is an address of this machine, and a different client for the server. */
const [ATTACKER, BUYER, PROXY] = ['127.0.0.2', '127.0.0.3', '127.0.0.9'];
const TOTAL = 400;
const PER_ADDRESS = 100;
const GET = 'GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n';

let server: ServerChild;
beforeAll(async () => {
  server = await startServerChild({ MAX_SOCKETS: String(TOTAL), TRUSTED_PROXIES: PROXY });
}, 120_000);
afterAll(() => server.close());

const opened: Socket[] = [];
function open(localAddress: string, text = ''): Socket {
  const socket = connect({ port: server.port, host: '127.0.0.1', localAddress }).on('error', () => undefined);
  opened.push(socket);
  if (text !== '') socket.write(text);
  return socket.resume();
}
const isOpen = (socket: Socket): boolean => !socket.destroyed && !socket.readableEnded;
const countOf = (sockets: readonly Socket[]): number => sockets.filter(isOpen).length;

/** Resolves with the status, or 0 without an answer. */
function ask(localAddress: string, path = '/healthz'): Promise<number> {
  return new Promise((resolve) => {
    const asking = request({ port: server.port, path, localAddress, agent: false }, (res) =>
      res.resume().once('end', () => resolve(res.statusCode ?? 0)),
    );
    asking.once('error', () => resolve(0)).end();
  });
}
/** When the server has answered a later socket, it has accepted all earlier ones. */
async function settled(sockets: readonly Socket[]): Promise<void> {
  await until(async () => sockets.every((socket) => !socket.connecting));
  for (let turn = 0; turn < 3; turn += 1) await ask(BUYER);
}
afterEach(async () => {
  const all = opened.splice(0);
  for (const socket of all) socket.destroy();
  await until(async () => all.every(({ closed }) => closed));
  expect(await ask(BUYER)).toBe(200);
});

describe('T34: the number of sockets is limited', () => {
  it.each([
    ['idle after an answer', GET],
    ['silent from the start', ''],
    ['in the middle of a header', 'GET /healthz HTTP/1.1\r\nHost: a\r\nX: '],
    ['in the middle of a body', 'POST /v1/punchout/setup HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n<'],
  ])(
    '2,000 sockets of one address, %s: it keeps its newest 100, and a buyer beside it gets every answer',
    async (_, text) => {
      const buyers: number[] = [];
      const sockets: Socket[] = [];
      for (let round = 0; round < 20; round += 1) {
        for (let index = 0; index < 100; index += 1) sockets.push(open(ATTACKER, text));
        await until(async () => sockets.every(({ connecting }) => !connecting));
        buyers.push(await ask(BUYER));
      }
      expect(new Set(buyers)).toEqual(new Set([200]));
      await until(async () => countOf(sockets) <= PER_ADDRESS);
      expect(countOf(sockets.slice(0, -PER_ADDRESS))).toBe(0);
    },
    60_000,
  );

  it('idle sockets of 100 addresses take at most 90 %; new clients displace those of the largest holders', async () => {
    const kept = open(BUYER, GET);
    const sockets: Socket[] = [];
    for (let round = 0; round < 8; round += 1) {
      for (let address = 0; address < 100; address += 1) sockets.push(open(`127.0.1.${address + 1}`, GET));
      await settled(sockets);
      expect(await ask(`127.0.2.${round + 1}`)).toBe(200);
    }
    await until(async () => countOf(sockets) < TOTAL * 0.9);
    expect(countOf(sockets)).toBeGreaterThan(TOTAL * 0.8);
    expect(isOpen(kept)).toBe(true);
  }, 60_000);

  it('a trusted proxy has no limit per address; its idle sockets close when the server is nearly full', async () => {
    const ofProxy = Array.from({ length: 300 }, () => open(PROXY, GET));
    await settled(ofProxy);
    expect(countOf(ofProxy)).toBe(300);
    const strangers: Socket[] = [];
    for (let address = 0; address < 40; address += 1)
      for (let index = 0; index < 5; index += 1) strangers.push(open(`127.0.1.${address + 1}`, GET));
    await settled(strangers);
    // Unauthenticated clients lose their sockets first.
    expect(countOf(ofProxy)).toBe(300);
    await until(async () => countOf(strangers) <= TOTAL * 0.9 - 300);
    const more = Array.from({ length: 200 }, () => open(PROXY, GET));
    await settled(more);
    await until(async () => countOf([...ofProxy, ...more]) <= TOTAL * 0.9);
    expect(countOf(more)).toBe(200);
    expect(await ask(PROXY)).toBe(200);
    expect(await ask(BUYER)).toBe(200);
  }, 60_000);

  it('10,000 requests on each of 50 sockets: at most 11 pending answers per socket, others are served', async () => {
    const sockets: Socket[] = [];
    const answers: number[] = [];
    for (let index = 0; index < 50; index += 1) {
      const socket = open(ATTACKER, GET.repeat(10_000));
      let text = '';
      socket.on('data', (chunk: Buffer) => {
        text += chunk.toString('latin1');
        answers[index] = text.split('HTTP/1.1 200').length - 1;
      });
      sockets.push(socket);
    }
    await until(async () => countOf(sockets) === 0);
    for (const count of answers) expect(count ?? 0).toBeLessThanOrEqual(11);
    expect([await ask(BUYER), await ask(ATTACKER), server.hasEnded()]).toEqual([200, 200, false]);
  }, 60_000);

  it('11 pipelined requests are answered in order', async () => {
    const paths = Array.from({ length: 11 }, (_, index) => (index % 2 === 0 ? '/healthz' : '/readyz'));
    const socket = open(BUYER, paths.map((path) => GET.replace('/healthz', path)).join(''));
    let text = '';
    socket.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')));
    await until(async () => text.split('HTTP/1.1 200').length === 12);
    expect([...text.matchAll(/\{"status":"(\w+)"/g)].map(([, status]) => status)).toEqual(
      paths.map((path) => (path === '/healthz' ? 'ok' : 'ready')),
    );
    socket.write(GET);
    await until(async () => text.split('HTTP/1.1 200').length === 13);
  });

  it('an Upgrade is answered like any request, CONNECT is closed, and half-closed sockets end', async () => {
    const upgrades = Array.from({ length: 150 }, (_, index) =>
      open(
        ATTACKER,
        GET.replace('\r\n\r\n', `\r\nConnection: Upgrade\r\nUpgrade: ${index % 2 === 0 ? 'websocket' : 'h2c'}\r\n\r\n`),
      ),
    );
    await settled(upgrades);
    await until(async () => countOf(upgrades) <= PER_ADDRESS);
    const tunnels = Array.from({ length: 50 }, () =>
      open(ATTACKER, 'CONNECT 127.0.0.1:22 HTTP/1.1\r\nHost: a\r\n\r\n'),
    );
    await until(async () => countOf(tunnels) === 0);
    const halves = [
      '',
      GET,
      'GET / HTTP/1.1\r\nHos',
      'POST /v1/punchout/setup HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n<',
    ].flatMap((text) =>
      Array.from({ length: 20 }, () => {
        const socket = connect({
          port: server.port,
          host: '127.0.0.1',
          localAddress: ATTACKER,
          allowHalfOpen: true,
        }).on('error', () => undefined);
        opened.push(socket.resume());
        socket.end(text);
        return socket;
      }),
    );
    await until(async () => halves.every(({ readableEnded, destroyed }) => readableEnded || destroyed));
  }, 60_000);

  it('the operator gets a log entry, but not one per socket', () => {
    const told = server.said().match(/too many open sockets/g)?.length;
    expect(told).toBeGreaterThanOrEqual(1);
    expect(told).toBeLessThan(10);
  });
});
