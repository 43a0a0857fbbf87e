import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { countedAddress, isInNetworks } from '../callers/network-list.js';

export interface PlaceBounds {
  /** Maximum open sockets of all clients. */
  total: number;
  /** Maximum open sockets per client address; 0: no limit. */
  perAddress: number;
  /** Addresses and networks of reverse proxies: each serves many clients and has no limit per address. */
  proxies: readonly string[];
}

/** One open socket. */
export interface Place {
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
export function socketPlaces(
  { total, perAddress, proxies }: PlaceBounds,
  closed: () => void,
): (socket: Socket) => Place {
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
