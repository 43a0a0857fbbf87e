import type { XmlElement } from '../../xml/xml-element.js';

/** The attributes and children of an element that are read. All others are not passed on. */
interface Known {
  attributes: ReadonlySet<string>;
  children: ReadonlyMap<string, Known>;
  /** Every occurrence is read. Of other elements only the first that says something. */
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
 * PunchOutOrderMessage without its ItemIn. The shop's SupplierOrderInfo is replaced by ours: by it an order leads back
 * to the session.
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

/** The result for an ordinary line: nothing is unread. */
const NOTHING: readonly string[] = Object.freeze([]);
/** Most names that are kept for one element. */
const MAX_PARTS = 50;

/**
 * Paths of the elements and attributes below `element` that are not read: `ItemDetail/Dimension`, `Tax/TaxDetail`,
 * `ItemDetail/UnitPrice/Money@alternateAmount`. Empty elements count as absent (cxml.md 1.3). `xml:lang` is not listed:
 * it says nothing by itself.
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

/** An element that is read by its name attribute, and has none, is not read. */
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

/** Attributes that only label the content of an element: without content they mean nothing. */
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

/** Elements that mean something even when they are empty: an opaque value, the signature of a document, and its frame. */
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
 * Whether an element says nothing: it has no text, no child that says anything, and no attribute that means anything by
 * itself. Such an element counts as absent (cxml.md 1.3). Inner elements are asked first, and are removed by then.
 */
export function saysNothing(element: XmlElement, parent: XmlElement): boolean {
  if (element.first !== undefined || element.trimmedText() !== undefined) return false;
  for (const { name, value } of element.attributes) if (value.trim() !== '' && !LABELS.has(name)) return false;
  return !COUNTED.has(element.name) && !AROUND_PAYLOAD.has(parent.name);
}
