import { PunchoutError } from '../../domain/error-codes.js';

const MIB = 1024 * 1024;

/** How far a caller is identified: not at all, by a known name, or by a valid key or session. */
export type Standing = 'stranger' | 'named' | 'proven';

/**
 * Maximum bytes of request bodies in memory per process. Each limit covers callers of that standing and of all lower
 * ones.
 */
const SHARES: Record<Standing, number> = { stranger: 32 * MIB, named: 96 * MIB, proven: 192 * MIB };
/**
 * The same limit per client address, so that one address cannot block all others. Proven callers have no such limit.
 */
const ADDRESS_SHARES: Record<Standing, number> = { stranger: 8 * MIB, named: 48 * MIB, proven: Infinity };

/** The bytes that one request holds. */
export interface BodyShare {
  /** False if there is no room for `bytes` more. */
  take(bytes: number): boolean;
  /** The caller has been identified: from now on its bytes count with that standing. */
  raise(standing: Standing): void;
  /** Releases `bytes`. */
  give(bytes: number): void;
  /** Releases all bytes of the request. */
  release(): void;
}

export interface BodyBudget {
  open(address: string): BodyShare;
  /** Bytes held now, by all requests. */
  bytes(): number;
}

/** One memory budget for all request bodies that a process is handling. */
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

/** A request body was refused. `reason` is sent to the caller. */
export class BodyRefused extends PunchoutError {
  constructor(code: 'REQUEST_TOO_LARGE' | 'SERVICE_UNAVAILABLE' | 'INVALID_REQUEST', reason?: string) {
    super(code, undefined, reason === undefined ? {} : { reason });
  }
}
