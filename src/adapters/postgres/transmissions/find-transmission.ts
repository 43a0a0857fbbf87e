import type { Transmission, TransmissionKey } from '../../../domain/transmission/transmission.js';
import type { TransferPayload } from '../../../domain/transmission/transfer-payload.js';
import type { StoredPayload } from '../../../ports/transmission/transmission-repository.js';
import type { NamedStatement } from '../../../ports/statement-runner.js';
import { type BatchedStatement, batched, givenRows } from '../../../ports/batches.js';
import type { Database } from '../database/database.js';
import { IS_IN_TIME, maySql } from './step-sql.js';
import { TRANSMISSION, type TransmissionRow, transmissionOf } from './transmission-row.js';

const KEY_COLUMN = { id: 'text' };

const FIND: BatchedStatement = {
  columns: KEY_COLUMN,
  isRead: true,
  one: {
    name: 'transmission-find',
    text: `select ${TRANSMISSION} from transmission t where t.tenant_id = $1 and t.transmission_id = $2`,
  },
  many: {
    name: 'transmission-find-many',
    text: `
      select r.n, found.transmission from ${givenRows(KEY_COLUMN)} cross join lateral (
        select ${TRANSMISSION} from transmission t where t.tenant_id = $1 and t.transmission_id = r.id offset 0
      ) found`,
  },
};

const FIND_BY_CLAIM: NamedStatement = {
  name: 'transmission-find-by-claim',
  text: `select ${TRANSMISSION} from transmission t where t.claim_digest = $1`,
};

const FIND_OPEN_BY_CALL_UP: NamedStatement = {
  name: 'transmission-find-open-by-call-up',
  text: `
    select ${TRANSMISSION} from transmission t
    where t.tenant_id = $1 and t.connection_id = $2 and t.call_up_digest = $3 and t.status = 'open'
      and ${maySql('login')}
    order by t.created_at desc limit 1`,
};

/** The last condition must match the predicate of the index (migrations/transmission-key-last.ts). */
const BY_BUYER_COOKIE = `
  select ${TRANSMISSION} from transmission t
  where t.tenant_id = $1 and md5(t.buyer_cookie) = md5($2) and t.buyer_cookie = $2 and t.buyer_cookie <> ''`;

const FIND_LIVE_BY_BUYER_COOKIE: NamedStatement = {
  name: 'transmission-find-live-by-buyer-cookie',
  text: `${BY_BUYER_COOKIE} and t.status in ('open', 'active') and ${IS_IN_TIME} limit 2`,
};

const FIND_SENT_BY_BUYER_COOKIE: NamedStatement = {
  name: 'transmission-find-sent-by-buyer-cookie',
  text: `${BY_BUYER_COOKIE} and t.status in ('transferred', 'order_created')
    and t.ended_at > now() - interval '24 hours' limit 2`,
};

const FIND_PAYLOAD: NamedStatement = {
  name: 'transmission-find-payload',
  text: `
    select payload, stored_at, stored_at > now() - interval '24 hours' as presentable
    from transfer_payload where tenant_id = $1 and transmission_id = $2`,
};

const TAKE_PAYLOAD: NamedStatement = {
  name: 'transmission-take-payload',
  text: `
    update transfer_payload set shown_at = now()
    where tenant_id = $1 and transmission_id = $2 and shown_at is null and stored_at > now() - interval '5 minutes'
    returning payload`,
};

export interface TransmissionReads {
  find(key: TransmissionKey): Promise<Transmission | undefined>;
  findByClaim(claimDigest: string): Promise<Transmission | undefined>;
  findOpenByCallUp(tenantId: string, connectionId: string, callUpDigest: string): Promise<Transmission | undefined>;
  findByBuyerCookie(tenantId: string, buyerCookie: string): Promise<Transmission[]>;
  findPayload(key: TransmissionKey): Promise<StoredPayload | undefined>;
  takePayload(key: TransmissionKey): Promise<TransferPayload | undefined>;
}

export function transmissionReads({ query, asTenant }: Database): TransmissionReads {
  const one = async (statement: NamedStatement, values: string[]): Promise<Transmission | undefined> => {
    const [row] = await query<TransmissionRow>(statement, values);
    return row === undefined ? undefined : transmissionOf(row);
  };
  const find = batched<TransmissionRow>(query, FIND);
  return {
    async find({ tenantId, transmissionId }) {
      const [row] = await find(tenantId, [transmissionId]);
      return row === undefined ? undefined : transmissionOf(row);
    },
    findByClaim: (claimDigest) => one(FIND_BY_CLAIM, [claimDigest]),
    findOpenByCallUp: (tenantId, connectionId, callUpDigest) =>
      one(FIND_OPEN_BY_CALL_UP, [tenantId, connectionId, callUpDigest]),
    findByBuyerCookie: (tenantId, buyerCookie) =>
      asTenant(tenantId, async (read) => {
        const live = await read<TransmissionRow>(FIND_LIVE_BY_BUYER_COOKIE, [tenantId, buyerCookie]);
        return (
          live.length > 0 ? live : await read<TransmissionRow>(FIND_SENT_BY_BUYER_COOKIE, [tenantId, buyerCookie])
        ).map(transmissionOf);
      }),
    async findPayload({ tenantId, transmissionId }) {
      const [row] = await query<{ payload: string; stored_at: Date; presentable: boolean }>(FIND_PAYLOAD, [
        tenantId,
        transmissionId,
      ]);
      if (row === undefined) return undefined;
      const payload: TransferPayload = JSON.parse(row.payload);
      return { payload, storedAt: row.stored_at, presentable: row.presentable };
    },
    async takePayload({ tenantId, transmissionId }) {
      const [row] = await query<{ payload: string }>(TAKE_PAYLOAD, [tenantId, transmissionId]);
      if (row === undefined) return undefined;
      const payload: TransferPayload = JSON.parse(row.payload);
      return payload;
    },
  };
}
