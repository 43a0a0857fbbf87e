import type { BuyerList } from '../../../domain/catalogue/catalogue-index.js';
import type { BuyerCodes } from '../../../ports/buyer-codes.js';
import type { Database } from '../database/database.js';

const COUNTS = {
  name: 'buyer-code-counts',
  text: `
    select list, count(*)::int as codes from buyer_code where tenant_id = $1 and connection_id = $2 group by list`,
};
const KNOWN = {
  name: 'buyer-code-known',
  text: `
    select code from buyer_code
    where tenant_id = $1 and connection_id = $2 and list = $3 and code = any($4::text[])`,
};
const ADD = {
  name: 'buyer-code-add',
  text: `
    insert into buyer_code (tenant_id, connection_id, list, code)
    select $1, $2, $3, code from unnest($4::text[]) as code
    on conflict do nothing`,
};
const CLEAR = {
  name: 'buyer-code-clear',
  text: 'delete from buyer_code where tenant_id = $1 and connection_id = $2 and list = $3',
};

export function buyerCodes({ query, asTenant }: Pick<Database, 'query' | 'asTenant'>): BuyerCodes {
  return {
    async counts(tenantId, connectionId) {
      const rows = await asTenant(tenantId, (read) =>
        read<{ list: BuyerList; codes: number }>(COUNTS, [tenantId, connectionId]),
      );
      return { classification: 0, unit: 0, ...Object.fromEntries(rows.map(({ list, codes }) => [list, codes])) };
    },
    async known(tenantId, connectionId, list, codes) {
      const storable = codes.filter((code) => !code.includes('\0'));
      const rows = await asTenant(tenantId, (read) =>
        read<{ code: string }>(KNOWN, [tenantId, connectionId, list, storable]),
      );
      return new Set(rows.map(({ code }) => code));
    },
    async add(tenantId, connectionId, list, codes) {
      await query(ADD, [tenantId, connectionId, list, codes]);
    },
    async clear(tenantId, connectionId, list) {
      await query(CLEAR, [tenantId, connectionId, list]);
    },
  };
}
