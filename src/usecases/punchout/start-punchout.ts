import { createHash } from 'node:crypto';
import { JWT_START_SECONDS, type StartTokenForm } from '../../domain/access/tenant.js';
import type { Connection } from '../../domain/access/connection.js';
import type { ConnectorEvents } from '../../domain/transmission/connector-event.js';
import { type Outcome, accept, refuse } from '../../domain/error-codes.js';
import { readCodes } from '../../domain/cart/carried-codes.js';
import { mayReopen, shoppedIn } from '../../domain/transmission/transmission-rules.js';
import type { SetupRequest } from '../../domain/transmission/setup-request.js';
import { newTransmissionId, type Operation, type Transmission } from '../../domain/transmission/transmission.js';
import type { StartTokens } from '../../ports/access/tokens.js';
import type { NewTransmission, TransmissionRepository } from '../../ports/transmission/transmission-repository.js';
import type { ChooseCustomer } from './choose-customer.js';
import { type ReturnAddressDeps, returnUrlRefusal } from '../transfer/return-addresses.js';

interface Deps extends ReturnAddressDeps {
  transmissions: TransmissionRepository;
  tokens: StartTokens;
  /** Path and query, below the public URL, that open a transmission with its token. */
  startPath: (transmissionId: string, token: string) => string;
  chooseCustomer: ChooseCustomer;
  emit<Name extends keyof ConnectorEvents>(name: Name, event: ConnectorEvents[Name]): void;
}

export interface CallUp {
  connection: Connection;
  protocol: Transmission['protocol'];
  operation: string;
  request: SetupRequest;
  buyerCookie: string;
  returnUrl: string | undefined;
  /** The received document. With its payloadID it tells a repeat from a new call-up. */
  document?: Uint8Array;
  /** Identifies a call-up without a document, so that its repeat gets the same transmission (an Idempotency-Key). */
  repeatKey?: string;
  /** Excluded from statistics: no buyer is involved. */
  uncounted?: true;
}

export interface Started {
  transmission: Transmission;
  /** Opens the transmission once. */
  token: string;
  /** Path and query below the public URL. */
  startPath: string;
}

const OPERATIONS: readonly string[] = ['create', 'edit', 'inspect'] satisfies Operation[];

/** Stores a transmission for an authenticated call-up and returns the start address for its buyer. */
export function startPunchout(deps: Deps): (callUp: CallUp) => Promise<Outcome<Started>> {
  return async (callUp) => {
    const { connection, request } = callUp;
    if (!OPERATIONS.includes(callUp.operation))
      return refuse(
        'OPERATION_NOT_SUPPORTED',
        `Operation ${quoted(callUp.operation)} is not supported; supported are create, edit and inspect.`,
      );
    const operation = callUp.operation as Operation;
    if (!mayReopen(connection.settings.cxml.operationAllowed, operation))
      return refuse(
        'OPERATION_NOT_ALLOWED',
        `This connection allows ${String(connection.settings.cxml.operationAllowed)} at most, as operationAllowed ` +
          `in its carts says; "${operation}" is not agreed. Open a new cart with operation "create".`,
      );
    if (callUp.returnUrl === undefined)
      return refuse(
        'INVALID_REQUEST',
        "Element 'PunchOutSetupRequest': Missing child element 'BrowserFormPost' with a URL; " +
          'there is nowhere to return the cart to.',
      );
    const returnUrl = callUp.returnUrl.trim();
    const refused = returnUrlRefusal(deps, { connection, protocol: callUp.protocol, url: returnUrl }, true);
    if (refused !== undefined) return refused;
    const chosen = await deps.chooseCustomer(connection, request);
    if (!chosen.ok) return chosen;
    // A middleware names the user to clone itself; only a place may choose another one.
    const shopCustomer = callUp.protocol === 'repost' && chosen.value?.by !== 'address' ? undefined : chosen.value;

    const testId = deps.testReturns?.testOf(connection, returnUrl);
    const transmissionId = newTransmissionId(connection.tenantId);
    const { startToken: form, startLinkSeconds } = connection.settings;
    const transmission: NewTransmission = {
      tenantId: connection.tenantId,
      transmissionId,
      connectionId: connection.connectionId,
      protocol: callUp.protocol,
      operation,
      request: {
        ...shoppedIn(readCodes(request), connection.settings),
        prices: connection.settings.prices,
        shopCustomer,
      },
      buyerCookie: callUp.buyerCookie,
      returnUrl,
      tokenDigest: deps.tokens.digest(transmissionId, form),
      startLinkSeconds: form === 'jwt' ? Math.min(startLinkSeconds, JWT_START_SECONDS) : startLinkSeconds,
      idleMinutes: connection.settings.idleMinutes,
      absoluteMinutes: connection.settings.absoluteMinutes,
      callUpDigest: callUpDigestOf(callUp),
      testId,
      uncounted: testId === undefined ? callUp.uncounted : true,
    };
    const stored = (await deps.transmissions.create(transmission)) ?? (await repeated(deps, transmission, form));
    deps.emit('setup', { transmission: stored });
    const token = await deps.tokens.token(stored, form);
    return accept({ transmission: stored, token, startPath: deps.startPath(stored.transmissionId, token) });
  };
}

/**
 * A repeated call-up gets the same answer while its link is unused and valid, otherwise a new transmission
 * (architecture.md decision 6).
 */
async function repeated(deps: Deps, transmission: NewTransmission, form: StartTokenForm): Promise<Transmission> {
  const { callUpDigest, ...fresh } = transmission;
  const earlier =
    callUpDigest === undefined
      ? undefined
      : await deps.transmissions.findOpenByCallUp(transmission.tenantId, transmission.connectionId, callUpDigest);
  // A link with an earlier key (secrets were rotated), or in the other form, cannot be reproduced.
  const sameLink = earlier?.tokenDigest === deps.tokens.digest(earlier?.transmissionId ?? '', form);
  if (earlier?.status === 'open' && !earlier.startExpired && sameLink) return earlier;
  const stored = await deps.transmissions.create(fresh);
  if (stored === undefined) throw new Error('a transmission without a call-up digest cannot be a repeat');
  return stored;
}

function callUpDigestOf({ request: { payloadId }, document, repeatKey }: CallUp): string | undefined {
  if (repeatKey !== undefined) return createHash('sha256').update('key\0').update(repeatKey).digest('hex');
  if (payloadId === undefined || payloadId === '' || document === undefined) return undefined;
  return createHash('sha256').update(payloadId).update('\0').update(document).digest('hex');
}

function quoted(text: string): string {
  return JSON.stringify(text.slice(0, 40));
}
