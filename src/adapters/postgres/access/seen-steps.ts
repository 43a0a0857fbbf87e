import type { AcceptanceStep, SeenSteps } from '../../../domain/access/acceptance.js';
import type { SeenStepReads } from '../../../ports/access/seen-steps.js';
import type { Database } from '../database/database.js';

/** Test punchouts of operators do not count. An order counts if it belongs to one of these sessions. */
const SEEN = {
  name: 'seen-steps',
  text: `
    with newest as (
      select t.transmission_id, t.created_at, t.logged_in_at, t.ended_at, t.status from transmission t
      where t.tenant_id = $1 and t.connection_id = $2 and t.test_id is null
        -- Must match the partial index's predicate.
        and t.created_at > '-infinity'
      order by t.created_at desc, t.transmission_id desc limit $3
    ), seen as (
      select 'call_up' as step, created_at as at, transmission_id from newest
      union all
      select 'login', logged_in_at, transmission_id from newest where logged_in_at is not null
      union all
      select 'cart', ended_at, transmission_id from newest
        where status in ('transferred', 'order_created') and ended_at is not null
      union all
      select 'order', o.received_at, n.transmission_id
        from newest n join purchase_order o on o.tenant_id = $1 and o.transmission_id = n.transmission_id
    )
    select distinct on (step) step, at, transmission_id from seen order by step, at desc`,
};

/** Sessions that are looked at, the newest. */
const MOST_SESSIONS = 500;

export function seenSteps({ asTenant }: Pick<Database, 'asTenant'>): SeenStepReads {
  return {
    async of(tenantId, connectionId) {
      const values = [tenantId, connectionId, MOST_SESSIONS];
      const rows = await asTenant(tenantId, (read) =>
        read<{ step: AcceptanceStep; at: Date; transmission_id: string }>(SEEN, values),
      );
      const seen: SeenSteps = {};
      for (const { step, at, transmission_id: transmissionId } of rows) seen[step] = { at, transmissionId };
      return seen;
    },
  };
}
