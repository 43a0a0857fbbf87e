import type { PayloadSummary } from '../../domain/transmission/transfer-payload.js';
import type { SentCart } from '../../domain/transmission/sent-cart.js';
import type { Transmission, TransmissionKey } from '../../domain/transmission/transmission.js';
import type { HistoryMark } from './session-history.js';

/** Carts that were sent and are kept, so that their documents can be made again. */
export interface SentCarts {
  /** Of one connection, newest session first. `next`: the mark to continue after. */
  last(
    tenantId: string,
    connectionId: string,
    place: { limit: number; after?: HistoryMark | undefined },
  ): Promise<{ carts: FoundCart[]; next?: HistoryMark }>;
  find(key: TransmissionKey): Promise<FoundCart | undefined>;
  /** To choose one from: the newest, without their lines. */
  list(tenantId: string, connectionId: string, limit: number): Promise<CartLabel[]>;
}

export interface FoundCart {
  transmission: Transmission;
  sent: SentCart;
  sentAt: Date;
}

export interface CartLabel {
  transmissionId: string;
  sentAt: Date;
  summary?: PayloadSummary | undefined;
}
