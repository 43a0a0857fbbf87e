import type { ConnectorTransferEvent } from '../../domain/connector-event.js';
import type { MappedCart } from '../../domain/mapped-cart.js';

/** What a codec gets: the event with its cart mapped. */
export interface MappedTransfer extends Pick<ConnectorTransferEvent, 'transmission' | 'connection' | 'unchanged'> {
  cart: MappedCart;
}
