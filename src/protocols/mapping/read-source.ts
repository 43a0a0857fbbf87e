import type { Cart, CartLine } from '../../domain/cart/cart.js';
import type { Connection } from '../../domain/access/connection.js';
import { isFixedSourcePath, namedSource, type SourcePath, type SourcePrefix } from '../../domain/mapping/mapping.js';
import type { NameValue, SetupRequest } from '../../domain/transmission/setup-request.js';

/** Everything that a source path can read. */
export interface SourceContext {
  line: CartLine;
  /** 1 for the first line. */
  lineNumber: number;
  cart: Pick<Cart, 'cartId' | 'currency' | 'language' | 'shipping' | 'tax'>;
  request: SetupRequest;
  connection: Connection;
}

type Read = (context: SourceContext) => string | undefined;

/** The type checker keeps this table equal to the vocabulary. */
const READERS: Record<SourcePath, Read> = {
  'line.number': ({ lineNumber }) => String(lineNumber),
  'line.sku': ({ line }) => line.sku,
  'line.productKey': ({ line }) => line.productKey,
  'line.auxiliaryId': ({ line }) => line.auxiliaryId,
  'line.kind': ({ line }) => line.kind,
  'line.name': ({ line }) => line.name,
  'line.description': ({ line }) => line.description,
  'line.unit': ({ line }) => line.unit,
  'line.quantity': ({ line }) => line.quantity,
  'line.unitPrice': ({ line }) => line.unitPrice,
  'line.priceBasis': ({ line }) => line.priceBasis,
  'line.manufacturerPartId': ({ line }) => line.manufacturerPartId,
  'line.manufacturerName': ({ line }) => line.manufacturerName,
  'line.gtin': ({ line }) => line.gtin,
  'line.url': ({ line }) => line.url,
  'line.imageUrl': ({ line }) => line.imageUrl,
  'line.leadTimeDays': ({ line }) => line.leadTimeDays?.toString(),
  'line.taxRate': ({ line }) => line.taxRate,
  'line.taxAmount': ({ line }) => line.taxAmount,
  'request.payloadId': ({ request }) => request.payloadId,
  'request.deploymentMode': ({ request }) => request.deploymentMode,
  'request.language': ({ request }) => request.language,
  'request.currency': ({ request }) => request.currency,
  'request.buyer.email': ({ request }) => request.buyer.email,
  'request.buyer.name': ({ request }) => request.buyer.name,
  'request.buyer.company': ({ request }) => request.buyer.company,
  'request.buyer.userId': ({ request }) => request.buyer.userId,
  'request.shipTo.addressId': ({ request }) => request.shipTo?.addressId,
  'request.shipTo.name': ({ request }) => request.shipTo?.name,
  'request.shipTo.deliverTo': ({ request }) => request.shipTo?.deliverTo.join(', '),
  'request.shipTo.street': ({ request }) => request.shipTo?.street.join(', '),
  'request.shipTo.city': ({ request }) => request.shipTo?.city,
  'request.shipTo.state': ({ request }) => request.shipTo?.state,
  'request.shipTo.postalCode': ({ request }) => request.shipTo?.postalCode,
  'request.shipTo.countryCode': ({ request }) => request.shipTo?.countryCode,
  'request.shipTo.countryName': ({ request }) => request.shipTo?.countryName,
  'request.shipTo.email': ({ request }) => request.shipTo?.email,
  'request.shipTo.phone': ({ request }) => request.shipTo?.phone,
  'request.oci.version': ({ request }) => request.oci?.version,
  'request.oci.function': ({ request }) => request.oci?.function,
  'request.oci.vendor': ({ request }) => request.oci?.vendor,
  'connection.tenantId': ({ connection }) => connection.tenantId,
  'connection.connectionId': ({ connection }) => connection.connectionId,
  'connection.name': ({ connection }) => connection.name,
  'connection.language': ({ connection }) => connection.settings.language,
  'connection.currency': ({ connection }) => connection.settings.currency,
  'connection.supplier.domain': ({ connection }) => connection.settings.cxml.supplier.domain,
  'connection.supplier.identity': ({ connection }) => connection.settings.cxml.supplier.identity,
  'connection.vendor': ({ connection }) => connection.settings.oci.vendor,
  'cart.cartId': ({ cart }) => cart.cartId,
  'cart.currency': ({ cart }) => cart.currency,
  'cart.language': ({ cart }) => cart.language,
  'cart.shipping.amount': ({ cart }) => cart.shipping?.amount,
  'cart.shipping.description': ({ cart }) => cart.shipping?.description,
  'cart.shipping.code': ({ cart }) => cart.shipping?.code,
  'cart.tax.amount': ({ cart }) => cart.tax?.amount,
  'cart.tax.description': ({ cart }) => cart.tax?.description,
  'cart.tax.code': ({ cart }) => cart.tax?.code,
};

const NAMED_READERS: Record<SourcePrefix, (name: string) => Read> = {
  'line.classification.':
    (name) =>
    ({ line }) =>
      classificationOf(line, name)?.code,
  'line.classificationName.':
    (name) =>
    ({ line }) =>
      classificationOf(line, name)?.name,
  'line.customFields.':
    (name) =>
    ({ line }) =>
      Object.hasOwn(line.customFields, name) ? line.customFields[name] : undefined,
  'request.extrinsic.':
    (name) =>
    ({ request }) =>
      valueNamed(request.extrinsics, name),
  'request.oci.extra.':
    (name) =>
    ({ request }) =>
      valueNamed(request.oci?.extra ?? [], name),
};

/**
 * Reader of one source path. Throws RangeError for a path that is not in the vocabulary: settings are checked when they
 * are saved.
 */
export function sourceReader(path: string): Read {
  if (isFixedSourcePath(path)) return READERS[path];
  const named = namedSource(path);
  if (named === undefined) throw new RangeError(`not a source path: ${path.slice(0, 60)}`);
  return NAMED_READERS[named.prefix](named.name);
}

function classificationOf(
  { classifications }: CartLine,
  domain: string,
): CartLine['classifications'][number] | undefined {
  const wanted = domain.toLowerCase();
  return classifications.find((classification) => classification.domain.trim().toLowerCase() === wanted);
}

/** Case and blanks are ignored (cxml.md 5: "User email" is UserEmail); an exact match wins. */
function valueNamed(values: readonly NameValue[], name: string): string | undefined {
  const wanted = loose(name);
  return (values.find((entry) => entry.name === name) ?? values.find((entry) => loose(entry.name) === wanted))?.value;
}

function loose(name: string): string {
  return name.replaceAll(/\s+/g, '').toLowerCase();
}
