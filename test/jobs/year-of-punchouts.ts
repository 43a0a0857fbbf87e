import type { Client } from 'pg';

export const TENANTS = ['acme', 'brief', 'long'] as const;
const SETTINGS = { acme: {}, brief: { messageDays: 7, cartDays: 20 }, long: { messageDays: 60 } };

/** Tables that grow with every punchout and shrink by a sweep. */
export const SWEPT = [
  'transmission',
  'audit',
  'audit_link',
  'message_log',
  'transfer_payload',
  'session_context',
  'browser_session',
  'idempotency_key',
] as const;

/** Time is a row, and `now()` reads it: functions of this schema come before those of PostgreSQL. */
export const SIMULATED_TIME = '?options=-c%20search_path%3Dsimulated,public,pg_catalog%20-c%20synchronous_commit%3Doff';

export async function beginTime(client: Client): Promise<void> {
  await client.query(`
    create schema simulated;
    create table simulated.clock (at timestamptz not null);
    insert into simulated.clock values ('2030-01-01T00:00:00Z');
    create function simulated.now() returns timestamptz stable language sql as 'select at from simulated.clock';
    alter table audit alter column at set default simulated.now()`);
  for (const tenant of TENANTS)
    await client.query('insert into tenant (tenant_id, name, settings) values ($1, $1, $2)', [
      tenant,
      SETTINGS[tenant],
    ]);
}

/** The next days with so many punchouts each, spread over the day and over the tenants. */
export async function passDays(client: Client, days: number, punchoutsADay: number): Promise<void> {
  await client.query(`update simulated.clock set at = at + interval '${days} days'`);
  const count = days * punchoutsADay;
  await client.query(`
    create temporary table p as select n, gen_random_uuid()::text as id,
      (array['${TENANTS.join(`', '`)}'])[1 + n % 3] as tenant,
      clock.at - (n::float8 / ${count}) * interval '${days} days' as at,
      (array['cxml', 'oci', 'repost'])[1 + n / 3 % 3] as protocol,
      -- One in ten is left alone, and expires.
      (array['active', 'order_created', 'closed', 'cancelled'])[1 + n % 10] as ends
      from simulated.clock, generate_series(${count - 1}, 0, -1) n`);
  await client.query(`
    insert into transmission (tenant_id, transmission_id, connection_id, protocol, operation, status, request,
      buyer_cookie, return_url, created_at, start_expires_at, expires_at, absolute_expires_at, logged_in_at, buyer,
      claim_digest)
    select tenant, id, 'c' || n % 5, protocol, 'create', coalesce(ends, 'transferred'), '{"items":[]}', id,
      'https://erp.example.com/', at, at + interval '5 minutes', at + interval '1 hour', at + interval '8 hours',
      at + interval '1 second', json_build_object('email', id || '@example.com'), id from p;
    insert into audit (tenant_id, transmission_id, from_status, to_status, event, actor, at)
      select tenant, id, null, 'open', event, 'buyer', at + second * interval '1 second'
      from p, (values ('setup', 0), ('login', 1), ('cart', 60), ('transfer', 120)) steps (event, second)
      order by at, second;
    insert into message_log (tenant_id, transmission_id, connection_id, direction, kind, content_type, content,
      payload_id, digest, at)
      select case when message = 5 and n % 5 = 0 then '_installation' else tenant end, id, 'c', 'in', 'k', 'text/xml',
        repeat(md5(n::text), 8), id || message, id, at
      from p, generate_series(0, 5) message order by at, message;
    insert into transfer_payload (tenant_id, transmission_id, payload, stored_at)
      select tenant, id, repeat(md5(n::text), 20), at from p where ends is null order by at;
    insert into session_context (tenant_id, session_id, fields, attributes, version, created_at)
      select tenant, id, '{}', '{}', 1, at from p;
    insert into browser_session select id, '{}', at + interval '8 hours' from p;
    insert into idempotency_key (tenant_id, idempotency_key, request_digest, lease, lease_until, created_at)
      select tenant, id, id, gen_random_uuid(), at, at from p;
    drop table p`);
}

export interface Sizes {
  /** Of each table of SWEPT. */
  rows: Record<string, number>;
  bytes: number;
  /** How often each table was read as a whole; a closed connection has told all of its. */
  fullReads: Record<string, number>;
}

export async function sizes(client: Client): Promise<Sizes> {
  const rows: Record<string, number> = {};
  await client.query('set enable_seqscan = off');
  for (const table of SWEPT)
    rows[table] = (await client.query<{ n: number }>(`select count(*)::int as n from ${table}`)).rows[0]?.n ?? 0;
  const found = await client.query<{ relname: string; bytes: number; full: number }>(
    `select relname, pg_total_relation_size(relid)::float8 as bytes, seq_scan::int as full
      from pg_stat_user_tables where relname = any ($1)`,
    [SWEPT],
  );
  return {
    rows,
    bytes: found.rows.reduce((sum, { bytes }) => sum + bytes, 0),
    fullReads: Object.fromEntries(found.rows.map(({ relname, full }) => [relname, full])),
  };
}
