import type { NotCarried } from '../../../domain/cart/not-carried.js';
import type { MappedCart, MappedLine } from '../../../domain/mapping/mapped-cart.js';
import type { ConnectionMapping } from '../../../domain/mapping/mapping.js';

const NO_PLACE = 'OCI has no field for it.';

/**
 * Names what a cart says and an OCI form has no field for, whatever the values: what a shop's cXML cart may hold beyond OCI, mainly.
 * What a mapping rule reads is not named, since the rule puts it somewhere. `written` holds the places of the lines that are lines of
 * the form, 1 for the first.
 */
export function lostInOci(cart: MappedCart, mapping: ConnectionMapping | undefined, written: ReadonlySet<number>): NotCarried[] {
  const lost: NotCarried[] = [];
  const read = new Set(Object.values(mapping?.oci ?? {}).flatMap(({ from, fallbacks = [] }) => [from, ...fallbacks]));
  const lose = (field: string, line?: number, reason = NO_PLACE): void => void lost.push({ ...(line === undefined ? {} : { line }), field, reason });
  if (cart.tax !== undefined && !read.has('cart.tax.amount')) lose('Tax');
  if (cart.shipping !== undefined) lose('Shipping', undefined, 'OCI has no field for it but a line (mapping.shipping "line").');
  if (cart.shipTo !== undefined) lose('ShipTo');
  if (cart.quoteStatus === 'pending') lose('quoteStatus');
  for (const { domain } of cart.references ?? []) lose(`IdReference ${domain}`);
  for (const [place, line] of cart.lines.entries()) {
    for (const [field, sources] of lostOfLine(line)) if (!sources.some((source) => read.has(source))) lose(field, place + 1);
    if (!written.has(place + 1)) lose(line.ociFields === undefined ? 'ItemIn' : 'NEW_ITEM', place + 1, 'The line is part of a bundle, and is named in the long text of the bundle only: the buyer does not use OCI 5.0.');
  }
  return lost;
}

/** Fields of a line that no OCI field holds, each with the mapping sources that read it. */
function* lostOfLine(line: MappedLine): Generator<[field: string, sources: string[]]> {
  const isOci = line.ociFields !== undefined;
  if (line.manufacturerName !== undefined && !isOci) yield ['ManufacturerName', ['line.manufacturerName']];
  if (line.url !== undefined) yield ['URL', ['line.url']];
  if (line.auxiliaryId !== '' && !isOci) yield ['SupplierPartAuxiliaryID', ['line.auxiliaryId']];
  if (line.tax !== undefined || line.taxAmount !== undefined) yield ['Tax', ['line.taxAmount', 'line.taxRate']];
  if (line.shipping !== undefined) yield ['Shipping', []];
  for (const { language } of line.texts ?? []) yield [`Description ${language}`, []];
  for (const { domain } of line.references ?? []) yield [`IdReference ${domain}`, []];
  for (const { domain } of line.classifications.slice(1)) yield [`Classification ${domain}`, [`line.classification.${domain}`]];
  for (const name of Object.keys(line.customFields)) if (line.ociFields?.[name] === undefined) yield [`Extrinsic ${name}`, [`line.customFields.${name}`]];
}
