import type { PartyAddress } from '../../../domain/transmission/setup-request.js';
import type { XmlElement } from '../../xml/xml-element.js';

/** Reads ShipTo, or any element with an Address in it. Undefined if it names no place. */
export function readPartyAddress(party: XmlElement | undefined): PartyAddress | undefined {
  const address = party?.child('Address');
  if (address === undefined) return undefined;
  const postal = address.child('PostalAddress');
  const country = postal?.child('Country');
  const result: PartyAddress = {
    name: address.childText('Name') ?? '',
    deliverTo: texts(postal, 'DeliverTo'),
    street: texts(postal, 'Street'),
  };
  result.addressId = address.attribute('addressID');
  result.city = postal?.childText('City');
  result.state = postal?.childText('State');
  result.postalCode = postal?.childText('PostalCode');
  result.countryCode = country?.attribute('isoCountryCode') ?? address.attribute('isoCountryCode');
  result.countryName = country?.trimmedText();
  result.email = address.childText('Email');
  result.phone = phone(address.descendant('Phone', 'TelephoneNumber'));
  return unlessEmpty(result);
}

function texts(parent: XmlElement | undefined, name: string): string[] {
  const found: string[] = [];
  for (const child of parent?.children ?? []) {
    const text = child.name === name ? child.trimmedText() : undefined;
    if (text !== undefined) found.push(text);
  }
  return found;
}

function phone(number: XmlElement | undefined): string | undefined {
  if (number === undefined) return undefined;
  const country = number.childText('CountryCode')?.replace(/^\+?/, '+');
  const extension = number.childText('Extension');
  const parts = [
    country,
    number.childText('AreaOrCityCode'),
    number.childText('Number'),
    extension === undefined ? undefined : `ext. ${extension}`,
  ];
  const text = parts.filter((part) => part !== undefined).join(' ');
  return text === '' ? undefined : text;
}

function unlessEmpty(address: PartyAddress): PartyAddress | undefined {
  const { name, deliverTo, street, ...rest } = address;
  const isEmpty = name === '' && deliverTo.length === 0 && street.length === 0;
  return isEmpty && Object.values(rest).every((value) => value === undefined) ? undefined : address;
}
