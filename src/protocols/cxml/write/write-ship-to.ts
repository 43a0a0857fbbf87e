import type { PartyAddress } from '../../../domain/transmission/setup-request.js';
import { type Markup, markupElement, markupText } from '../../xml/escape-xml.js';

/**
 * Writes the shop's ShipTo, else that of the call-up. The DTD requires a name, and street, city and country for a
 * postal address. An incomplete part is left out, never completed. The telephone is left out because its number is no
 * longer known in parts.
 */
export function writeShipTo(address: PartyAddress, language: string): Markup {
  const own = address.name.trim() === '' ? undefined : address.nameLanguage;
  const name = markupText('Name', { 'xml:lang': own ?? language }, nameTextOf(address), true);
  if (name === '') return '';
  const attributes = { isoCountryCode: address.countryCode, addressID: address.addressId };
  return markupElement(
    'ShipTo',
    {},
    markupElement(
      'Address',
      attributes,
      name + postalAddress(address) + markupText('Email', {}, address.email, true),
      true,
    ),
  );
}

/** The parts of an address that are left out, and why. */
export function shipToFaults(address: PartyAddress): [field: string, reason: string][] {
  if ((nameTextOf(address) ?? '').trim() === '') return [['ShipTo', 'The DTD requires a name, and it is missing.']];
  const faults: [string, string][] = [];
  const { street, city, postalCode, state, phone } = address;
  const says = [...street, city, postalCode, state].some((text) => text !== undefined && text.trim() !== '');
  if (says && postalAddress(address) === '')
    faults.push([
      'ShipTo/Address/PostalAddress',
      'The DTD requires street, city and country code, and one is missing.',
    ]);
  if (phone !== undefined)
    faults.push([
      'ShipTo/Address/Phone',
      'The DTD requires country, area and number separately, and they are not known.',
    ]);
  return faults;
}

function nameTextOf({ name, deliverTo, addressId }: PartyAddress): string | undefined {
  return name.trim() || deliverTo[0] || addressId;
}

function postalAddress(address: PartyAddress): Markup {
  const street = address.street.map((line) => markupText('Street', {}, line, true)).join('');
  const city = markupText('City', {}, address.city, true);
  const { countryCode } = address;
  if (street === '' || city === '' || countryCode === undefined || countryCode.trim() === '') return '';
  const country = markupText('Country', { isoCountryCode: countryCode }, address.countryName ?? countryCode, true);
  const deliverTo = address.deliverTo.map((line) => markupText('DeliverTo', {}, line, true)).join('');
  const state = markupText('State', {}, address.state, true);
  return markupElement(
    'PostalAddress',
    {},
    deliverTo + street + city + state + markupText('PostalCode', {}, address.postalCode, true) + country,
  );
}
