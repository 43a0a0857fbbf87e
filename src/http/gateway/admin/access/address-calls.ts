import type { StoreCustomer } from '../../../../domain/access/store-customer.js';
import { accept } from '../../../../domain/error-codes.js';
import type { ShipToAddress } from '../../../../ports/access/ship-to-addresses.js';
import type { AddressChanges, AddressReads } from '../../../../usecases/manage/ship-to-addresses.js';
import type { AdminCall, AdminRequest } from '../admin-route.js';
import { DEFAULT_LIMIT } from '../connection-calls.js';

interface ListQuery {
  limit?: number;
  cursor?: string;
  unknown?: boolean;
}

interface SaveBody {
  addresses: { address_id: string; customer: StoreCustomer | null }[];
}

interface Deps {
  reads: AddressReads;
  changes: AddressChanges;
}

export function addressCalls({ reads, changes }: Deps): Record<string, AdminCall> {
  return {
    async adminListAddresses({ tenantId, params, query }: AdminRequest<unknown, ListQuery>) {
      const { limit = DEFAULT_LIMIT, cursor, unknown: unknownOnly = false } = query;
      const page = { limit, unknownOnly, ...(cursor === undefined ? {} : { after: cursor }) };
      const read = await reads(tenantId, params['connection'] ?? '', page);
      if (!read.ok) return read;
      const { next, unknown } = read.value;
      return accept({
        data: {
          addresses: read.value.addresses.map(viewOf),
          unknown_count: unknown,
          pagination: { limit, next_cursor: next ?? null },
        },
      });
    },
    async adminSaveAddresses({ tenantId, by, params, body }: AdminRequest<SaveBody>) {
      const of = { tenantId, connectionId: params['connection'] ?? '', by };
      const wishes = body.addresses.map(({ address_id: addressId, customer }) => ({
        addressId,
        customer: customer ?? undefined,
      }));
      const saved = await changes.save(of, wishes);
      return saved.ok ? accept({ data: saved.value }) : saved;
    },
    async adminRemoveAddress({ tenantId, by, params }: AdminRequest) {
      const of = { tenantId, connectionId: params['connection'] ?? '', by };
      const removed = await changes.remove(of, params['address'] ?? '');
      return removed.ok ? accept({ data: removed.value }) : removed;
    },
  };
}

function viewOf({ addressId, isKnown, customer, place, createdAt }: ShipToAddress): object {
  return {
    address_id: addressId,
    known: isKnown,
    customer: customer ?? null,
    place,
    created_at: createdAt.toISOString(),
  };
}
