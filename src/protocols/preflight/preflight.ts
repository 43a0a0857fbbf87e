import type { Connection } from '../../domain/access/connection.js';
import type { MappedCart } from '../../domain/mapping/mapping.js';
import type { FindingCode } from '../../domain/transmission/finding-codes.js';
import type { PreflightFinding, PreflightRules } from '../../domain/transmission/transfer-payload.js';
import type { SetupRequest } from '../../domain/transmission/setup-request.js';
import { type LineContext, lineFindings } from './line-findings.js';

/** The platform's rules and the settings for writing the cart. */
export interface PreflightContext {
  rules: PreflightRules;
  protocol: 'cxml' | 'oci';
  settings: Connection['settings'];
  request: Pick<SetupRequest, 'currency'>;
}

/** Maximum number of findings per cart; one more finding states the total. */
const MAX_FINDINGS = 200;

/**
 * Predicts how the buyer's platform would treat this cart (architecture.md decision 10, cxml.md 11, oci.md 4). Takes a
 * mapped cart before it is written. Errors first, at most 200 findings. An error means that the platform refuses the
 * cart or loses the line. Carts that the protocol cannot express are refused by the writer instead.
 */
export function preflight(
  cart: MappedCart,
  { rules, protocol, settings, request }: PreflightContext,
): PreflightFinding[] {
  const platform = rules.platform;
  const findings: PreflightFinding[] = [];
  const warn = (code: FindingCode, field: string, message: string): void =>
    void findings.push({ code, severity: 'warning', field, message, platform });
  const names =
    protocol === 'cxml'
      ? { lines: 'ItemIn', currency: 'Money', shipping: 'Shipping' }
      : { lines: 'NEW_ITEM', currency: 'CURRENCY', shipping: 'shipping' };

  if (cart.lines.length === 0 && rules.emptyCart !== undefined)
    warn('CART_WITHOUT_LINES', names.lines, rules.emptyCart);
  if (rules.manyLines !== undefined && cart.lines.length > rules.manyLines.count)
    warn('MANY_LINES', names.lines, `${cart.lines.length} lines: ${rules.manyLines.reason}`);
  const asked = request.currency ?? settings.currency;
  if (asked !== undefined && asked.toUpperCase() !== cart.currency)
    warn(
      'CURRENCY_DIFFERS',
      names.currency,
      `The cart is in ${cart.currency}, the buyer asked for ${asked.slice(0, 10)}; many buyers refuse mixed ` +
        'currencies.',
    );
  if (protocol === 'oci' && cart.shipping !== undefined && /[1-9]/.test(cart.shipping.amount)) {
    warn(
      'SHIPPING_NOT_SENT',
      names.shipping,
      `Shipping of ${cart.shipping.amount} ${cart.currency} is not sent: OCI has no place for it but a line ` +
        '(mapping.shipping "line", or "none" to mean it).',
    );
  }

  const context: LineContext = { rules, protocol, settings, currency: cart.currency };
  for (const [place, line] of cart.lines.entries()) {
    for (const finding of lineFindings(line, context))
      findings.push({ ...finding, line: place + 1, sku: line.sku, platform });
  }
  return capped(
    findings
      .filter(({ severity }) => severity === 'error')
      .concat(findings.filter(({ severity }) => severity === 'warning')),
    platform,
  );
}

function capped(findings: PreflightFinding[], platform: string): PreflightFinding[] {
  if (findings.length <= MAX_FINDINGS) return findings;
  const more = findings.length - MAX_FINDINGS;
  return [
    ...findings.slice(0, MAX_FINDINGS),
    {
      code: 'FINDINGS_CUT',
      severity: 'warning',
      field: '',
      message: `${more} further findings are not listed.`,
      platform,
    },
  ];
}
