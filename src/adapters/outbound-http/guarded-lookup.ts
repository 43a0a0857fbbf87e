import type { LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { type OutboundRules, mayConnect } from './public-address.js';

/** A name's addresses, all of them. */
export type Resolve = (
  hostname: string,
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * The lookup that a connection is made with: resolved once, judged, and connected to what was judged, so that a name that is
 * resolved to something else a moment later gains nothing (SECURITY T49). One address that is not allowed refuses them all.
 */
export function guardedLookup(rules: OutboundRules, resolve: Resolve): LookupFunction {
  return (hostname, options, done) => {
    resolve(hostname, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error !== null) return done(error, '', 4);
      if (first === undefined || addresses.some(({ address }) => !mayConnect(address, rules)))
        return done(new Error(`${hostname} leads to an address that is not allowed`), '', 4);
      return options.all === true ? done(null, addresses) : done(null, first.address, first.family);
    });
  };
}
