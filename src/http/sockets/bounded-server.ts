import { type RequestListener, type Server, createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Logger } from '../../ports/logger.js';
import { socketPlaces, type Place } from './socket-places.js';

export interface ServerBounds {
  /** Maximum open sockets of the process. Default 2000. */
  sockets?: number | undefined;
  /** Maximum open sockets per client address. 0: no limit. Default: a quarter of `sockets`. */
  socketsPerAddress?: number | undefined;
  /**
   * Addresses and networks of the proxies in front, same as the app's `trust proxy`. They have no limit per address.
   */
  trustedProxies?: readonly string[];
  /** Logs at most once a minute that sockets had to be closed. */
  log?: Logger;
}

const MOST_SOCKETS = 2_000;
/** Socket timeout: 2 checks x 4 s without progress, so no part of an answer may stay unread for 8 s. */
const UNREAD_MS = 4_000;
const TELL_EVERY_MS = 60_000;

/**
 * An HTTP server with limits on the number and time of sockets. Idle sockets are closed when it is nearly full. Slow
 * senders and readers are disconnected (T34).
 */
export function boundedServer(
  app: RequestListener,
  { sockets = MOST_SOCKETS, socketsPerAddress, trustedProxies = [], log }: ServerBounds = {},
): Server {
  const times = {
    connectionsCheckingInterval: 1_000,
    headersTimeout: 5_000,
    requestTimeout: 10_000,
    keepAliveTimeout: 65_000,
  };
  const { opened, answer } = inTurn(app);
  const server = createServer(times, answer);
  const bounds = { total: sockets, perAddress: socketsPerAddress ?? Math.ceil(sockets / 4), proxies: trustedProxies };
  const placeFor = socketPlaces(bounds, tellOf(log));
  server.on('connection', (socket) => opened(socket, placeFor(socket)));
  // Destroy sockets whose peer stops reading, like those that send too slowly. Sockets that still wait for an answer
  // stay open.
  server.setTimeout(UNREAD_MS, (socket) => {
    const isAwaiting = socket.timeout === UNREAD_MS && socket.writableLength === 0;
    // Between requests keepAliveTimeout applies.
    if (!isAwaiting) socket.destroy();
  });
  return server;
}

function tellOf(log: Logger | undefined): () => void {
  let closed = 0;
  let toldAt = -Infinity;
  return () => {
    closed += 1;
    const now = performance.now();
    if (now - toldAt < TELL_EVERY_MS) return;
    log?.warn({ closed }, 'too many open sockets: closed idle or incomplete ones');
    toldAt = now;
    closed = 0;
  };
}

/** Maximum number of requests that wait on one socket behind the current one. Browsers and proxies do not pipeline. */
const MOST_WAITING = 10;

interface Line {
  place: Place;
  isBusy: boolean;
  waiting: [IncomingMessage, ServerResponse][];
}

/**
 * Handles the requests of each socket one after the other, so that a client that pipelines thousands uses only one at a
 * time. While requests wait, the socket is not read. A socket with more than 10 waiting requests is destroyed.
 */
function inTurn(app: RequestListener): { opened(socket: Socket, place: Place): void; answer: RequestListener } {
  const lines = new WeakMap<Socket, Line>();

  function begin(socket: Socket, line: Line, req: IncomingMessage, res: ServerResponse): void {
    line.isBusy = true;
    line.place.begin(req);
    res.once('close', () => {
      line.place.end();
      line.isBusy = false;
      // An answer with `Connection: close` is the last one.
      if (socket.destroyed || socket.writableEnded) line.waiting = [];
      const next = line.waiting.shift();
      if (next === undefined) return;
      if (line.waiting.length === 0) socket.resume();
      begin(socket, line, ...next);
    });
    app(req, res);
  }

  return {
    opened(socket, place) {
      lines.set(socket, { place, isBusy: false, waiting: [] });
    },
    answer(req, res) {
      const { socket } = req;
      const line = lines.get(socket);
      if (line === undefined || socket.destroyed) return;
      if (!line.isBusy) return begin(socket, line, req, res);
      if (line.waiting.length >= MOST_WAITING) {
        socket.destroy();
        return;
      }
      line.waiting.push([req, res]);
      socket.pause();
    },
  };
}
