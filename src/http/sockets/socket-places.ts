import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { countedAddress, isInNetworks } from '../callers/network-list.js';

export interface PlaceBounds {
  /** Sockets that are open at once, whoever opened them. */
  total: number;
  /** Of those, sockets of one client address; 0: no bound. */
  perAddress: number;
  /** Addresses and networks of reverse proxies: each stands for many clients and has no bound of its own. */
  proxies: readonly string[];
}

/** One open socket. */
export interface Place {
  /** A request has begun. */
  begin(request: IncomingMessage): void;
  /** Its answer is out: the socket waits for the next one. */
  end(): void;
}

interface Holder {
  address: string;
  isProxy: boolean;
  /** Its sockets; the one that was opened, or answered, longest ago comes first. */
  sockets: Set<Held>;
}

interface Held {
  socket: Socket;
  holder: Holder;
  /** Grows with each socket that is opened or answered. */
  since: number;
  request?: IncomingMessage | undefined;
}

/** From this share of the total on, each new socket closes another one. */
const NEARLY_FULL = 0.9;

/**
 * Which sockets are closed when there are too many: those without a whole request (idle ones, silent ones, half a header,
 * half a body), the oldest first. An address over its bound loses one of its own. Near the total, the address that has
 * the most loses one; proxies come last, and lose idle ones only. A request that has come whole is never cut off: where
 * there are no others, the new socket goes. `closed` is told of each.
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
    // Counted off at once: the next socket may come before the event of this one's end.
    leave(held);
    held.socket.destroy();
    closed();
  }

  /** Of whoever holds the most; of equals the oldest. */
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

/** The oldest without a whole request; of a proxy, without any. */
function oldestOf({ sockets, isProxy }: Holder, newest: Held): Held | undefined {
  for (const held of sockets) {
    const isFree = held.request === undefined || (!isProxy && !held.request.complete);
    if (isFree && held !== newest) return held;
  }
  return undefined;
}
