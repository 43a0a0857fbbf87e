import { Client } from 'pg';
import { sessionFunnel } from '../src/adapters/postgres/history/session-funnel.js';
import { writeCursor } from '../src/http/gateway/sessions/session-calls.js';
import type { StatementRunner } from '../src/ports/statement-runner.js';

/** Places that exist on both sides. */
export interface Filled {
  /** Behind most sessions. */
  deepCursor: string;
  sessionId: string;
}

/** A year of sessions, all ended, with their messages, orders, audit and figures. */
export async function fillYear(url: string, rows: number): Promise<Filled> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(`
    insert into transmission (tenant_id, transmission_id, connection_id, protocol, operation, status, request,
      buyer_cookie, return_url, created_at, start_expires_at, expires_at, absolute_expires_at, ended_at, buyer, summary)
    select 'demo', 'demo_' || translate(substr(md5(n::text), 1, 26), '0189', 'wxyz'),
      case n % 3 when 0 then 'company-oci' else 'company-cxml' end,
      case n % 3 when 0 then 'oci' else 'cxml' end, 'create',
      case when n % 1000 = 0 then 'active' when n % 100 < 50 then 'transferred' when n % 100 < 60 then 'order_created'
        when n % 100 < 75 then 'closed' when n % 100 < 85 then 'cancelled' else 'expired' end,
      '{"deploymentMode":"production","buyer":{"email":"buyer@company.com"},"extrinsics":[],"items":[]}',
      'cookie-' || n, 'https://erp.company.com/punchout/return',
      at, at + interval '5 minutes',
      case when n % 1000 = 0 then now() + interval '1 day' else at + interval '1 hour' end,
      at + interval '8 hours', at + interval '15 minutes',
      json_build_object('email', 'buyer' || n || '@company.com'), case when n % 100 < 60 then jsonb_build_object(
        'itemsCount', '3', 'linesCount', 2, 'totalAmount', (n % 900 + 10) || '.90', 'currency', 'EUR') end
    from (select n, now() - (n * interval '365 days' / ${rows}) as at from generate_series(1, ${rows}) n) made`);
  await client.query(`
    delete from sales_fact;
    insert into sales_day
      select tenant_id, (created_at at time zone 'UTC')::date, '', count(*), 0, 0 from transmission group by 1, 2
      union all
      select tenant_id, (created_at at time zone 'UTC')::date, 'EUR', 0, count(*),
        sum((summary->>'totalAmount')::numeric) from transmission where summary is not null group by 1, 2;
    insert into product_day
      select t.tenant_id, (t.created_at at time zone 'UTC')::date, 'EUR', 'SKU-' || sku, 'Product ' || sku,
        count(*), count(*) * 9.9
      from transmission t,
        lateral (values (abs(hashtext(t.transmission_id)) % 60), (abs(hashtext(t.buyer_cookie)) % 60)) sold (sku)
      where t.summary is not null group by 1, 2, 4, 5;
    insert into product_month
      select tenant_id, date_trunc('month', day::timestamp)::date, currency, sku, max(name), sum(quantity), sum(revenue)
      from product_day group by 1, 2, 3, 4;
    -- What has happened since is not folded yet, as on a day like any other.
    insert into sales_fact (tenant_id, day, currency, sessions, completed, revenue, lines)
      select 'demo', (now() at time zone 'UTC')::date, 'EUR', 0, 1, 9.90, '[["SKU-1", "Product 1", "1", "9.90"]]'
      from generate_series(1, 200)`);
  await client.query(`
    insert into message_log (tenant_id, transmission_id, connection_id, direction, kind, content_type, content, code,
      at, stored_at)
    select tenant_id, transmission_id, connection_id, m.direction, m.kind, 'text/xml', repeat('<a/>', 100), m.code,
      created_at, created_at
    from transmission,
      (values ('in', 'setup_request', null), ('out', 'setup_response', null)) m (direction, kind, code);
    insert into message_log (tenant_id, connection_id, direction, kind, content_type, content, code, at, stored_at)
    select tenant_id, connection_id, 'in', 'setup_request', 'text/xml', repeat('<a/>', 100), 'INVALID_XML', created_at,
      created_at from transmission where status = 'expired';
    insert into audit (tenant_id, transmission_id, to_status, event, actor, at)
    select tenant_id, transmission_id, status, e, 'buyer', created_at
    from transmission, unnest(array['created', 'ended']) e;
    insert into purchase_order (tenant_id, connection_id, payload_id, order_id, version, kind, digest, verdict,
      mismatches, attachments, content, document, content_type, received_at)
    select 'demo', 'company-cxml', '', 'PO-' || n, 1, 'new', encode(sha256(n::text::bytea), 'hex'),
      (array['matched', 'mismatch', 'unmatched'])[1 + n % 3], '[]', '[]',
      json_build_object('orderId', 'PO-' || n, 'kind', 'new', 'references', '{}'::text[], 'lines', '{}'::text[]),
      '', '',
      now() - n * interval '365 days' / ${rows / 10}
    from generate_series(1, ${rows / 10}) n`);
  const run: StatementRunner = async ({ name, text }, given) =>
    (await client.query<never>({ name, text, values: [...given] })).rows;
  while ((await sessionFunnel({ query: run, asTenant: (_, read) => read(run) }).fold(100_000)) > 0);
  await client.query('vacuum full funnel_hour, funnel_day');
  await client.query('vacuum analyze');
  const { rows: found } = await client.query<{ mark: string; id: string }>(
    `select to_char(created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as mark, transmission_id as ` +
      `id from transmission where created_at < now() - interval '364 days' order by created_at desc limit 1`,
  );
  await client.end();
  const [deep] = found;
  if (deep === undefined) throw new Error('no rows were made');
  return {
    deepCursor: writeCursor({ page: 2, after: { createdAt: deep.mark, transmissionId: deep.id } }),
    sessionId: deep.id,
  };
}
