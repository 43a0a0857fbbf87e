import { ruledCustomer } from '../../domain/access/choose-customer.js';
import type { Connection } from '../../domain/access/connection.js';
import type { ChosenCustomer } from '../../domain/access/store-customer.js';
import { accept, type Outcome, refuse } from '../../domain/error-codes.js';
import type { ShipToAddresses } from '../../ports/access/ship-to-addresses.js';
import type { IndexOwner } from '../../ports/index-runs.js';

interface Deps {
  addresses: Pick<ShipToAddresses, 'find'>;
}

/** Answers whose prices an index has. Undefined: the store's own choice. */
export type IndexCustomer = (
  connection: Connection,
  addressId: string | undefined,
) => Promise<Outcome<ChosenCustomer | undefined>>;

/**
 * The customer that a call-up with this address id of ShipTo gets, if no other rule of the connection fits it. Without
 * an id: the usual customer. An id that a call-up would not find in the table is refused.
 */
export function indexCustomer({ addresses }: Deps): IndexCustomer {
  return async ({ tenantId, connectionId, settings: { store = {} } }, addressId) => {
    const usual = ruledCustomer(store, { extrinsics: [] });
    if (addressId === undefined) return accept(usual);
    if ((store.shipTo ?? 'ignore') === 'ignore')
      return refuse(
        'INVALID_REQUEST',
        `address_id is ${shown(addressId)}, but the connection ${connectionId} ignores the ids of ShipTo: set ` +
          'store.shipTo to "default" or "refuse" first.',
        { field: 'address_id' },
      );
    const found = await addresses.find({ tenantId, connectionId, addressId });
    if (found === undefined) return unknownAddress(connectionId, addressId);
    return accept(found.customer === undefined ? usual : { customer: found.customer, by: 'address' });
  };
}

/** Refuses an address id that is not in the table, whatever the connection does with those of call-ups. */
export async function assureAddress(
  { addresses }: Deps,
  { tenantId, connectionId, addressId }: IndexOwner,
): Promise<Outcome<undefined>> {
  if (addressId === undefined) return accept(undefined);
  const found = await addresses.find({ tenantId, connectionId, addressId });
  return found === undefined ? unknownAddress(connectionId, addressId) : accept(undefined);
}

function unknownAddress(connectionId: string, addressId: string): ReturnType<typeof refuse> {
  return refuse(
    'INVALID_REQUEST',
    `address_id is ${shown(addressId)}, which the table of addresses of ${connectionId} does not have: name its ` +
      'customer there first.',
    { field: 'address_id' },
  );
}

function shown(addressId: string): string {
  return JSON.stringify(addressId.slice(0, 60));
}
