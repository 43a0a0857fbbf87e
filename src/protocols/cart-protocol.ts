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

/** How one protocol prepares and writes a cart. domain/transmission/protocol-rules.ts holds the other differences. */
export interface CartProtocol {
  encode(event: MappedTransfer, payloadId: string, at: Date): Outcome<TransferPayload>;
  /** Whether the document can hold the price exactly. */
  canWritePrice(price: Price): boolean;
  /** Default place of shipping costs, if the connection's mapping names none. */
  usualShipping(settings: Settings): ShippingPlace;
  /** Marks charges (promotions, shipping), so that an edit recognises them when they come back. */
  marksCharges: boolean;
  /** Line ids may carry discount codes. */
  mayCarryCodes(settings: Settings): boolean;
  /** The line in the form that mapping fields read. */
  prepareLine(line: CartLine, settings: Settings): CartLine;
  /** The fields that the mapping names for this protocol. */
  mappedFields(mapping: ConnectionMapping): MappedFields;
  setFields(line: CartLine, context: SourceContext, fields: MappedFields): MappedLine;
}
