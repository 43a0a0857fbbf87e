import { once } from 'node:events';
import { createServer } from 'node:http';
import { type Socket, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, it } from '@jest/globals';
import { type Listener, listen } from '../../../src/http/sockets/listen.js';
import { until } from '../../support/until.js';

const POST = 'POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi';
const PATIENCE_MS = 10_000;
/** Longer than a test may take. */
const FOREVER_MS = 3_600_000;

/** What came back, or why nothing did. */
async function posted(port: number): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write(POST);
  try {
    return (await text(socket)).split('\r\n')[0] ?? '';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'failed';
  }
}

async function running(): Promise<{ listener: Listener; port: number }> {
  const listener = await listen(
    createServer((_req, res) => res.end('ok')),
    { host: '127.0.0.1', port: 0 },
  );
  return { listener, port: Number(new URL(listener.url).port) };
}

async function silent(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  return socket;
}

it('connections that wait in the queue of a listener are answered before it closes', async () => {
  const { listener, port } = await running();
  const answers = Array.from({ length: 40 }, () => posted(port));
  // The kernel connects them at once; the server has not seen one of them.
  await new Promise<void>((resolve) => {
    process.nextTick(resolve);
  });
  const closing = listener.close(PATIENCE_MS);
  expect(new Set(await Promise.all(answers))).toEqual(new Set(['HTTP/1.1 200 OK']));
  await closing;
  expect(await posted(port)).toBe('ECONNREFUSED');
});

it('a listener to which buyers keep connecting closes all the same', async () => {
  const { listener, port } = await running();
  const state = { isOver: false };
  const load = Array.from({ length: 8 }, async () => {
    while (!state.isOver) await posted(port);
  });
  await listener.close(PATIENCE_MS);
  state.isOver = true;
  await Promise.all(load);
  expect(await posted(port)).toBe('ECONNREFUSED');
});

it('a socket opened ahead, on which nothing was sent, does not hold up the end', async () => {
  const { listener, port } = await running();
  const socket = await silent(port);
  const end = once(socket, 'close');
  await listener.close(FOREVER_MS, 0);
  await end;
});

it('a socket with half a request is not taken for one of them', async () => {
  const { listener, port } = await running();
  const [slow, unused] = [await silent(port), await silent(port)];
  slow.write(POST.slice(0, 20));
  // This answer comes after the server has read that half.
  await posted(port);
  const end = once(unused, 'close');
  const closing = listener.close(FOREVER_MS, 0);
  await end;
  slow.write(POST.slice(20));
  expect((await text(slow)).split('\r\n')[0]).toBe('HTTP/1.1 200 OK');
  await closing;
});

it('a request that is sent on such a socket while the listener closes is answered', async () => {
  const { listener, port } = await running();
  const [asking, waiting] = [await silent(port), await silent(port)];
  const closing = listener.close(FOREVER_MS, FOREVER_MS);
  await until(async () => (await posted(port)) === 'ECONNREFUSED');
  asking.write(POST);
  expect((await text(asking)).split('\r\n')[0]).toBe('HTTP/1.1 200 OK');
  waiting.destroy();
  await closing;
});
