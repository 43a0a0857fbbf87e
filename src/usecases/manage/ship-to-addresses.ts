import { MOST_ADDRESS_ID } from '../../domain/access/choose-customer.js';
import { customerText, type StoreCustomer } from '../../domain/access/store-customer.js';
import { type Outcome, accept, refuse } from '../../domain/error-codes.js';
import type { ShipToAddress, ShipToAddresses } from '../../ports/access/ship-to-addresses.js';
import type { Atomically } from '../../ports/managed-directory.js';
import { type ConnectionReads, unknownConnection } from './read-connections.js';

interface ReadDeps {
  reads: Pick<ConnectionReads, 'show'>;
  addresses: Pick<ShipToAddresses, 'list' | 'countUnknown'>;
}

interface Of {
  tenantId: string;
  connectionId: string;
  by: string;
}

interface AddressWish {
  addressId: string;
  /** Undefined: the usual customer of the connection. */
  customer: StoreCustomer | undefined;
}

interface AddressPage {
  addresses: ShipToAddress[];
  next?: string;
  /** Of the whole table. */
  unknown: number;
}

/** The table of a connection, page by page. */
export type AddressReads = (
  tenantId: string,
  connectionId: string,
  page: { limit: number; after?: string; unknownOnly?: boolean },
) => Promise<Outcome<AddressPage>>;

export function addressReads({ reads, addresses }: ReadDeps): AddressReads {
  return async (tenantId, connectionId, page) => {
    const shown = await reads.show(tenantId, connectionId);
    if (!shown.ok) return shown;
    const unknown = await addresses.countUnknown(tenantId, connectionId);
    return accept({ ...(await addresses.list(tenantId, connectionId, page)), unknown });
  };
}

export interface AddressChanges {
  /** Puts ids into the table, or changes their customers: all, or none. */
  save(of: Of, wishes: readonly AddressWish[]): Promise<Outcome<{ saved: number }>>;
  remove(of: Of, addressId: string): Promise<Outcome<{ removed: true }>>;
}

const MOST_ADDRESSES = 10_000;
const MOST_CUSTOMER = 255;
/** Names of an audit row. */
const MOST_TOLD = 20;

/** The table of address ids of a connection. Each change is one transaction with its audit row. */
export function addressChanges({ atomically }: { atomically: Atomically }): AddressChanges {
  return {
    save: ({ tenantId, connectionId, by }, wishes) =>
      atomically(async (directory) => {
        if ((await directory.connections.entry(tenantId, connectionId, 'lock')) === undefined)
          return unknownConnection(directory.connections, tenantId, connectionId);
        for (const { addressId, customer } of wishes) {
          const id = addressId.trim();
          if (id === '' || id.length > MOST_ADDRESS_ID || id.includes('\0'))
            return refuse('INVALID_REQUEST', `An address id has 1 to ${MOST_ADDRESS_ID} characters.`);
          const name = customer === undefined ? undefined : customerText(customer);
          if (name !== undefined && (name === '' || name.length > MOST_CUSTOMER || name.includes('\0')))
            return refuse(
              'INVALID_REQUEST',
              `The customer of ${id.slice(0, 60)} is no number and no e-mail of 1 to ${MOST_CUSTOMER} characters.`,
            );
          await directory.shipToAddresses.save({ tenantId, connectionId, addressId: id }, customer);
        }
        if ((await directory.shipToAddresses.count(tenantId, connectionId)) > MOST_ADDRESSES)
          return refuse('INVALID_REQUEST', `A connection has ${MOST_ADDRESSES} addresses at most.`);
        const told = wishes.slice(0, MOST_TOLD).map(({ addressId, customer }) => {
          const name = customer === undefined ? 'usual customer' : customerText(customer);
          return `${addressId.trim()}: ${name}`;
        });
        const details = { connection: connectionId, addresses: told.join('; '), count: String(wishes.length) };
        await directory.audit.note({ tenantId, event: 'ship-to-saved', actor: by, details });
        return accept({ saved: wishes.length });
      }),
    remove: ({ tenantId, connectionId, by }, addressId) =>
      atomically(async (directory) => {
        if ((await directory.connections.entry(tenantId, connectionId, 'lock')) === undefined)
          return unknownConnection(directory.connections, tenantId, connectionId);
        if (!(await directory.shipToAddresses.remove({ tenantId, connectionId, addressId })))
          return refuse('RESOURCE_NOT_FOUND', `The connection has no address ${addressId.slice(0, 80)}.`);
        const details = { connection: connectionId, address: addressId };
        await directory.audit.note({ tenantId, event: 'ship-to-removed', actor: by, details });
        return accept({ removed: true });
      }),
  };
}
