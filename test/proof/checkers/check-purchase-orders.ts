import type { OwnDatabase } from '../stage/own-database.js';
import type { Finding } from './finding.js';

export interface PlacedOrder {
  orderId: string;
  transmissionId: string;
  /** Status of each copy's answer; undefined: no answer. */
  answers: readonly (string | undefined)[];
}

interface Row {
  order_id: string;
  kept: number;
  recorded: number;
  /** Transmission ids of the purchase order, of its record, and of audited steps to order_created. */
  transmissions: string[];
  supplier: number;
  merchant: number;
}

const ROWS = `
  select o.order_id, count(*)::int as kept,
    (select count(*)::int from connect_order c where c.merchant_order_id = o.order_id) as recorded,
    array_agg(coalesce(o.transmission_id, ''))
      || array(select coalesce(c.transmission_id, '') from connect_order c where c.merchant_order_id = o.order_id)
      || array(
        select a.transmission_id from audit a
        where a.event = 'order' and a.transmission_id = any(array_agg(o.transmission_id))
      ) as transmissions,
    (
      select count(*)::int from connect_event e join connect_order c using (tenant_id, transaction_id, supplier_shop)
      where c.merchant_order_id = o.order_id and e.shop_id = c.supplier_shop and e.name = 'order_created'
    ) as supplier,
    (
      select count(*)::int from connect_event e join connect_order c using (tenant_id, transaction_id, supplier_shop)
      where c.merchant_order_id = o.order_id and e.shop_id = c.merchant_shop and e.name = 'order_created'
    ) as merchant
  from purchase_order o where o.order_id = any($1) group by o.order_id`;
const GAPS =
  'select shop_id, count(*)::int as events, max(revision)::int as last from connect_event group by tenant_id, ' +
  'shop_id having count(*) <> max(revision) or min(revision) <> 1';

/**
 * Each purchase order gives one recorded order, one event for each party, one step of its own transmission, and the
 * same answer to every copy.
 */
export async function checkPurchaseOrders(database: OwnDatabase, placed: readonly PlacedOrder[]): Promise<Finding[]> {
  const found = new Map(
    (await database.rows<Row>(ROWS, [placed.map(({ orderId }) => orderId)])).map((row) => [row.order_id, row]),
  );
  const statuses = new Map(
    (await database.rows<{ id: string; status: string }>('select transmission_id as id, status from transmission')).map(
      ({ id, status }) => [id, status],
    ),
  );
  const findings: Finding[] = [];
  for (const { orderId, transmissionId, answers } of placed) {
    const say = (kind: Finding['kind'], text: string): void => void findings.push({ kind, subject: orderId, text });
    if (answers.some((answer) => answer === undefined)) say('late', 'a copy of it was never answered');
    if (answers.some((answer) => answer !== undefined && !/^200\b/.test(answer)) || new Set(answers).size > 1)
      say('wrong', `its copies were answered ${[...new Set(answers)].join(' / ')}`);
    const row = found.get(orderId);
    for (const part of ['kept', 'recorded', 'supplier', 'merchant'] as const) {
      const times = row?.[part] ?? 0;
      if (times !== 1) say(times === 0 ? 'lost' : 'duplicated', `${part} ${times} times`);
    }
    const expected = [transmissionId, transmissionId, transmissionId].join();
    if (row?.transmissions.join() !== expected)
      say('wrong', `is of ${row?.transmissions.join() ?? 'nothing'} in place of ${expected}`);
    if (statuses.get(transmissionId) !== 'order_created')
      say('wrong', `its transmission is ${statuses.get(transmissionId)}`);
  }
  for (const { shop_id, events, last } of await database.rows<{ shop_id: number; events: number; last: number }>(GAPS))
    findings.push({
      kind: 'lost',
      subject: `stream of shop ${shop_id}`,
      text: `${events} events, the last has revision ${last}`,
    });
  return findings;
}
