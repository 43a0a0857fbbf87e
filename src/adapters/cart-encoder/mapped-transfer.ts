import type { ConnectorTransferEvent } from '../../domain/transmission/connector-event.js';
import type { MappedCart } from '../../domain/mapping/mapped-cart.js';

/** What a codec gets: the event with its cart mapped. */
export interface MappedTransfer extends Pick<
  ConnectorTransferEvent,
  'transmission' | 'connection' | 'unchanged' | 'categoryNumbers' | 'given'
> {
  cart: MappedCart;
}
