import type { Connection } from '../domain/access/connection.js';
import type { CartLine } from '../domain/cart/cart.js';
import type { Outcome } from '../domain/error-codes.js';
import type { ConnectionMapping, MappedCart, MappedLine, ShippingPlace } from '../domain/mapping/mapping.js';
import type { Price } from '../domain/mapping/mapping-discount.js';
import type { ConnectorTransferEvent } from '../domain/transmission/connector-event.js';
import type { TransferPayload } from '../domain/transmission/transfer-payload.js';
import type { FieldValue } from './mapping/field-rule.js';
import type { SourceContext } from './mapping/read-source.js';

/** The event with its cart mapped. The connection has the settings for writers (`writerSettings`). */
export interface MappedTransfer extends Pick<
  ConnectorTransferEvent,
  'transmission' | 'connection' | 'unchanged' | 'categoryNumbers' | 'given'
> {
  cart: MappedCart;
}

type Settings = Connection['settings'];
type MappedFields = [field: string, value: FieldValue][];

/** How a cart is prepared and written in one protocol. What else differs: domain/transmission/protocol-rules.ts. */
export interface CartProtocol {
  encode(event: MappedTransfer, payloadId: string, at: Date): Outcome<TransferPayload>;
  /** Whether the document can hold the price exactly. */
  canWritePrice(price: Price): boolean;
  /** Where shipping goes if the connection's mapping does not say it. */
  usualShipping(settings: Settings): ShippingPlace;
  /** An edit brings back charges (promotions, shipping), which are marked so that they are known again. */
  marksCharges: boolean;
  /** The ids of lines may have discount codes behind them. */
  mayCarryCodes(settings: Settings): boolean;
  /** The line as the fields of the mapping find it. */
  prepareLine(line: CartLine, settings: Settings): CartLine;
  /** The fields that the mapping names for this protocol. */
  mappedFields(mapping: ConnectionMapping): MappedFields;
  setFields(line: CartLine, context: SourceContext, fields: MappedFields): MappedLine;
}
