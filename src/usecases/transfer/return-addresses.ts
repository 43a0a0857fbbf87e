import type { Connection } from '../../domain/access/connection.js';
import { type ReturnUrlRules, originsOf, returnUrlFault } from '../../domain/access/return-url.js';
import { returnUrlFaultNote, returnUrlFaultText } from '../../domain/access/return-url.js';
import type { TestReturns } from '../../domain/access/test-return.js';
import { type Outcome, refuseWithNote } from '../../domain/error-codes.js';
import { PROTOCOL_RULES } from '../../domain/transmission/protocol-rules.js';
import type { Protocol } from '../../domain/transmission/protocol.js';

export interface ReturnAddressDeps {
  demoEnabled: boolean;
  /** Origin of this server: the demo's connections may return to its own virtual buyer. */
  publicUrl: string;
  /** Return addresses of test punchouts; absent: there are none. */
  testReturns?: Pick<TestReturns, 'testOf'>;
}

/**
 * Allowed return addresses of a connection: its own list, and in the demo this server's virtual buyer (architecture.md
 * decision 4, section 6).
 */
function returnUrlRules(deps: ReturnAddressDeps, connection: Connection, protocol: Protocol): ReturnUrlRules {
  const demo = connection.demo && deps.demoEnabled;
  return {
    allowed: demo ? [...connection.settings.returnOrigins, deps.publicUrl] : connection.settings.returnOrigins,
    loopbackHttp: demo,
    sapEvent: PROTOCOL_RULES[protocol].allowsSapEvent(connection.settings),
  };
}

/**
 * Undefined: carts may go to this address. `tellsReason`: the caller is told what is wrong with it, since they have
 * sent it. The list is for the tenant's message log only.
 */
export function returnUrlRefusal(
  deps: ReturnAddressDeps,
  { connection, protocol, url }: { connection: Connection; protocol: Protocol; url: string },
  tellsReason = false,
): Outcome<never> | undefined {
  if (deps.testReturns?.testOf(connection, url) !== undefined) return undefined;
  const rules = returnUrlRules(deps, connection, protocol);
  const fault = returnUrlFault(url, rules);
  if (fault === undefined) return undefined;
  const note = returnUrlFaultNote(fault, url, rules.allowed);
  return refuseWithNote('RETURN_URL_REFUSED', note, tellsReason ? { reason: returnUrlFaultText(fault, url) } : {});
}

/**
 * Origins for `form-action` and `frame-ancestors`. They come from the configuration, never from a received URL (T16).
 * The cart of a test punchout goes to our own console and nowhere else.
 */
export function pageOrigins(
  deps: ReturnAddressDeps,
  connection: Connection,
  returnUrl?: string,
): { formAction: string[]; frameAncestors: string[] } {
  const { allowed, sapEvent } = returnUrlRules(deps, connection, connection.protocol);
  const origins = originsOf(allowed);
  const isTest = returnUrl !== undefined && deps.testReturns?.testOf(connection, returnUrl) !== undefined;
  return {
    formAction: isTest ? [deps.publicUrl] : sapEvent ? [...origins, 'sapevent:'] : origins,
    frameAncestors: [...new Set([...origins, ...originsOf(connection.settings.frameAncestors)])],
  };
}
