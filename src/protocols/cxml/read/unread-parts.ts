import type { XmlElement } from '../../xml/xml-element.js';

/** The attributes and children of an element that we read. All others are not passed on. */
interface Known {
  attributes: ReadonlySet<string>;
  children: ReadonlyMap<string, Known>;
  /** Every occurrence is read. Of other elements only the first with content. */
  many: boolean;
}

const known = (attributes = '', children: Record<string, Known> = {}): Known => ({
  attributes: new Set(attributes.split(' ')),
  children: new Map(Object.entries(children)),
  many: false,
});
const many = (attributes = '', children: Record<string, Known> = {}): Known => ({
  ...known(attributes, children),
  many: true,
});

const TEXT = known();
const MONEY = known('', { Money: known('currency') });
const CHARGE = known('', { Money: known('currency'), Description: TEXT });
const POSTAL_ADDRESS = known('', {
  DeliverTo: many(),
  Street: many(),
  City: TEXT,
  State: TEXT,
  PostalCode: TEXT,
  Country: known('isoCountryCode'),
});

/**
 * PunchOutOrderMessage without its ItemIn. The shop's SupplierOrderInfo is replaced by ours, which links an order to
 * its session.
 */
export const KNOWN_MESSAGE = known('', {
  BuyerCookie: TEXT,
  PunchOutOrderMessageHeader: known('operationAllowed quoteStatus', {
    Total: MONEY,
    ShipTo: known('', {
      Address: known('isoCountryCode addressID', { Name: TEXT, PostalAddress: POSTAL_ADDRESS, Email: TEXT }),
    }),
    Shipping: CHARGE,
    Tax: CHARGE,
  }),
});

/** ItemIn. SupplierPartAuxiliaryID is read with everything below it. */
export const KNOWN_ITEM = known('quantity lineNumber parentLineNumber itemType compositeItemType', {
  ItemID: known('', {
    SupplierPartID: TEXT,
    SupplierPartAuxiliaryID: TEXT,
    BuyerPartID: TEXT,
    IdReference: many('domain identifier'),
  }),
  ItemDetail: known('', {
    UnitPrice: MONEY,
    Description: many('ShortName', { ShortName: TEXT }),
    UnitOfMeasure: TEXT,
    PriceBasisQuantity: known('quantity conversionFactor', { UnitOfMeasure: TEXT }),
    Classification: many('domain code'),
    ManufacturerPartID: TEXT,
    ManufacturerName: TEXT,
    URL: TEXT,
    LeadTime: TEXT,
    Extrinsic: many('name'),
  }),
  Shipping: CHARGE,
  Tax: CHARGE,
  Extrinsic: many('name'),
});

/** The result for an ordinary line: everything is read. */
const NOTHING: readonly string[] = Object.freeze([]);
/** Maximum number of names that are kept for one element. */
const MAX_PARTS = 50;

/**
 * Paths of the elements and attributes below `element` that we do not read: `ItemDetail/Dimension`, `Tax/TaxDetail`,
 * `ItemDetail/UnitPrice/Money@alternateAmount`. Empty elements count as absent (cxml.md 1.3). `xml:lang` is not listed,
 * because it has no meaning alone.
 */
export function unreadParts(element: XmlElement, read: Known): readonly string[] {
  const found: string[] = [];
  collect(element, read, '', found);
  return found.length === 0 ? NOTHING : found;
}

function collect(element: XmlElement, { attributes, children }: Known, path: string, found: string[]): void {
  for (const { name, value } of element.attributes) {
    if (!attributes.has(name) && name !== 'xml:lang' && value.trim() !== '')
      add(path === '' ? name : `${path}@${name}`, found);
  }
  if (element.first === undefined) return;
  const before: string[] = [];
  for (let child: XmlElement | undefined = element.first; child !== undefined; child = child.next) {
    const { name } = child;
    const read = children.get(name);
    if (read === undefined || before.includes(name) || lacksName(child)) {
      if (saysSomething(child)) add(path === '' ? name : `${path}/${name}`, found);
      continue;
    }
    if (!read.many && saysSomething(child)) before.push(name);
    if (child.first !== undefined || child.attributes.length > 0)
      collect(child, read, path === '' ? name : `${path}/${name}`, found);
  }
}

/** An element that is identified by its name attribute is not read without one. */
function lacksName(element: XmlElement): boolean {
  if (element.name === 'Extrinsic') return element.attribute('name') === undefined;
  return (
    element.name === 'IdReference' &&
    (element.attribute('domain') === undefined || element.attribute('identifier') === undefined)
  );
}

function saysSomething(element: XmlElement): boolean {
  if (
    element.trimmedText() !== undefined ||
    element.attributes.some(({ name, value }) => name !== 'xml:lang' && value.trim() !== '')
  )
    return true;
  for (let child = element.first; child !== undefined; child = child.next) if (saysSomething(child)) return true;
  return false;
}

function add(name: string, found: string[]): void {
  if (found.length < MAX_PARTS && !found.includes(name)) found.push(name);
}

/** Attributes that only label the content of an element. They have no meaning without content. */
const LABELS = new Set([
  'domain',
  'currency',
  'alternateCurrency',
  'name',
  'type',
  'role',
  'xml:lang',
  'xml:space',
  'xmlns',
]);

/** Elements that have a meaning even if they are empty: an opaque value, the signature of a document, and the root. */
const COUNTED = new Set([
  'BuyerCookie',
  'ds:Signature',
  'Request',
  'Message',
  'Response',
  'PunchOutOrderMessageHeader',
]);

/** Elements around the payload: `<ProfileRequest/>` is a whole request. */
const AROUND_PAYLOAD = new Set(['Request', 'Message', 'Response']);

/**
 * Whether an element has no content: no text, no child with content, and no attribute with a meaning of its own. It
 * then counts as absent (cxml.md 1.3). Inner elements are checked first and are already removed.
 */
export function saysNothing(element: XmlElement, parent: XmlElement): boolean {
  if (element.first !== undefined || element.trimmedText() !== undefined) return false;
  for (const { name, value } of element.attributes) if (value.trim() !== '' && !LABELS.has(name)) return false;
  return !COUNTED.has(element.name) && !AROUND_PAYLOAD.has(parent.name);
}
