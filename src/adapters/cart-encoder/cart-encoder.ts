import { randomBytes } from 'node:crypto';
import type { CartEncoder } from '../../ports/transmission/transmission-repository.js';
import {
  type NotCarried,
  noteNotCarried,
  type PreflightFinding,
  type TransferPayload,
} from '../../domain/transmission/transfer-payload.js';
import type { ConnectorTransferEvent } from '../../domain/transmission/connector-event.js';
import { type Outcome, accept, refuse } from '../../domain/error-codes.js';
import { newPayloadId, timeOfPayloadId } from '../../protocols/cxml/write/document-start.js';
import { CART_PROTOCOLS } from '../../protocols/cart-protocols.js';
import { writerSettings, applyMapping } from '../../protocols/mapping/apply-mapping.js';
import { notCarriedBy } from './not-carried.js';
import { profileFor } from '../../config/profiles.js';
import { grossCart } from '../../domain/cart/gross-prices.js';
import type { MappedCart } from '../../domain/mapping/mapping.js';
import { PROTOCOL_RULES } from '../../domain/transmission/protocol-rules.js';
import type { Transmission } from '../../domain/transmission/transmission.js';
import { preflight } from '../../protocols/preflight/preflight.js';

/**
 * Maps, checks and writes a cart for its buyer. `publicUrl` provides the host in payloadIDs. Refuses a cart that the
 * buyer's platform would refuse or lose.
 */
export function cartEncoder(publicUrl: string): CartEncoder {
  const host = new URL(publicUrl).hostname;
  return {
    encode(event) {
      const prepared = prepareCart(event);
      if (!prepared.ok) return prepared;
      const payloadId = newPayloadId(host, new Date(), randomBytes(9).toString('base64url'));
      return preflightRefusal(prepared.value.findings) ?? writePayload(event, prepared.value, payloadId);
    },
  };
}

/**
 * Picks the codec by the transmission's protocol; findings are stored together with the payload. The time of the
 * document is that of its payloadID.
 */
export function writePayload(
  came: ConnectorTransferEvent,
  { cart, findings }: PreparedCart,
  payloadId: string,
): Outcome<TransferPayload> {
  const { transmission, connection, unchanged, categoryNumbers, given } = came;
  const forWriter = { ...connection, settings: writerSettings(connection) };
  const event = { transmission, connection: forWriter, cart, unchanged, categoryNumbers, given };
  const written = CART_PROTOCOLS[transmission.protocol].encode(event, payloadId, timeOfPayloadId(payloadId));
  if (!written.ok) return written;
  const notCarried = notCarriedBy(came, cart, written.value);
  for (const entry of written.value.notCarried ?? []) noteNotCarried(notCarried, entry);
  const told = findings.concat(notCarried.map(findingOf));
  const isUnchanged = unchanged === true || sendsNoLines(transmission);
  return accept({
    ...written.value,
    unchanged: isUnchanged ? true : undefined,
    findings: told.length > 0 ? told : undefined,
    notCarried: notCarried.length > 0 ? notCarried : undefined,
  });
}

/** A pre-flight warning. Lines are numbered as received, before the mapping. */
function findingOf({ line, field, reason }: NotCarried): PreflightFinding {
  return {
    code: 'FIELD_NOT_CARRIED',
    severity: 'warning',
    field,
    message: `${line === undefined ? '' : `Line ${line} of the cart as it came: `}${reason} It is not sent.`,
    platform: 'not carried',
  };
}

/** A mapped cart and the pre-flight findings for the buyer's platform. */
interface PreparedCart {
  cart: MappedCart;
  findings: PreflightFinding[];
}

/**
 * Mapping, then pre-flight (architecture.md decisions 8 and 10). An inspect session sends no lines, so nothing is
 * checked.
 */
export function prepareCart({
  transmission,
  connection,
  cart: came,
  unchanged,
  given,
}: ConnectorTransferEvent): Outcome<PreparedCart> {
  const { protocol, request } = transmission;
  if (unchanged === true || sendsNoLines(transmission)) return accept({ cart: came, findings: [] });
  // A cart that the shop posts has the prices that the shop wants.
  const isGross = connection.settings.prices === 'gross' && given === undefined;
  const priced = isGross ? grossCart(came) : accept(came);
  if (!priced.ok) return priced;
  const mapped = applyMapping({ cart: priced.value, request, connection, protocol });
  if (!mapped.ok) return mapped;
  if (protocol === 'repost') return accept({ cart: mapped.value, findings: [] });
  const { settings } = connection;
  return accept({
    cart: mapped.value,
    findings: preflight(mapped.value, { rules: profileFor(settings, protocol).preflight, protocol, settings, request }),
  });
}

/** True for an inspect session whose protocol has a document without lines. */
function sendsNoLines({ protocol, operation }: Pick<Transmission, 'protocol' | 'operation'>): boolean {
  return operation === 'inspect' && !PROTOCOL_RULES[protocol].inspectSendsLines;
}

/** Why the platform would refuse the cart or lose a line; undefined when it accepts the cart. */
export function preflightRefusal(findings: readonly PreflightFinding[]): ReturnType<typeof refuse> | undefined {
  const errors = findings.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  if (first === undefined) return undefined;
  const { line, sku = '', field, message } = first;
  const more = errors.length === 1 ? '' : ` (and ${errors.length - 1} more)`;
  return refuse(
    'CART_NOT_ENCODABLE',
    `${line === undefined ? '' : `Line ${line}, ${sku.slice(0, 60)}: `}${message}${more}`,
    { ...(line === undefined ? {} : { line, sku }), field },
  );
}
