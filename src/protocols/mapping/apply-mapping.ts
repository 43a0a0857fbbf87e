import type { Cart, CartLine } from '../../domain/cart/cart.js';
import { carryCodes } from '../../domain/cart/carried-codes.js';
import { markCharge } from '../../domain/cart/discount-codes.js';
import type { Connection } from '../../domain/access/connection.js';
import { accept, type Outcome } from '../../domain/error-codes.js';
import type { MappedCart, MappedLine, ShippingPlace } from '../../domain/mapping/mapping.js';
import { settlePromotions } from '../../domain/mapping/settle-promotions.js';
import type { SetupRequest } from '../../domain/transmission/setup-request.js';
import { PROTOCOL_RULES } from '../../domain/transmission/protocol-rules.js';
import type { Protocol } from '../../domain/transmission/protocol.js';
import { SHIPPING_LINE, shippingLine } from '../oci/write/arrange-lines.js';
import { CART_PROTOCOLS } from '../cart-protocols.js';
import { classificationMapper } from './map-line.js';
import type { SourceContext } from './read-source.js';

export interface MappingInput {
  cart: Cart;
  request: SetupRequest;
  connection: Connection;
  /** The protocol in which the cart will be written. */
  protocol: Protocol;
}

/**
 * The cart for the writers (architecture.md decision 8): discounts and shipping settled, units and classifications
 * replaced by the connection's tables, mapped fields set. The unit table and `oci.shippingAsLine` are then already
 * applied: pass `writerSettings` to the writers. Refuses CART_NOT_ENCODABLE for a discount that cannot be written.
 */
export function applyMapping({ cart, request, connection, protocol }: MappingInput): Outcome<MappedCart> {
  const writer = CART_PROTOCOLS[protocol];
  const mapping = connection.settings.mapping ?? {};
  const rule = mapping.promotions ?? PROTOCOL_RULES[protocol].promotions;
  const settled = settlePromotions(cart, rule, (price) => writer.canWritePrice(price));
  if (!settled.ok) return settled;

  const place = mapping.shipping ?? writer.usualShipping(connection.settings);
  const lines = withShipping(settled.value, cart, place);
  const marked = writer.marksCharges ? lines.map((line) => (isCharge(line) ? markCharge(line) : line)) : lines;
  const carrying = writer.mayCarryCodes(connection.settings) ? carryCodes(marked, cart, protocol) : marked;
  const { shipping, ...rest } = cart;
  const mapLine = lineMapper({ cart, request, connection, protocol });
  return accept({
    ...rest,
    shipping: place === 'header' ? shipping : undefined,
    lines: carrying.map(mapLine),
  });
}

/** Settings for a writer that receives a mapped cart. */
export function writerSettings({ settings }: Pick<Connection, 'settings'>): Connection['settings'] {
  return { ...settings, units: {}, oci: { ...settings.oci, shippingAsLine: false } };
}

/** Promotions, and the line that `withShipping` makes: what an edit brings back without being an article. */
function isCharge({ kind, lineId, productKey }: CartLine): boolean {
  return kind === 'promotion' || (kind === 'service' && lineId === SHIPPING_LINE && productKey === '');
}

function withShipping(lines: CartLine[], cart: Cart, place: ShippingPlace): CartLine[] {
  const line = place === 'line' ? shippingLine(cart) : undefined;
  return line === undefined ? lines : [...lines, line];
}

/** Lines without a rule stay the same objects. */
function lineMapper({
  cart,
  request,
  connection,
  protocol,
}: MappingInput): (line: CartLine, place: number) => MappedLine {
  const { units, mapping = {} } = connection.settings;
  const unitOf = new Map(Object.entries(units));
  const classify = mapping.classifications === undefined ? undefined : classificationMapper(mapping.classifications);
  const writer = CART_PROTOCOLS[protocol];
  const fields = writer.mappedFields(mapping);

  return (given, place) => {
    const line = writer.prepareLine(given, connection.settings);
    const unit = unitOf.get(line.unit);
    const priceUnit = line.priceUnit === undefined ? undefined : unitOf.get(line.priceUnit);
    const tabled =
      unit === undefined && priceUnit === undefined && classify === undefined
        ? line
        : {
            ...line,
            unit: unit ?? line.unit,
            priceUnit: priceUnit ?? line.priceUnit,
            classifications: classify?.(line.classifications) ?? line.classifications,
          };
    if (fields.length === 0) return tabled;
    const context: SourceContext = { line, lineNumber: place + 1, cart, request, connection };
    return writer.setFields(tabled, context, fields);
  };
}
