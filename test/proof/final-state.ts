import type { OwnDatabase } from './stage/own-database.js';

export interface StoredPayload {
  payloadId: string;
  fields: { name: string; value: string }[];
}

export interface AuditRow {
  event: string;
  from: string | null;
  to: string | null;
  details: Record<string, string>;
}

/** Final content of the database, read by the proof's own statements. All maps are by transmission id. */
export interface FinalState {
  statuses: Map<string, string>;
  payloads: Map<string, StoredPayload[]>;
  audit: Map<string, AuditRow[]>;
  /**
   * Carts of the demo shop by cart id (equal to the transmission id): quantity by article; includes empty cart rows.
   */
  carts: Map<string, Map<string, number>>;
}

export async function readFinalState(database: OwnDatabase): Promise<FinalState> {
  const [transmissions, payloads, audit, carts] = await Promise.all([
    database.rows<{ id: string; status: string }>('select transmission_id as id, status from transmission'),
    database.rows<{ id: string; payload: string }>('select transmission_id as id, payload from transfer_payload'),
    database.rows<AuditRow & { id: string }>(
      'select transmission_id as id, event, from_status as "from", to_status as "to", details from audit order ' +
        'by audit_id',
    ),
    database.rows<{ id: string; sku: string | null; quantity: string | null }>(
      'select c.cart_id as id, l.sku, l.quantity from demo_cart c left join demo_cart_line l using (tenant_id, ' +
        'cart_id)',
    ),
  ]);
  const cartsById = new Map<string, Map<string, number>>();
  for (const { id, sku, quantity } of carts) {
    const lines = cartsById.get(id) ?? new Map<string, number>();
    if (sku !== null) lines.set(sku, Number(quantity));
    cartsById.set(id, lines);
  }
  return {
    statuses: new Map(transmissions.map(({ id, status }) => [id, status])),
    payloads: grouped(payloads.map(({ id, payload }) => ({ id, row: JSON.parse(payload) as StoredPayload }))),
    audit: grouped(audit.map(({ id, ...row }) => ({ id, row }))),
    carts: cartsById,
  };
}

function grouped<Row>(rows: readonly { id: string; row: Row }[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const { id, row } of rows) {
    const group = groups.get(id);
    if (group === undefined) groups.set(id, [row]);
    else group.push(row);
  }
  return groups;
}
