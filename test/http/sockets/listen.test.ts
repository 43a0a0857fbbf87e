import { createServer, type Server } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, it } from '@jest/globals';
import { closed, listen } from '../../../src/http/sockets/listen.js';

const POST = 'POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi';
const PATIENCE_MS = 10_000;

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

async function running(): Promise<{ server: Server; port: number }> {
  const server = createServer((_req, res) => res.end('ok'));
  return { server, port: Number(new URL(await listen(server, { host: '127.0.0.1', port: 0 })).port) };
}

it('connections that wait in the queue of a listener are answered before it closes', async () => {
  const { server, port } = await running();
  const answers = Array.from({ length: 40 }, () => posted(port));
  // The kernel connects them at once; the server has not seen one of them.
  await new Promise<void>((resolve) => {
    process.nextTick(resolve);
  });
  const closing = closed(server, PATIENCE_MS);
  expect(new Set(await Promise.all(answers))).toEqual(new Set(['HTTP/1.1 200 OK']));
  await closing;
  expect(await posted(port)).toBe('ECONNREFUSED');
});

it('a listener to which buyers keep connecting closes all the same', async () => {
  const { server, port } = await running();
  const state = { isOver: false };
  const load = Array.from({ length: 8 }, async () => {
    while (!state.isOver) await posted(port);
  });
  await closed(server, PATIENCE_MS);
  state.isOver = true;
  await Promise.all(load);
  expect(server.listening).toBe(false);
});
