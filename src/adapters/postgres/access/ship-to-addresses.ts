import { MOST_ADDRESS_ID } from '../../../domain/access/choose-customer.js';
import type { StoreCustomer } from '../../../domain/access/store-customer.js';
import { MOST_UNKNOWN, type ShipToAddress, type ShipToAddresses } from '../../../ports/access/ship-to-addresses.js';
import { isStorable } from '../../../protocols/json/parse-json.js';
import type { Database } from '../database/database.js';

const MEET = {
  name: 'ship-to-meet',
  text: `
    with found as (
      select is_known, customer from ship_to_address where tenant_id = $1 and connection_id = $2 and address_id = $3
    ), added as (
      insert into ship_to_address (tenant_id, connection_id, address_id, is_known, place)
      select $1, $2, $3, false, $4
      where not exists (select from found) and (
        select count(*) from ship_to_address where tenant_id = $1 and connection_id = $2 and not is_known) < $5
      on conflict do nothing
    )
    select is_known, customer from found`,
};
const FIND = {
  name: 'ship-to-find',
  text: `
    select customer from ship_to_address
    where tenant_id = $1 and connection_id = $2 and address_id = $3 and is_known`,
};
const KNOWN = {
  name: 'ship-to-known',
  text: `
    select address_id, is_known, customer, place, created_at from ship_to_address
    where tenant_id = $1 and connection_id = $2 and is_known order by address_id collate "C" limit $3`,
};
const LIST = {
  name: 'ship-to-list',
  text: `
    select address_id, is_known, customer, place, created_at from ship_to_address
    where tenant_id = $1 and connection_id = $2 and (not is_known or not $5::boolean)
      and ($3::text is null or (is_known::int || address_id collate "C") > ($3 collate "C"))
    order by (is_known::int || address_id collate "C") limit $4`,
};
const COUNT = {
  name: 'ship-to-count',
  text: `select count(*)::int as held from ship_to_address where tenant_id = $1 and connection_id = $2 and is_known`,
};
const COUNT_UNKNOWN = {
  name: 'ship-to-count-unknown',
  text: `
    select count(*)::int as held from ship_to_address
    where tenant_id = $1 and connection_id = $2 and not is_known`,
};
const SAVE = {
  name: 'ship-to-save',
  text: `
    insert into ship_to_address (tenant_id, connection_id, address_id, is_known, customer) values ($1, $2, $3, true, $4)
    on conflict (tenant_id, connection_id, address_id) do update set is_known = true, customer = excluded.customer`,
};
/** Its catalogue and its push go too, and nothing of its runs is offered any more. */
const REMOVE = {
  name: 'ship-to-remove',
  text: `
    with gone as (
      delete from ship_to_address where tenant_id = $1 and connection_id = $2 and address_id = $3
      returning tenant_id, connection_id, address_id
    ), items as (
      delete from catalogue_item i using gone
      where i.tenant_id = $1 and i.connection_id = $2 and i.address_id = gone.address_id
    ), pieces as (
      delete from catalogue_piece p using gone, catalogue_run r
      where r.tenant_id = $1 and r.connection_id = $2 and r.address_id = gone.address_id
        and p.tenant_id = $1 and p.connection_id = $2 and p.run_id = r.run_id
    ), runs as (
      update catalogue_run r set withdrawn = true from gone
      where r.tenant_id = $1 and r.connection_id = $2 and r.address_id = gone.address_id
    ), schedule as (
      delete from catalogue_schedule s using gone
      where s.tenant_id = $1 and s.connection_id = $2 and s.address_id = gone.address_id
    ), push as (
      delete from index_push p using gone
      where p.tenant_id = $1 and p.connection_id = $2 and p.address_id = gone.address_id
    )
    select address_id from gone`,
};

interface Row {
  address_id: string;
  is_known: boolean;
  customer: StoreCustomer | null;
  place: string;
  created_at: Date;
}

/** Longest text of a place. */
const MOST_PLACE = 200;

export function shipToAddresses({ query, asTenant }: Pick<Database, 'query' | 'asTenant'>): ShipToAddresses {
  const counted = async (statement: typeof COUNT, tenantId: string, connectionId: string): Promise<number> => {
    const [row] = await asTenant(tenantId, (read) => read<{ held: number }>(statement, [tenantId, connectionId]));
    return row?.held ?? 0;
  };
  return {
    async meet({ tenantId, connectionId, addressId, place }) {
      if (addressId.length > MOST_ADDRESS_ID || !isStorable(addressId)) return 'unknown';
      const kept = isStorable(place) ? Array.from(place).slice(0, MOST_PLACE).join('') : '';
      const values = [tenantId, connectionId, addressId, kept, MOST_UNKNOWN];
      const [row] = await query<Pick<Row, 'is_known' | 'customer'>>(MEET, values);
      return row?.is_known === true ? { customer: row.customer ?? undefined } : 'unknown';
    },
    async find({ tenantId, connectionId, addressId }) {
      if (addressId.length > MOST_ADDRESS_ID || !isStorable(addressId)) return undefined;
      const [row] = await query<Pick<Row, 'customer'>>(FIND, [tenantId, connectionId, addressId]);
      return row && { customer: row.customer ?? undefined };
    },
    async known(tenantId, connectionId, limit) {
      const rows = await asTenant(tenantId, (read) => read<Row>(KNOWN, [tenantId, connectionId, limit]));
      return rows.map(addressOf);
    },
    async list(tenantId, connectionId, { limit, after, unknownOnly = false }) {
      const values = [tenantId, connectionId, after ?? null, limit + 1, unknownOnly];
      const rows = await asTenant(tenantId, (read) => read<Row>(LIST, values));
      const last = rows.length > limit ? rows[limit - 1] : undefined;
      const next = last === undefined ? {} : { next: `${Number(last.is_known)}${last.address_id}` };
      return { addresses: rows.slice(0, limit).map(addressOf), ...next };
    },
    count: (tenantId, connectionId) => counted(COUNT, tenantId, connectionId),
    countUnknown: (tenantId, connectionId) => counted(COUNT_UNKNOWN, tenantId, connectionId),
    async save({ tenantId, connectionId, addressId }, customer) {
      await query(SAVE, [tenantId, connectionId, addressId, customer === undefined ? null : JSON.stringify(customer)]);
    },
    remove: async ({ tenantId, connectionId, addressId }) =>
      (await query(REMOVE, [tenantId, connectionId, addressId])).length > 0,
  };
}

function addressOf(row: Row): ShipToAddress {
  const { address_id: addressId, is_known: isKnown, customer, place, created_at: createdAt } = row;
  return { addressId, isKnown, place, createdAt, ...(customer === null ? {} : { customer }) };
}
