import type { PartyAddress } from '../../domain/transmission/setup-request.js';

/** The fields of a place besides its address id, in JSON call-ups. */
export const PLACE_FIELDS = {
  name: { type: 'string', maxLength: 200 },
  city: { type: 'string', maxLength: 100 },
  postal_code: { type: 'string', maxLength: 20 },
  country_code: { type: 'string', pattern: '^[A-Z]{2}$' },
} as const;

interface ShipTo {
  address_id?: string | number;
  name?: string;
  city?: string;
  postal_code?: string;
  country_code?: string;
}

/** `ship_to` of a JSON call-up. Undefined without an address id, by which the customer is chosen. */
export function shipToOf({
  address_id,
  name = '',
  city,
  postal_code: postalCode,
  country_code: countryCode,
}: ShipTo = {}): PartyAddress | undefined {
  const addressId = String(address_id ?? '').trim();
  return addressId === '' ? undefined : { addressId, name, deliverTo: [], street: [], city, postalCode, countryCode };
}
