import { type RequestListener, type Server, createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Logger } from '../../ports/logger.js';
import { socketPlaces, type Place } from './socket-places.js';

export interface ServerBounds {
  /** Open sockets of the process. Default 2000. */
  sockets?: number | undefined;
  /** Open sockets of one client address; 0: no bound. Default: a quarter of `sockets`. */
  socketsPerAddress?: number | undefined;
  /** Addresses and networks of the proxies in front, as `trust proxy` of the app has them: not bounded by address. */
  trustedProxies?: readonly string[];
  /** Told once a minute that sockets had to be closed. */
  log?: Logger;
}

const MOST_SOCKETS = 2_000;
/** Node looks twice whether what is to be written has become less: nothing of an answer may stay unread for 8 s. */
const UNREAD_MS = 4_000;
const TELL_EVERY_MS = 60_000;

/**
 * An HTTP server whose sockets are bounded, in number and in time: idle ones are closed when it is nearly full, slow
 * senders and readers are cut off (T34).
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
  // Who does not read the answer is cut off like one who does not send the request; who still awaits it is not.
  server.setTimeout(UNREAD_MS, (socket) => {
    const isAwaiting = socket.timeout === UNREAD_MS && socket.writableLength === 0;
    // Between requests the time is that of keepAliveTimeout.
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
    log?.warn({ closed }, 'too many sockets are open: idle or incomplete ones were closed to make room');
    toldAt = now;
    closed = 0;
  };
}

/** Requests that may wait on one socket behind the one that is being answered. Browsers and proxies send none ahead. */
const MOST_WAITING = 10;

interface Line {
  place: Place;
  isBusy: boolean;
  waiting: [IncomingMessage, ServerResponse][];
}

/**
 * Has each socket's requests answered one after the other: whoever sends thousands at once has one of them worked on.
 * While requests wait, nothing more is read from their socket; one on which more than 10 wait is cut off.
 */
function inTurn(app: RequestListener): { opened(socket: Socket, place: Place): void; answer: RequestListener } {
  const lines = new WeakMap<Socket, Line>();

  function begin(socket: Socket, line: Line, req: IncomingMessage, res: ServerResponse): void {
    line.isBusy = true;
    line.place.begin(req);
    res.once('close', () => {
      line.place.end();
      line.isBusy = false;
      // An answer with `Connection: close` was the last one.
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
