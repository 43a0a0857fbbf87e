/** Everything that a field rule can read by one name. */
export const SOURCE_PATHS = [
  'line.number',
  'line.sku',
  'line.productKey',
  'line.auxiliaryId',
  'line.kind',
  'line.name',
  'line.description',
  'line.unit',
  'line.quantity',
  'line.unitPrice',
  'line.priceBasis',
  'line.manufacturerPartId',
  'line.manufacturerName',
  'line.gtin',
  'line.url',
  'line.imageUrl',
  'line.leadTimeDays',
  'line.taxRate',
  'line.taxAmount',
  'request.payloadId',
  'request.deploymentMode',
  'request.language',
  'request.currency',
  'request.buyer.email',
  'request.buyer.name',
  'request.buyer.company',
  'request.buyer.userId',
  'request.shipTo.addressId',
  'request.shipTo.name',
  'request.shipTo.deliverTo',
  'request.shipTo.street',
  'request.shipTo.city',
  'request.shipTo.state',
  'request.shipTo.postalCode',
  'request.shipTo.countryCode',
  'request.shipTo.countryName',
  'request.shipTo.email',
  'request.shipTo.phone',
  'request.oci.version',
  'request.oci.function',
  'request.oci.vendor',
  'connection.tenantId',
  'connection.connectionId',
  'connection.name',
  'connection.language',
  'connection.currency',
  'connection.supplier.domain',
  'connection.supplier.identity',
  'connection.vendor',
  'cart.cartId',
  'cart.currency',
  'cart.language',
  'cart.shipping.amount',
  'cart.shipping.description',
  'cart.shipping.code',
  'cart.tax.amount',
  'cart.tax.description',
  'cart.tax.code',
] as const;

/** What a field rule can read by a name that the connection gives: `line.customFields.costCenter`. */
export const SOURCE_PREFIXES = [
  'line.classification.',
  'line.classificationName.',
  'line.customFields.',
  'request.extrinsic.',
  'request.oci.extra.',
] as const;

export type SourcePath = (typeof SOURCE_PATHS)[number];
export type SourcePrefix = (typeof SOURCE_PREFIXES)[number];

const PATHS: ReadonlySet<string> = new Set(SOURCE_PATHS);
const MAX_NAME_LENGTH = 100;

export function isFixedSourcePath(path: string): path is SourcePath {
  return PATHS.has(path);
}

/** The prefix of a path and the name behind it; undefined for a path without one, or with an empty or overlong name. */
export function namedSource(path: string): { prefix: SourcePrefix; name: string } | undefined {
  const prefix = SOURCE_PREFIXES.find((start) => path.startsWith(start));
  if (prefix === undefined) return undefined;
  const name = path.slice(prefix.length);
  return name.trim() === '' || name.length > MAX_NAME_LENGTH ? undefined : { prefix, name };
}

export function isSourcePath(path: string): boolean {
  return isFixedSourcePath(path) || namedSource(path) !== undefined;
}
