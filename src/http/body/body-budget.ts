import { PunchoutError } from '../../domain/error-codes.js';

const MIB = 1024 * 1024;

/** How far a caller has shown who it is: not at all, by a name that we know, or by a key or a session. */
export type Standing = 'stranger' | 'named' | 'proven';

/** Bytes of request bodies that a process holds at once: what callers of each standing, and of those below it, may fill together. */
const SHARES: Record<Standing, number> = { stranger: 32 * MIB, named: 96 * MIB, proven: 192 * MIB };
/** What callers of one address may fill, so that one cannot shut out all others. A proven caller has no such bound. */
const ADDRESS_SHARES: Record<Standing, number> = { stranger: 8 * MIB, named: 48 * MIB, proven: Infinity };

/** The bytes of one request. */
export interface BodyShare {
  /** False: there is no room for `bytes` more. */
  take(bytes: number): boolean;
  /** The caller has shown who it is: what it holds counts with that standing from now on. */
  raise(standing: Standing): void;
  /** Gives back `bytes` that were taken. */
  give(bytes: number): void;
  /** Gives back all of it. */
  release(): void;
}

export interface BodyBudget {
  open(address: string): BodyShare;
  /** Held at this moment, by all requests. */
  bytes(): number;
}

/** One budget for all request bodies in flight in a process. */
export function bodyBudget(shares = SHARES, addressShares = ADDRESS_SHARES): BodyBudget {
  const held: Record<Standing, number> = { stranger: 0, named: 0, proven: 0 };
  const heldBy = new Map<string, number>();

  const below: Record<Standing, () => number> = {
    stranger: () => held.stranger,
    named: () => held.stranger + held.named,
    proven: () => held.stranger + held.named + held.proven,
  };

  function count(address: string, bytes: number): void {
    const after = (heldBy.get(address) ?? 0) + bytes;
    if (after > 0) heldBy.set(address, after);
    else heldBy.delete(address);
  }

  return {
    bytes: below.proven,
    open(address) {
      let standing: Standing = 'stranger';
      let own = 0;

      function give(bytes: number): void {
        held[standing] -= bytes;
        if (standing !== 'proven') count(address, -bytes);
        own -= bytes;
      }

      return {
        take(bytes) {
          if (below[standing]() + bytes > shares[standing] || below.proven() + bytes > shares.proven) return false;
          if (standing !== 'proven') {
            if ((heldBy.get(address) ?? 0) + bytes > addressShares[standing]) return false;
            count(address, bytes);
          }
          held[standing] += bytes;
          own += bytes;
          return true;
        },
        raise(to) {
          held[standing] -= own;
          held[to] += own;
          if (standing !== 'proven' && to === 'proven') count(address, -own);
          standing = to;
        },
        give,
        release: () => give(own),
      };
    },
  };
}

/** A body that is not taken; `reason` is told to the caller. */
export class BodyRefused extends PunchoutError {
  constructor(code: 'REQUEST_TOO_LARGE' | 'SERVICE_UNAVAILABLE' | 'INVALID_REQUEST', reason?: string) {
    super(code, undefined, reason === undefined ? {} : { reason });
  }
}
