import type { AuditLog } from '../../../ports/audit-log.js';
import type { Database } from '../database/database.js';

/** The empty transmission id: there was none yet. */
const NOTE = {
  name: 'audit-note',
  text: `insert into audit (tenant_id, transmission_id, event, actor, details) values ($1, '', $2, $3, $4::jsonb)`,
};

export function auditLog({ query }: Database): AuditLog {
  return {
    async note({ tenantId, event, actor, details }) {
      await query(NOTE, [tenantId, event, actor, JSON.stringify(details)]);
    },
  };
}
