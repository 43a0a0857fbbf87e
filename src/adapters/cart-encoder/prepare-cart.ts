import { profileFor } from '../../config/profiles.js';
import type { ConnectorTransferEvent } from '../../domain/transmission/connector-event.js';
import { type Outcome, accept, refuse } from '../../domain/error-codes.js';
import type { MappedCart } from '../../domain/mapping/mapping.js';
import { PROTOCOL_RULES } from '../../domain/transmission/protocol-rules.js';
import type { Transmission } from '../../domain/transmission/transmission.js';
import type { PreflightFinding } from '../../domain/transmission/transfer-payload.js';
import { applyMapping } from '../../protocols/mapping/apply-mapping.js';
import { preflight } from '../../protocols/preflight/preflight.js';

/** A mapped cart and the pre-flight findings for the buyer's platform. */
export interface PreparedCart {
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
  cart,
  unchanged,
}: ConnectorTransferEvent): Outcome<PreparedCart> {
  const { protocol, request } = transmission;
  if (unchanged === true || sendsNoLines(transmission)) return accept({ cart, findings: [] });
  const mapped = applyMapping({ cart, request, connection, protocol });
  if (!mapped.ok) return mapped;
  if (protocol === 'repost') return accept({ cart: mapped.value, findings: [] });
  const { settings } = connection;
  return accept({
    cart: mapped.value,
    findings: preflight(mapped.value, { rules: profileFor(settings, protocol).preflight, protocol, settings, request }),
  });
}

/** True for an inspect session whose protocol has a document without lines. */
export function sendsNoLines({ protocol, operation }: Pick<Transmission, 'protocol' | 'operation'>): boolean {
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
