import type { Request, RequestHandler } from 'express';
import type { AccessPolicy } from '../../domain/access/access-policy.js';
import type { Connection } from '../../domain/access/connection.js';
import { type Outcome, PunchoutError, accept, refuse } from '../../domain/error-codes.js';
import type { RateLimits } from '../../ports/access/rate-limits.js';
import { countedAddress, isInNetworks } from './network-list.js';

export interface AdmissionDeps {
  limits: RateLimits;
  /** In the demo nobody on this machine is limited. */
  demoEnabled: boolean;
  /** Requests a minute of one client address to all of our addresses together; 0: no limit. */
  requestsPerAddress: number;
}

export interface Admission {
  /** Whether proven credentials may be used from where the request comes, and this often. `owner` is what is counted: a connection, or a key. */
  admit(req: Request, owner: string, policy: Pick<AccessPolicy, 'allowedAddresses' | 'requestsPerMinute' | 'requestsPerAddress'>): Promise<Outcome<void>>;
  /** The address by which wrong secrets are counted; undefined: they are not. */
  guessAddress(req: Request): string | undefined;
  /** Goes before everything else of a family, whose envelope says no. */
  limitAddress: RequestHandler;
}

/** The same for a connection that a call-up has proven itself as. */
export type AdmitConnection = (req: Request, connection: Connection) => Promise<Outcome<void>>;

export function admitConnection({ admit }: Pick<Admission, 'admit'>): AdmitConnection {
  return (req, { tenantId, connectionId, settings }) => admit(req, `connection:${tenantId}:${connectionId}`, settings);
}

const LOOPBACK = ['127.0.0.0/8', '::1'];

/** The client's address is `req.ip`: what the proxies say that the app trusts (`trust proxy`, TRUSTED_PROXIES), never what the client says (SECURITY T36). */
export function admission({ limits, demoEnabled, requestsPerAddress }: AdmissionDeps): Admission {
  const isLimited = (req: Request): boolean => !(demoEnabled && isInNetworks(req.ip, LOOPBACK));

  const limited: RequestHandler = async (req, res, next) => {
    const wait = isLimited(req) ? await limits.take(`address:${countedAddress(req.ip)}`, requestsPerAddress) : undefined;
    if (wait !== undefined) {
      res.set('Retry-After', String(wait));
      throw new PunchoutError('RATE_LIMITED');
    }
    next();
  };

  return {
    async admit(req, owner, policy) {
      if (policy.allowedAddresses.length > 0 && !isInNetworks(req.ip, policy.allowedAddresses)) return refuse('ADDRESS_NOT_ALLOWED');
      if ((policy.requestsPerMinute === 0 && policy.requestsPerAddress === 0) || !isLimited(req)) return accept(undefined);
      const counts: [key: string, perMinute: number][] = [[`owner:${owner}`, policy.requestsPerMinute], [`owner:${owner}:${countedAddress(req.ip)}`, policy.requestsPerAddress]];
      const active = counts.filter(([, perMinute]) => perMinute > 0);
      const waits = await Promise.all(active.map(([key, perMinute]) => limits.take(key, perMinute)));
      const seconds = Math.max(...waits.map((wait) => wait ?? 0));
      return seconds === 0 ? accept(undefined) : refuse('RATE_LIMITED', undefined, { retry_after_seconds: seconds });
    },
    guessAddress: (req) => (isLimited(req) ? countedAddress(req.ip) : undefined),
    limitAddress: requestsPerAddress === 0 ? (_req, _res, next) => next() : limited,
  };
}
