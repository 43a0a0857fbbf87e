import { once } from 'node:events';
import { type IncomingMessage, type Server, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import express, { type Response } from 'express';
import { sendEventStream } from '../../../src/http/answers/event-stream.js';
import type { EventTail, TailStep } from '../../../src/usecases/history/follow-events.js';

const EVENT = { place: '1:2:@3', type: 'refusal', at: new Date(0) } as const;
/** More than all buffers between server and reader take. */
const MANY = 1_000;
const LINE = { data: { text: 'x'.repeat(64 * 1024) } };

/** A tail without end, which tells whether it was closed. */
function endlessTail(): EventTail & { isClosed: boolean; given: number } {
  return {
    isClosed: false,
    given: 0,
    close() {
      this.isClosed = true;
    },
    async *[Symbol.asyncIterator](): AsyncGenerator<TailStep> {
      while (!this.isClosed && this.given < MANY) {
        this.given += 1;
        yield { kind: 'events', events: [EVENT], place: EVENT.place };
      }
    },
  };
}

interface Streaming {
  tail: ReturnType<typeof endlessTail>;
  res: Response;
  reader: IncomingMessage;
  /** Connections that the server has. */
  connections(): Promise<number>;
}

const servers = new Set<Server>();
// Sockets keep the real time; the server's patience is counted in this one.
beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'clearImmediate', 'setInterval', 'performance'] });
});
afterEach(() => {
  jest.useRealTimers();
  for (const server of servers) server.closeAllConnections();
  for (const server of servers) server.close();
  servers.clear();
});

/** A reader over a real socket who takes nothing, and a server that waits for them. */
async function streaming(): Promise<Streaming> {
  const tail = endlessTail();
  const app = express();
  const answered = new Promise<Response>((resolve) => {
    app.get('/', async (req, res) => {
      resolve(res);
      await sendEventStream(req, res, tail, () => [LINE]);
    });
  });
  const server = createServer(app).listen(0, '127.0.0.1');
  servers.add(server);
  await once(server, 'listening');
  const asked = request({ port: (server.address() as AddressInfo).port, host: '127.0.0.1' });
  asked.on('error', () => undefined).end();
  const [reader] = (await once(asked, 'response')) as [IncomingMessage];
  reader.on('error', () => undefined).pause();
  const res = await answered;
  await soon(() => res.writableNeedDrain && jest.getTimerCount() === 1);
  return {
    tail,
    res,
    reader,
    connections: () =>
      new Promise((resolve, reject) => {
        server.getConnections((error, count) => (error === null ? resolve(count) : reject(error)));
      }),
  };
}

async function soon(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
}

it('a reader who takes nothing for 10 s is disconnected, and the tail ends', async () => {
  const { tail, res, connections } = await streaming();
  const { given } = tail;
  expect(given).toBeLessThan(MANY);
  jest.advanceTimersByTime(9_999);
  expect([res.destroyed, tail.isClosed, await connections()]).toEqual([false, false, 1]);
  jest.advanceTimersByTime(1);
  await soon(() => tail.isClosed && res.destroyed);
  expect([res.destroyed, tail.given]).toEqual([true, given]);
}, 20_000);

it('a reader who goes on in time keeps the stream', async () => {
  const { tail, res, reader } = await streaming();
  jest.advanceTimersByTime(9_999);
  reader.resume();
  await once(reader, 'end');
  expect([tail.given, res.writableFinished, jest.getTimerCount()]).toEqual([MANY, true, 0]);
}, 20_000);
