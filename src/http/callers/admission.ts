import type { Request, RequestHandler } from 'express';
import type { AccessPolicy } from '../../domain/access/tenant.js';
import type { Connection } from '../../domain/access/connection.js';
import { type Outcome, PunchoutError, accept, refuse, refuseWithNote } from '../../domain/error-codes.js';
import { listedText } from '../../domain/listed-text.js';
import type { RateLimits } from '../../ports/access/guess-limits.js';
import type { Logger } from '../../ports/logger.js';
import { countedAddress, isInNetworks, isPrivate } from './network-list.js';

interface AdmissionDeps {
  limits: RateLimits;
  /** Demo mode: requests from this machine are not limited. */
  demoEnabled: boolean;
  /** Requests per minute of one client address, to all our routes together. 0: no limit. */
  requestsPerAddress: number;
  /** The same for an address without valid credentials in the last hour. 0: no limit. */
  requestsPerStranger: number;
  log: Logger;
}

export interface Admission {
  /**
   * Checks whether valid credentials may be used from this address and at this rate. `owner` is the connection or key
   * that is counted.
   */
  admit(
    req: Request,
    owner: string,
    policy: Pick<AccessPolicy, 'allowedAddresses' | 'requestsPerMinute' | 'requestsPerAddress'>,
  ): Promise<Outcome<void>>;
  /** Valid credentials were used: for one hour the address counts as known. */
  proven(req: Request): void;
  /** The address by which wrong secrets are counted. Undefined: they are not counted. */
  guessAddress(req: Request): string | undefined;
  /** First handler of an API family. Refusals are sent in the family's envelope. */
  limitAddress: RequestHandler;
  /** The same, except that requests without cost are not limited for unknown addresses. */
  limitAddressWhere(costs: (req: Request) => boolean): RequestHandler;
}

/** The same for a connection whose credentials a call-up has proven. */
export type AdmitConnection = (req: Request, connection: Connection) => Promise<Outcome<void>>;

export function admitConnection({ admit }: Pick<Admission, 'admit'>): AdmitConnection {
  return (req, { tenantId, connectionId, settings }) => admit(req, `connection:${tenantId}:${connectionId}`, settings);
}

const LOOPBACK = ['127.0.0.0/8', '::1'];

/**
 * The client's address is `req.ip`: it comes from proxies that the app trusts (`trust proxy`, TRUSTED_PROXIES), never
 * from the client itself (T36).
 */
export function admission({
  limits,
  demoEnabled,
  requestsPerAddress,
  requestsPerStranger,
  log,
}: AdmissionDeps): Admission {
  const known = knownAddresses();
  const isLimited = (req: Request): boolean => !(demoEnabled && isInNetworks(req.ip, LOOPBACK));
  let isTold = false;

  /** All clients behind an undeclared proxy share one address. */
  function noticeProxy(req: Request): void {
    if (
      isTold ||
      req.headers['x-forwarded-for'] === undefined ||
      req.ip !== req.socket.remoteAddress ||
      !isPrivate(req.ip)
    )
      return;
    isTold = true;
    log.warn(
      { proxy: req.ip },
      'requests come through an undeclared proxy: limits and allow-lists treat all its clients as one. ' +
        'Set TRUSTED_PROXIES (`trust proxy` of an app)',
    );
  }

  function limitAddressWhere(costs: (req: Request) => boolean): RequestHandler {
    if (requestsPerAddress === 0 && requestsPerStranger === 0) return (_req, _res, next) => next();
    return async (req, res, next) => {
      if (isLimited(req)) {
        noticeProxy(req);
        const address = countedAddress(req.ip);
        const counts: [key: string, perMinute: number][] = [[`address:${address}`, requestsPerAddress]];
        if (!known.has(address) && costs(req)) counts.push([`stranger:${address}`, requestsPerStranger]);
        const seconds = await waitOf(counts);
        if (seconds > 0) {
          res.set('Retry-After', String(seconds));
          throw new PunchoutError('RATE_LIMITED', undefined, {
            reason: `Too many requests came from this address; try again in ${seconds} s.`,
          });
        }
      }
      next();
    };
  }

  /** Seconds to wait; 0: none. */
  async function waitOf(counts: readonly [key: string, perMinute: number][]): Promise<number> {
    const active = counts.filter(([, perMinute]) => perMinute > 0);
    const waits = await Promise.all(active.map(([key, perMinute]) => limits.take(key, perMinute)));
    return Math.max(0, ...waits.map((wait) => wait ?? 0));
  }

  const proven = (req: Request): void => known.add(countedAddress(req.ip));

  return {
    async admit(req, owner, policy) {
      if (policy.allowedAddresses.length > 0 && !isInNetworks(req.ip, policy.allowedAddresses))
        return refuseWithNote('ADDRESS_NOT_ALLOWED', addressNote(req, policy.allowedAddresses));
      proven(req);
      if (!isLimited(req)) return accept(undefined);
      const seconds = await waitOf([
        [`owner:${owner}`, policy.requestsPerMinute],
        [`owner:${owner}:${countedAddress(req.ip)}`, policy.requestsPerAddress],
      ]);
      return seconds === 0 ? accept(undefined) : refuse('RATE_LIMITED', undefined, { retry_after_seconds: seconds });
    },
    proven,
    guessAddress: (req) => (isLimited(req) ? countedAddress(req.ip) : undefined),
    limitAddress: limitAddressWhere(() => true),
    limitAddressWhere,
  };
}

/** For the tenant's message log: the address seen, and the list. */
function addressNote(req: Request, allowed: readonly string[]): string {
  const viaProxy = req.headers['x-forwarded-for'] !== undefined && req.ip === req.socket.remoteAddress;
  const proxy = viaProxy ? ' It may be a proxy: it sends X-Forwarded-For, but TRUSTED_PROXIES does not list it.' : '';
  return `Seen: ${req.ip}. Allowed (allowedAddresses): ${listedText(allowed)}.${proxy}`;
}

const KNOWN_MS = 3_600_000;
/** About 150 bytes each. When the list is full, the oldest tenth is dropped. */
const MOST_KNOWN = 20_000;

/** Addresses with valid credentials in the last hour: a key, a secret, a session or a start link. */
interface KnownAddresses {
  add(address: string): void;
  has(address: string): boolean;
}

/** Known addresses of this process. `now`: milliseconds of a monotonic clock. */
export function knownAddresses(now: () => number = () => performance.now()): KnownAddresses {
  /** Ordered oldest first, the order in which they are dropped. */
  const known = new Map<string, number>();
  return {
    add(address) {
      if (known.size >= MOST_KNOWN && !known.has(address)) {
        for (const oldest of known.keys()) {
          if (known.size <= MOST_KNOWN * 0.9) break;
          known.delete(oldest);
        }
      }
      known.delete(address);
      known.set(address, now() + KNOWN_MS);
    },
    has: (address) => (known.get(address) ?? 0) > now(),
  };
}
