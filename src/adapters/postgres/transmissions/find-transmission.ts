import type { Transmission, TransmissionKey } from '../../../domain/transmission.js';
import type { TransferPayload } from '../../../domain/transfer-payload.js';
import type { StoredPayload } from '../../../ports/transmission-repository.js';
import type { NamedStatement } from '../../../ports/statement-runner.js';
import type { Database } from '../database.js';
import { maySql } from './step-sql.js';
import { TRANSMISSION_COLUMNS, type TransmissionRow, transmissionOf } from './transmission-row.js';

const FIND: NamedStatement = {
  name: 'transmission-find',
  text: `select ${TRANSMISSION_COLUMNS} from transmission t where t.tenant_id = $1 and t.transmission_id = $2`,
};

const FIND_BY_CLAIM: NamedStatement = {
  name: 'transmission-find-by-claim',
  text: `select ${TRANSMISSION_COLUMNS} from transmission t where t.claim_digest = $1`,
};

const FIND_OPEN_BY_CALL_UP: NamedStatement = {
  name: 'transmission-find-open-by-call-up',
  text: `
    select ${TRANSMISSION_COLUMNS} from transmission t
    where t.tenant_id = $1 and t.connection_id = $2 and t.call_up_digest = $3 and t.status = 'open' and ${maySql('login')} and t.start_expires_at > now()
    order by t.created_at desc limit 1`,
};

const FIND_PAYLOAD: NamedStatement = {
  name: 'transmission-find-payload',
  text: `select payload, stored_at, stored_at > now() - interval '24 hours' as presentable from transfer_payload where tenant_id = $1 and transmission_id = $2`,
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
  findPayload(key: TransmissionKey): Promise<StoredPayload | undefined>;
  takePayload(key: TransmissionKey): Promise<TransferPayload | undefined>;
}

export function transmissionReads({ query }: Database): TransmissionReads {
  const one = async (statement: NamedStatement, values: string[]): Promise<Transmission | undefined> => {
    const [row] = await query<TransmissionRow>(statement, values);
    return row === undefined ? undefined : transmissionOf(row);
  };
  return {
    find: ({ tenantId, transmissionId }) => one(FIND, [tenantId, transmissionId]),
    findByClaim: (claimDigest) => one(FIND_BY_CLAIM, [claimDigest]),
    findOpenByCallUp: (tenantId, connectionId, callUpDigest) => one(FIND_OPEN_BY_CALL_UP, [tenantId, connectionId, callUpDigest]),
    async findPayload({ tenantId, transmissionId }) {
      const [row] = await query<{ payload: string; stored_at: Date; presentable: boolean }>(FIND_PAYLOAD, [tenantId, transmissionId]);
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
