import type { Connection } from '../../domain/access/connection.js';
import { type ReturnUrlRules, originsOf } from '../../domain/access/return-url.js';
import { PROTOCOL_RULES } from '../../domain/transmission/protocol-rules.js';
import type { Protocol } from '../../domain/transmission/protocol.js';

export interface ReturnAddressDeps {
  demoEnabled: boolean;
  /** Origin of this server: the demo's connections may return to its own virtual buyer. */
  publicUrl: string;
}

/**
 * Allowed return addresses of a connection: its own list, and in the demo this server's virtual buyer (architecture.md
 * decision 4, section 6).
 */
export function returnUrlRules(deps: ReturnAddressDeps, connection: Connection, protocol: Protocol): ReturnUrlRules {
  const demo = connection.demo && deps.demoEnabled;
  return {
    allowed: demo ? [...connection.settings.returnOrigins, deps.publicUrl] : connection.settings.returnOrigins,
    loopbackHttp: demo,
    sapEvent: PROTOCOL_RULES[protocol].allowsSapEvent(connection.settings),
  };
}

/**
 * Origins for `form-action` and `frame-ancestors`. They come from the configuration, never from a received URL (T16).
 */
export function pageOrigins(
  deps: ReturnAddressDeps,
  connection: Connection,
): { formAction: string[]; frameAncestors: string[] } {
  const { allowed, sapEvent } = returnUrlRules(deps, connection, connection.protocol);
  const origins = originsOf(allowed);
  return {
    formAction: sapEvent ? [...origins, 'sapevent:'] : origins,
    frameAncestors: [...new Set([...origins, ...originsOf(connection.settings.frameAncestors)])],
  };
}
