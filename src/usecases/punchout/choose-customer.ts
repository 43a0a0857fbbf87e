import { addressIdOf, type CallUpFacts, ruledCustomer } from '../../domain/access/choose-customer.js';
import type { Connection } from '../../domain/access/connection.js';
import type { ChosenCustomer } from '../../domain/access/store-customer.js';
import { type Outcome, accept, refuse } from '../../domain/error-codes.js';
import type { ShipToAddresses } from '../../ports/access/ship-to-addresses.js';

/** Answers which customer of the shop stands for a call-up. Undefined: the store's own choice. */
export type ChooseCustomer = (
  connection: Connection,
  facts: CallUpFacts,
) => Promise<Outcome<ChosenCustomer | undefined>>;

/**
 * The rules of the connection go first, in their order, then its table of addresses, then its usual customer. An
 * address id that neither a rule nor the table knows is recorded; the connection says whether it is refused with
 * SHIP_TO_UNKNOWN.
 */
export function chooseCustomer({ addresses }: { addresses: Pick<ShipToAddresses, 'meet'> }): ChooseCustomer {
  return async ({ tenantId, connectionId, settings: { store = {} } }, facts) => {
    const ruled = ruledCustomer(store, facts);
    const addressId = addressIdOf(store, facts);
    if (ruled?.by === 'rule' || addressId === undefined) return accept(ruled);
    const { postalCode, city, countryCode } = facts.shipTo ?? {};
    const place = [postalCode, city, countryCode].filter((part) => part !== undefined && part !== '').join(' ');
    const met = await addresses.meet({ tenantId, connectionId, addressId, place });
    if (met === 'unknown' && store.shipTo === 'refuse')
      return refuse(
        'SHIP_TO_UNKNOWN',
        `ShipTo names the address id ${JSON.stringify(addressId.slice(0, 60))}, which has no customer yet.`,
        { address_id: addressId },
      );
    return accept(met === 'unknown' || met.customer === undefined ? ruled : { customer: met.customer, by: 'address' });
  };
}
