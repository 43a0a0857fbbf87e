import type { ConnectorEvents } from '../../domain/transmission/connector-event.js';
import type { PreflightFinding } from '../../domain/transmission/transfer-payload.js';
import { quoteIdOf } from '../../domain/transmission/transmission.js';
import type { Finding } from '../../protocols/returned-cart.js';

/** Pre-flight findings of recently sent carts. */
interface SentFindings {
  note(event: ConnectorEvents['transfer']): void;
  /** By the number in the cart: `SupplierOrderInfo/@orderID` or `EXT_QUOTE_ID`. */
  of(quoteId: string): Finding[];
}

const MOST = 200;

/** Kept in this process only: the demo has one process. */
export function sentFindings(): SentFindings {
  const sent = new Map<string, Finding[]>();
  return {
    note({ transmission, payload }) {
      const [oldest] = sent.keys();
      if (sent.size >= MOST && oldest !== undefined) sent.delete(oldest);
      sent.set(quoteIdOf(transmission), (payload.findings ?? []).map(findingOf));
    },
    of: (quoteId) => sent.get(quoteId) ?? [],
  };
}

function findingOf({ severity, line, sku, field, message, platform }: PreflightFinding): Finding {
  const place = [line === undefined ? undefined : `line ${line}`, sku, field]
    .filter((part) => part !== undefined)
    .join(', ');
  return { severity, place: `${platform}: ${place}`, text: message };
}
