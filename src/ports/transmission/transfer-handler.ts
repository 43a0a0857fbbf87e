import type { ConnectorTransferEvent } from '../../domain/transmission/connector-event.js';
import type { Outcome } from '../../domain/error-codes.js';
import type { TransferPayload } from '../../domain/transmission/transfer-payload.js';

/** The one answering handler of a ConnectorTransferEvent (source 000); `encode` is what would have been sent without it. */
export type TransferHandler = (
  event: ConnectorTransferEvent,
  encode: () => Outcome<TransferPayload>,
) => Promise<Outcome<TransferPayload>> | Outcome<TransferPayload>;
