import type { TransmissionStatus } from '../../../domain/transmission/transmission.js';
import type { NamedStatement } from '../../../ports/statement-runner.js';
import type { AuditReads, AuditRow } from '../../../ports/transmission/session-search.js';
import type { Database } from '../database/database.js';

const COLUMNS = `a.audit_id::text as audit_id, a.transmission_id, a.event, a.actor, a.from_status, a.to_status,
  a.details, a.at`;
const OF_TRANSMISSION: NamedStatement = {
  name: 'audit-of-transmission',
  text: `select ${COLUMNS} from audit a where a.tenant_id = $1 and a.transmission_id = $2
    order by a.audit_id limit 1000`,
};
/** Changes of settings belong to no transmission, so the primary key leads to them. */
const OF_CONNECTION: NamedStatement = {
  name: 'audit-of-connection',
  text: `
    select ${COLUMNS} from (
      select * from audit where tenant_id = $1 and transmission_id = '' order by audit_id desc limit 2000
    ) a where a.details->>'connection' = $2 order by a.audit_id desc limit $3`,
};
function listing(name: string, more: string): NamedStatement {
  return {
    name,
    text: `
      select ${COLUMNS} from audit a where a.tenant_id = $1 and a.audit_id < $2::bigint ${more}
        and ($4::text is null or a.event = $4) and ($5::text is null or strpos(lower(a.actor), lower($5)) > 0)
        and ($6::timestamptz is null or a.at >= $6) and ($7::timestamptz is null or a.at < $7)
      order by a.audit_id desc limit $3`,
  };
}
const LIST = listing('audit-list', '');
/** By the primary key: there are far fewer changes than steps of sessions. */
const LIST_CHANGES = listing('audit-list-changes', `and a.transmission_id = ''`);
const HIGHEST = '9223372036854775807';

interface Row {
  audit_id: string;
  transmission_id: string;
  event: string;
  actor: string;
  from_status: TransmissionStatus | null;
  to_status: TransmissionStatus | null;
  details: Record<string, string>;
  at: Date;
}

export function auditReads({ asTenant }: Pick<Database, 'asTenant'>): AuditReads {
  return {
    ofTransmission: async (tenantId, transmissionId) =>
      (await asTenant(tenantId, (query) => query<Row>(OF_TRANSMISSION, [tenantId, transmissionId]))).map(auditRowOf),
    ofConnection: async (tenantId, connectionId, limit) =>
      (await asTenant(tenantId, (query) => query<Row>(OF_CONNECTION, [tenantId, connectionId, limit]))).map(auditRowOf),
    async list(tenantId, { limit, before = HIGHEST, event, actor, from, until, changesOnly = false }) {
      const values = [tenantId, before, limit, event ?? null, actor ?? null, from ?? null, until ?? null];
      const statement = changesOnly ? LIST_CHANGES : LIST;
      return (await asTenant(tenantId, (query) => query<Row>(statement, values))).map(auditRowOf);
    },
  };
}

function auditRowOf(row: Row): AuditRow {
  return {
    auditId: row.audit_id,
    transmissionId: row.transmission_id,
    event: row.event,
    actor: row.actor,
    details: row.details,
    at: row.at,
    ...(row.from_status === null ? {} : { from: row.from_status }),
    ...(row.to_status === null ? {} : { to: row.to_status }),
  };
}
