import type { ConnectorTransferEvent } from '../../domain/transmission/connector-event.js';
import type { Refusal, Outcome } from '../../domain/error-codes.js';
import type { TransferPayload } from '../../domain/transmission/transfer-payload.js';

/** Writes a cart in the buyer's protocol; the one encoding that happens inside a use case, before the commit. */
export interface CartEncoder {
  encode(event: ConnectorTransferEvent): { ok: true; value: TransferPayload } | { ok: false; refusal: Refusal };
}

/** The one answering handler of a ConnectorTransferEvent (source 000); `encode` is what would have been sent without it. */
export type TransferHandler = (
  event: ConnectorTransferEvent,
  encode: () => Outcome<TransferPayload>,
) => Promise<Outcome<TransferPayload>> | Outcome<TransferPayload>;
