import type { BuyerPerson, NameValue } from '../../../domain/transmission/setup-request.js';
import type { XmlElement } from '../../xml/xml-element.js';
import { fullName, isEmail, looseName, personFields } from '../../person-fields.js';
import { isSecretName } from '../../secret-name.js';
import { XmlFault } from '../../xml/xml-fault.js';

/**
 * Contact roles of the buyer's side, the most likely buyer first (DTD, Contact@role). A Contact without a known role
 * ranks between these and OTHER_ROLE.
 */
const BUYER_ROLES = ['enduser', 'buyer', 'requester', 'requestor', 'subsequentbuyer', 'purchasingagent'];
/** Roles of support staff, and of the supplier's side. */
const OTHER_ROLE = /^(?:technicalsupport|administrator|customerservice|sales|supplier.*|.*(?:account|corporate))$/;

/**
 * Reads the person who calls up: from Extrinsics (`personFields` knows their names, which are not standardised), else
 * from Contact, else from the name on ShipTo (cxml.md 5). Of several Contacts, the order is: role endUser, another role
 * of the buyer's side, no known role, any other such as technical support. Among equals, the first with an Email wins.
 */
export function readBuyerPerson(
  extrinsics: NameValue[],
  contacts: XmlElement[],
  shipToName: string | undefined,
): BuyerPerson {
  const fields = personFields(extrinsics);
  const contact = buyerContact(contacts);
  // In cXML UserName is the name of a person; the login is UniqueName.
  const userName = extrinsics.find(({ name }) => looseName(name) === 'username')?.value;
  const userId = fields.get('userId');
  const person: BuyerPerson = {};
  const email =
    fields.get('email') ??
    contact?.childText('Email') ??
    (userId !== undefined && isEmail(userId) ? userId : undefined);
  const name = userName ?? fullName(fields) ?? fields.get('name') ?? contact?.childText('Name');
  const company = fields.get('company') ?? companyOf(contact) ?? shipToName;
  if (email !== undefined) person.email = email;
  if (name !== undefined) person.name = name;
  if (company !== undefined && company !== '') person.company = company;
  if (userId !== undefined) person.userId = userId;
  return person;
}

function buyerContact(contacts: XmlElement[]): XmlElement | undefined {
  const rankOf = (contact: XmlElement): number => {
    const role = looseName(contact.attribute('role') ?? '');
    const known = BUYER_ROLES.indexOf(role);
    return known >= 0 ? known : OTHER_ROLE.test(role) ? BUYER_ROLES.length + 1 : BUYER_ROLES.length;
  };
  const ranked = contacts.map((contact) => ({ contact, rank: rankOf(contact) }));
  // The endUser is the buyer even without an Email. The Email of another Contact does not belong to them.
  const isEndUser = ranked.some(({ rank }) => rank === 0);
  const withEmail = isEndUser ? [] : ranked.filter(({ contact }) => contact.childText('Email') !== undefined);
  const [best] = (withEmail.length > 0 ? withEmail : ranked).toSorted(
    (a, b) => a.rank - b.rank || Number(hasNoEmail(a.contact)) - Number(hasNoEmail(b.contact)),
  );
  return best?.contact;
}

function hasNoEmail(contact: XmlElement): boolean {
  return contact.childText('Email') === undefined;
}

/**
 * Extrinsic elements directly in `parent`. Without a name or content they count as absent (cxml.md 1.3). Text in a
 * secret element inside an Extrinsic is not part of its value.
 */
export function readExtrinsics(parent: XmlElement | undefined): NameValue[] {
  const found: NameValue[] = [];
  for (const child of parent?.children ?? []) {
    if (child.name !== 'Extrinsic') continue;
    const name = child.attribute('name');
    const value = child.wholeText((inner) => isSecretName(inner.name));
    if (name !== undefined && value !== undefined) found.push({ name, value });
  }
  return found;
}

function companyOf(contact: XmlElement | undefined): string | undefined {
  return personFields(readExtrinsics(contact)).get('company');
}

/**
 * BuyerCookie of a setup request or a cart, unchanged even if empty or blank: it is opaque and is returned byte for
 * byte (cxml.md 5). Only a missing one is refused, with INVALID_REQUEST (cxml.md 3: Status 400).
 */
export function readBuyerCookie(parent: XmlElement): string {
  const cookie = parent.child('BuyerCookie');
  if (cookie !== undefined) return cookie.text;
  throw new XmlFault(
    `Element '${parent.name}': Missing child element 'BuyerCookie'`,
    parent.line,
    parent.column,
    'INVALID_REQUEST',
  );
}
