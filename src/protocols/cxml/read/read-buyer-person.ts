import type { BuyerPerson, NameValue } from '../../../domain/transmission/setup-request.js';
import type { XmlElement } from '../../xml/xml-element.js';

/**
 * Who calls up. Extrinsics are not standardised: their names match without regard to case and blanks ("User email"), and go
 * before Contact, which goes before the name on ShipTo (RULES 5).
 */
export function readBuyerPerson(extrinsics: NameValue[], contacts: XmlElement[], shipToName: string | undefined): BuyerPerson {
  const values = new Map<string, string>();
  for (const { name, value } of extrinsics) {
    const key = normalised(name);
    if (!values.has(key)) values.set(key, value);
  }
  const contact = contacts.find((element) => element.childText('Email') !== undefined) ?? contacts[0];
  const fullName = [values.get('firstname'), values.get('lastname')].filter((part) => part !== undefined).join(' ');
  const person: BuyerPerson = {};
  const email = values.get('useremail') ?? contact?.childText('Email');
  const name = values.get('username') ?? (fullName === '' ? undefined : fullName) ?? values.get('userfullname') ?? contact?.childText('Name');
  const company = values.get('companyname') ?? values.get('company') ?? companyOf(contact) ?? shipToName;
  const userId = values.get('uniquename') ?? values.get('user');
  if (email !== undefined) person.email = email;
  if (name !== undefined) person.name = name;
  if (company !== undefined && company !== '') person.company = company;
  if (userId !== undefined) person.userId = userId;
  return person;
}

/** Extrinsic elements directly in `parent`; those without name or content count as absent (RULES 1.3). */
export function readExtrinsics(parent: XmlElement | undefined): NameValue[] {
  const found: NameValue[] = [];
  for (const child of parent?.children ?? []) {
    if (child.name !== 'Extrinsic') continue;
    const name = child.attribute('name');
    const value = child.wholeText();
    if (name !== undefined && value !== undefined) found.push({ name, value });
  }
  return found;
}

function companyOf(contact: XmlElement | undefined): string | undefined {
  return readExtrinsics(contact).find(({ name }) => /^company(name)?$/.test(normalised(name)))?.value;
}

function normalised(name: string): string {
  return name.toLowerCase().replace(/\s+/g, '');
}
