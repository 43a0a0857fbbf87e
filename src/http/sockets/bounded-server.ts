import { type RequestListener, type Server, createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Logger } from '../../ports/logger.js';
import { countedAddress, isInNetworks } from '../callers/network-list.js';

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

interface PlaceBounds {
  /** Maximum open sockets of all clients. */
  total: number;
  /** Maximum open sockets per client address; 0: no limit. */
  perAddress: number;
  /** Addresses and networks of reverse proxies: each serves many clients and has no limit per address. */
  proxies: readonly string[];
}

/** One open socket. */
interface Place {
  /** A request has started. */
  begin(request: IncomingMessage): void;
  /** The answer was sent: the socket waits for its next request. */
  end(): void;
}

interface Holder {
  address: string;
  isProxy: boolean;
  /** Ordered by time of opening or of the last answer, oldest first. */
  sockets: Set<Held>;
}

interface Held {
  socket: Socket;
  holder: Holder;
  /** Increases with each socket that is opened or answered. */
  since: number;
  request?: IncomingMessage | undefined;
}

/** Above this share of the total, each new socket closes another one. */
const NEARLY_FULL = 0.9;

/**
 * Chooses which sockets to close when there are too many: the oldest without a complete request (idle, silent, half a
 * header, half a body). An address over its limit loses one of its own sockets. Near the total, the address with the
 * most sockets loses one; proxies come last and lose idle sockets only. A socket with a complete request is never
 * closed; if there are no others, the new socket is closed. `closed` is called for each.
 */
function socketPlaces({ total, perAddress, proxies }: PlaceBounds, closed: () => void): (socket: Socket) => Place {
  const holders = new Map<string, Holder>();
  const nearlyFull = Math.floor(total * NEARLY_FULL);
  let open = 0;
  let turn = 0;

  function leave(held: Held): void {
    const { holder } = held;
    if (!holder.sockets.delete(held)) return;
    open -= 1;
    if (holder.sockets.size === 0) holders.delete(holder.address);
  }

  function close(held: Held): void {
    // Counted at once: the next socket may arrive before the close event of this one.
    leave(held);
    held.socket.destroy();
    closed();
  }

  /** Takes from the address with the most sockets; if equal, the oldest. */
  function sacrifice(newest: Held, ofProxies: boolean): Held | undefined {
    let found: Held | undefined;
    for (const holder of holders.values()) {
      if (holder.isProxy !== ofProxies) continue;
      const most = found?.holder.sockets.size ?? 0;
      const held = holder.sockets.size < most ? undefined : oldestOf(holder, newest);
      if (held === undefined) continue;
      if (found === undefined || holder.sockets.size > most || held.since < found.since) found = held;
    }
    return found;
  }

  function makeRoom(newest: Held): void {
    const { holder } = newest;
    if (!holder.isProxy && perAddress > 0 && holder.sockets.size > perAddress)
      close(oldestOf(holder, newest) ?? newest);
    else if (open > nearlyFull) {
      const held = sacrifice(newest, false) ?? sacrifice(newest, true) ?? (open > total ? newest : undefined);
      if (held !== undefined) close(held);
    }
  }

  return (socket) => {
    const { remoteAddress } = socket;
    const address = countedAddress(remoteAddress);
    let holder = holders.get(address);
    if (holder === undefined) {
      holder = { address, isProxy: isInNetworks(remoteAddress, proxies), sockets: new Set() };
      holders.set(address, holder);
    }
    const { sockets } = holder;
    const held: Held = { socket, holder, since: (turn += 1) };
    sockets.add(held);
    open += 1;
    socket.once('close', () => leave(held));
    makeRoom(held);
    return {
      begin(request) {
        held.request = request;
      },
      end() {
        held.request = undefined;
        held.since = turn += 1;
        if (sockets.delete(held)) sockets.add(held);
      },
    };
  };
}

/** The oldest socket without a complete request; of a proxy, without any request. */
function oldestOf({ sockets, isProxy }: Holder, newest: Held): Held | undefined {
  for (const held of sockets) {
    const isFree = held.request === undefined || (!isProxy && !held.request.complete);
    if (isFree && held !== newest) return held;
  }
  return undefined;
}
