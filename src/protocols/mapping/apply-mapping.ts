import type { Cart, CartLine } from '../../domain/cart.js';
import type { Connection } from '../../domain/connection.js';
import { accept, type Outcome } from '../../domain/error-codes.js';
import type { MappedCart, MappedLine } from '../../domain/mapped-cart.js';
import type { ShippingPlace } from '../../domain/mapping.js';
import type { SetupRequest } from '../../domain/setup-request.js';
import type { Protocol } from '../../domain/transmission.js';
import { shippingLine } from '../oci/shipping-line.js';
import { writePrice } from '../oci/write-number.js';
import { type FieldValue, fieldValues } from './field-rule.js';
import { classificationMapper } from './map-classifications.js';
import { mapCxmlLine } from './map-cxml-line.js';
import { mapOciLine } from './map-oci-line.js';
import type { SourceContext } from './read-source.js';
import { settlePromotions } from './settle-promotions.js';

export interface MappingInput {
  cart: Cart;
  request: SetupRequest;
  connection: Connection;
  /** What the cart will be written in. */
  protocol: Protocol;
}

/**
 * The cart as the writers shall write it (DESIGN decision 8): discounts and shipping settled, units and classifications by the
 * connection's tables, mapped fields set. Afterwards the unit table and `oci.shippingAsLine` have had their say: writers get
 * settings without them (`writerSettings`). Refuses CART_NOT_ENCODABLE for a discount that cannot be written.
 */
export function applyMapping({ cart, request, connection, protocol }: MappingInput): Outcome<MappedCart> {
  const mapping = connection.settings.mapping ?? {};
  const rule = mapping.promotions ?? (protocol === 'oci' ? 'spread' : 'negative_line');
  const settled = settlePromotions(cart, rule, (price) => protocol !== 'oci' || writePrice(price.unitPrice, price.priceBasis) !== undefined);
  if (!settled.ok) return settled;

  const place = mapping.shipping ?? defaultShipping(protocol, connection);
  const lines = withShipping(settled.value, cart, place);
  const { shipping, ...rest } = cart;
  const mapLine = lineMapper({ cart, request, connection, protocol });
  return accept({ ...rest, ...(place === 'header' && shipping !== undefined ? { shipping } : {}), lines: lines.map(mapLine) });
}

/** Settings for a writer that gets a mapped cart. */
export function writerSettings({ settings }: Pick<Connection, 'settings'>): Connection['settings'] {
  return { ...settings, units: {}, oci: { ...settings.oci, shippingAsLine: false } };
}

/** An OCI cart keeps shipping beside its lines though nothing writes it: the pre-flight says that it is lost. */
function defaultShipping(protocol: Protocol, { settings }: Connection): ShippingPlace {
  return protocol === 'oci' && settings.oci.shippingAsLine ? 'line' : 'header';
}

function withShipping(lines: CartLine[], cart: Cart, place: ShippingPlace): CartLine[] {
  const line = place === 'line' ? shippingLine(cart) : undefined;
  return line === undefined ? lines : [...lines, line];
}

/** Lines that nothing is said about stay the same objects. */
function lineMapper({ cart, request, connection, protocol }: MappingInput): (line: CartLine, place: number) => MappedLine {
  const { units, mapping = {} } = connection.settings;
  const unitOf = new Map(Object.entries(units));
  const classify = mapping.classifications === undefined ? undefined : classificationMapper(mapping.classifications);
  const fields: [string, FieldValue][] = protocol === 'cxml' ? fieldValues(mapping.cxml) : protocol === 'oci' ? fieldValues(mapping.oci) : [];
  const mapFields = protocol === 'oci' ? mapOciLine : mapCxmlLine;

  return (line, place) => {
    const unit = unitOf.get(line.unit);
    const tabled = unit === undefined && classify === undefined ? line : { ...line, unit: unit ?? line.unit, classifications: classify?.(line.classifications) ?? line.classifications };
    if (fields.length === 0) return tabled;
    const context: SourceContext = { line, lineNumber: place + 1, cart, request, connection };
    return mapFields(tabled, context, fields);
  };
}
