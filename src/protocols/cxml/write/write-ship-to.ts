import type { PartyAddress } from '../../../domain/transmission/setup-request.js';
import { type Markup, markupElement, markupText } from '../../xml/xml-markup.js';

/**
 * Echo of the call-up's ShipTo. The DTD demands a name, and of a postal address street, city and country: what is not
 * complete is left out rather than filled up. The telephone is left out, because its parts are not known any more.
 */
export function writeShipTo(address: PartyAddress, language: string): Markup {
  const name = markupText('Name', { 'xml:lang': language }, address.name.trim() || address.deliverTo[0] || address.addressId, true);
  if (name === '') return '';
  const attributes = { isoCountryCode: address.countryCode, addressID: address.addressId };
  return markupElement('ShipTo', {}, markupElement('Address', attributes, name + postalAddress(address) + markupText('Email', {}, address.email, true), true));
}

function postalAddress(address: PartyAddress): Markup {
  const street = address.street.map((line) => markupText('Street', {}, line, true)).join('');
  const city = markupText('City', {}, address.city, true);
  const { countryCode } = address;
  if (street === '' || city === '' || countryCode === undefined || countryCode.trim() === '') return '';
  const country = markupText('Country', { isoCountryCode: countryCode }, address.countryName ?? countryCode, true);
  const deliverTo = address.deliverTo.map((line) => markupText('DeliverTo', {}, line, true)).join('');
  const state = markupText('State', {}, address.state, true);
  return markupElement('PostalAddress', {}, deliverTo + street + city + state + markupText('PostalCode', {}, address.postalCode, true) + country);
}
