import type { ConnectorTransferEvent } from '../../domain/transmission/connector-event.js';
import type { Refusal } from '../../domain/error-codes.js';
import type { TransferPayload } from '../../domain/transmission/transfer-payload.js';

/** Writes a cart in the buyer's protocol; the one encoding that happens inside a use case, before the commit. */
export interface CartEncoder {
  encode(event: ConnectorTransferEvent): { ok: true; value: TransferPayload } | { ok: false; refusal: Refusal };
}
