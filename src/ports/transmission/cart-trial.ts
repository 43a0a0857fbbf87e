import type { ConnectorTransferEvent } from '../../domain/transmission/connector-event.js';
import type { TriedCart } from '../../domain/replay/replay.js';

/**
 * Makes the document of a cart without storing it. The same event and `payloadId` always give the same document: its
 * time is the one in the payloadID.
 */
export type TryCart = (event: ConnectorTransferEvent, payloadId: string) => TriedCart;
