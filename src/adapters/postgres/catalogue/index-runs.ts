import type { StoreCustomer } from '../../../domain/access/store-customer.js';
import type { CatalogueProduct } from '../../../domain/cart/catalogue-product.js';
import {
  EVERY_ADDRESS,
  type IndexCoverage,
  type IndexFormat,
  type IndexIssue,
  type IndexRun,
  type IndexRunState,
  WEEKDAYS,
} from '../../../domain/catalogue/catalogue-index.js';
import { digestOf } from '../../../domain/digest.js';
import type { IndexFile, IndexRuns, IndexWork } from '../../../ports/index-runs.js';
import type { Database } from '../database/database.js';

/** Reports that are kept of an owner, and files of each format. */
const RUNS_KEPT = 20;
const FILES_KEPT = 3;
/** Of a connection at once. */
const FILES_SHOWN = 100;
/** For less than a second. */
const FORGOTTEN_AT_ONCE = 20_000;
/** Stands behind all pieces with items. */
const TAIL = 2_000_000_000;

const FACTS = `run_id, address_id, customer, state, step, formats, settings_digest, started_by, started_at, ended_at,
  cursor, since, currency, language, place_sku, place_key, read, products, items, issues, coverage, reason`;

/** Ends a run whose job was given up or removed: nothing works on it, and it would stop every later run. */
const END_ABANDONED = {
  name: 'catalogue-run-end-abandoned',
  text: `
    update catalogue_run r set state = 'failed', ended_at = now(), step = step + 1,
      reason = 'The job of this run was given up; its last error stands under the jobs that are not done.'
    where r.tenant_id = $1 and r.connection_id = $2 and r.state in ('reading', 'writing') and not exists (
      select from job j where j.tenant_id = $1 and j.kind = 'write-index' and j.given_up_at is null
        and j.input->>'connectionId' = $2 and j.input->>'runId' = r.run_id::text)`,
};
/** The job of the run is stored with it. */
const BEGIN = {
  name: 'catalogue-run-begin',
  text: `
    with of_connection as (
      select c.tenant_id, c.connection_id,
        coalesce((select max(r.run_id) from catalogue_run r
          where r.tenant_id = c.tenant_id and r.connection_id = c.connection_id), 0) as last
      from connection c where c.tenant_id = $1 and c.connection_id = $2
    ), begun as (
      insert into catalogue_run (tenant_id, connection_id, run_id, state, formats, settings_digest, started_by, since,
        address_id, customer)
      select o.tenant_id, o.connection_id, o.last + 1, 'reading', $3::text[], $4, $5,
        case when $6::boolean then (
          -- A failed run may have left a part of its pages: then everything is read again.
          select case when r.state = 'done' and not r.withdrawn and r.settings_digest = $4 then r.mark end
          from catalogue_run r
          where r.tenant_id = $1 and r.connection_id = $2 and r.address_id = $8
          order by r.run_id desc limit 1) end,
        $8, $9::jsonb
      from of_connection o
      -- Who does not see the period of another process takes the same number for the run, and begins none.
      where $7::timestamptz is null or not exists (
        select from catalogue_schedule s
        where s.tenant_id = $1 and s.connection_id = $2 and s.address_id = $8 and s.period >= $7)
      on conflict do nothing
      returning *
    ), spent as (
      insert into catalogue_schedule (tenant_id, connection_id, address_id, period)
      select tenant_id, connection_id, address_id, $7 from begun where $7::timestamptz is not null
      on conflict (tenant_id, connection_id, address_id) do update set period = excluded.period
    ), queued as (
      insert into job (tenant_id, kind, input)
      select tenant_id, 'write-index', jsonb_build_object('connectionId', connection_id, 'runId', run_id) from begun
    )
    select ${FACTS} from begun`,
};
/**
 * A week begins with Monday, as in `date_trunc`. An id of the schedule that is not in the table is due too: its run
 * says what is wrong.
 */
const DUE = {
  name: 'catalogue-run-due',
  text: `
    with scheduled as (
      select c.tenant_id, c.connection_id, plan, p.period
      from connection c
        cross join lateral (select (c.settings->'index')::jsonb as plan) s
        cross join lateral (select make_interval(
          days => case when plan->>'every' = 'week' then coalesce(array_position($3::text[], plan->>'weekday'), 1) - 1
            else 0 end,
          hours => (plan->>'hour')::int) as into_period) i
        cross join lateral (select (date_trunc(case when plan->>'every' = 'week' then 'week' else 'day' end,
          coalesce($2::timestamptz, now()) at time zone 'UTC' - i.into_period) + i.into_period) at time zone 'UTC'
          as period) p
      where plan->>'every' in ('day', 'week') and c.disabled_at is null
        and not exists (select from catalogue_run r join job j on j.tenant_id = r.tenant_id
          and j.kind = 'write-index' and j.given_up_at is null and j.input->>'connectionId' = r.connection_id
          and j.input->>'runId' = r.run_id::text
          where r.tenant_id = c.tenant_id and r.connection_id = c.connection_id and r.state in ('reading', 'writing'))
    ), owner as (
      select tenant_id, connection_id, period, '' as address_id from scheduled
      union
      select tenant_id, connection_id, period, jsonb_array_elements_text(plan->'addresses')
      from scheduled where jsonb_typeof(plan->'addresses') = 'array'
      union
      select s.tenant_id, s.connection_id, s.period, a.address_id
      from scheduled s join ship_to_address a using (tenant_id, connection_id)
      where s.plan->'addresses' @> jsonb_build_array($4::text) and a.is_known
    )
    select * from (
      select distinct on (o.tenant_id, o.connection_id) o.tenant_id, o.connection_id, o.period, o.address_id
      from owner o
      where (o.address_id <> $4 or exists (select from ship_to_address a where a.tenant_id = o.tenant_id
          and a.connection_id = o.connection_id and a.address_id = $4 and a.is_known))
        and not exists (select from catalogue_schedule spent where spent.tenant_id = o.tenant_id
          and spent.connection_id = o.connection_id and spent.address_id = o.address_id and spent.period >= o.period)
      order by o.tenant_id, o.connection_id, o.address_id collate "C"
    ) as next order by period limit $1`,
};
const LIST = {
  name: 'catalogue-run-list',
  text: `
    select ${FACTS} from catalogue_run
    where tenant_id = $1 and connection_id = $2 and ($3::text is null or address_id = $3)
    order by run_id desc limit ${RUNS_KEPT}`,
};
const FIND = {
  name: 'catalogue-run-find',
  text: `select ${FACTS} from catalogue_run where tenant_id = $1 and connection_id = $2 and run_id = $3`,
};

/** Who saw this number does this step; the next one has another. */
const STEP = 'tenant_id = $1 and connection_id = $2 and run_id = $3 and step = $4';

const KEEP_PAGE = {
  name: 'catalogue-run-keep-page',
  text: `
    with kept as (
      update catalogue_run set step = step + 1, cursor = $5,
        state = case when $5::text is null then 'writing' else state end,
        read = read + jsonb_array_length($6::jsonb), mark = case when step = 0 then $7 else mark end,
        currency = $8, language = $9
      where ${STEP} and state = 'reading' returning tenant_id, connection_id, address_id, run_id, since
    ), given as (
      select distinct on (key) key, sku, digest, product
      from jsonb_to_recordset($6::jsonb) as g(key text, sku text, digest text, product text, nth int)
      order by key, nth
    ), written as (
      insert into catalogue_item as i
        (tenant_id, connection_id, address_id, product_key, sku, text_digest, run_id, product)
      select kept.tenant_id, kept.connection_id, kept.address_id, given.key, given.sku, given.digest, kept.run_id,
        given.product
      from kept, given
      on conflict (tenant_id, connection_id, address_id, product_key) do update
        set sku = excluded.sku, text_digest = excluded.text_digest, run_id = excluded.run_id, product = excluded.product
    ), gone as (
      delete from catalogue_item i using kept
      where i.tenant_id = $1 and i.connection_id = $2 and i.address_id = kept.address_id
        and not exists (select from given where given.key = i.product_key)
        and (i.product_key = any($10::text[]) or ($5::text is null and kept.since is null and i.run_id <> kept.run_id))
    )
    select run_id from kept`,
};
/**
 * The first product with a text is looked up for each text, since a plan made without statistics compares the whole
 * table with each entry of an `any` list or of a join: six seconds a page at 100,000 products.
 */
/**
 * Without statistics the planner may read the whole catalogue for each text, which takes over 1.5 s a page at 25,000
 * products. Autovacuum comes up to a minute after the reading, and never to the embedded database.
 */
const LEARN = {
  name: 'catalogue-run-learn',
  text: 'analyze (skip_locked) catalogue_item (tenant_id, connection_id, address_id, sku, product_key, text_digest)',
};
const NEXT = {
  name: 'catalogue-run-next-products',
  text: `
    with page as materialized (
      select sku, product_key, text_digest, product from catalogue_item
      where tenant_id = $1 and connection_id = $2 and address_id = $6 and (sku, product_key) > ($3, $4)
      order by sku, product_key limit $5
    ), firsts as materialized (
      select digest.text_digest, one.first
      from (select distinct text_digest from page) as digest cross join lateral (
        select min(array[item.sku, item.product_key]) as first from catalogue_item item
        where item.tenant_id = $1 and item.connection_id = $2 and item.address_id = $6
          and item.text_digest = digest.text_digest
      ) as one
    )
    select page.product_key, page.product, firsts.first <> array[page.sku, page.product_key] as repeats_text
    from page join firsts on firsts.text_digest = page.text_digest order by page.sku, page.product_key`,
};
const KEEP_PIECES = {
  name: 'catalogue-run-keep-pieces',
  text: `
    with kept as (
      update catalogue_run set step = step + 1, place_sku = $5, place_key = $6, products = $7, items = $8, issues = $9,
        coverage = $12
      where ${STEP} and state = 'writing' returning tenant_id, connection_id, run_id, step
    ), written as (
      insert into catalogue_piece (tenant_id, connection_id, run_id, format, piece, content)
      select kept.tenant_id, kept.connection_id, kept.run_id, p.format, kept.step, p.content
      from kept, unnest($10::text[], $11::text[]) as p(format, content) where p.content <> ''
    ), emitted as (
      insert into catalogue_emitted (tenant_id, connection_id, run_id, format, id_digest)
      select kept.tenant_id, kept.connection_id, kept.run_id, e.format, e.digest
      from kept, unnest($13::text[], $14::uuid[]) as e(format, digest)
      on conflict do nothing
    )
    select run_id from kept`,
};
/**
 * Each digest is looked up, whatever the planner knows of a table that was empty a moment ago. Digests are not made
 * here: under row-level security a condition with `md5` finds no index.
 */
const EMITTED = {
  name: 'catalogue-run-emitted',
  text: `
    select e.format, e.digest::text from unnest($4::text[], $5::uuid[]) as e(format, digest) cross join lateral (
      select from catalogue_emitted w where w.tenant_id = $1 and w.connection_id = $2 and w.run_id = $3
        and w.format = e.format and w.id_digest = e.digest limit 1
    ) as found`,
};
const FORGET_IDS = {
  name: 'catalogue-run-forget-ids',
  text: `
    delete from catalogue_emitted where ctid = any(array(
      select ctid from catalogue_emitted where tenant_id = $1 and connection_id = $2 and run_id <= $3
      limit ${FORGOTTEN_AT_ONCE}))
    returning 1`,
};
const FINISH = {
  name: 'catalogue-run-finish',
  text: `
    with this as materialized (
      select address_id from catalogue_run where tenant_id = $1 and connection_id = $2 and run_id = $3
    ), frame as materialized (
      select format, piece, content from unnest($5::text[], $6::int[], $7::text[]) as f(format, piece, content)
    ), digest as materialized (
      -- Of the digests of the pieces, so that no file is held in one piece.
      select format,
        encode(sha256(string_agg(sha256(convert_to(content, 'UTF8')), ''::bytea order by piece)), 'hex') as of,
        sum(octet_length(content)) as bytes
      from (
        select format, piece, content from frame
        union all
        select format, piece, content from catalogue_piece
        where tenant_id = $1 and connection_id = $2 and run_id = $3
      ) as pieces
      group by format
    ), file as materialized (
      select d.format, jsonb_build_object('digest', d.of, 'bytes', d.bytes, 'changedAt',
        case when before.file->>'digest' = d.of then before.file->'changedAt' else to_jsonb(now()) end) as facts
      from digest d left join lateral (
        select r.files->d.format as file from catalogue_run r
        where r.tenant_id = $1 and r.connection_id = $2 and r.state = 'done' and r.formats @> array[d.format]
          and r.address_id = (select address_id from this)
        order by r.run_id desc limit 1
      ) as before on true
    ), kept as (
      update catalogue_run set step = step + 1, state = 'done', ended_at = now(),
        files = (select coalesce(jsonb_object_agg(format, facts), '{}') from file)
      where ${STEP} and state = 'writing' returning tenant_id, connection_id, address_id, run_id, formats
    ), written as (
      insert into catalogue_piece (tenant_id, connection_id, run_id, format, piece, content)
      select kept.tenant_id, kept.connection_id, kept.run_id, f.format, f.piece, f.content from kept, frame f
    ), pushed as (
      insert into job (tenant_id, kind, input)
      select p.tenant_id, 'push-index', jsonb_strip_nulls(jsonb_build_object('connectionId', p.connection_id,
        'addressId', nullif(kept.address_id, ''), 'runId', kept.run_id))
      from kept join index_push p on p.tenant_id = $1 and p.connection_id = $2 and p.address_id = kept.address_id
        and p.format = any(kept.formats)
    ), old_files as (
      delete from catalogue_piece p using kept
      where p.tenant_id = $1 and p.connection_id = $2 and p.run_id <> kept.run_id and p.run_id in (
        select r.run_id from catalogue_run r
        where r.tenant_id = $1 and r.connection_id = $2 and r.address_id = kept.address_id
      ) and p.run_id not in (
        select r.run_id from catalogue_run r where r.tenant_id = $1 and r.connection_id = $2 and r.state = 'done'
          and r.address_id = kept.address_id and r.formats @> array[p.format]
        order by r.run_id desc
        limit case when p.format = any(kept.formats) then ${FILES_KEPT - 1} else ${FILES_KEPT} end)
    ), old_runs as (
      -- Those of an id that has left the table go with the others of their time.
      delete from catalogue_run r using kept
      where r.tenant_id = $1 and r.connection_id = $2 and r.run_id <= kept.run_id - ${RUNS_KEPT} and (
        r.run_id < (select min(run_id) from (
          select n.run_id from catalogue_run n
          where n.tenant_id = $1 and n.connection_id = $2 and n.address_id = r.address_id
          order by n.run_id desc limit ${RUNS_KEPT}) as newest)
        or r.address_id <> '' and not exists (select from ship_to_address a where a.tenant_id = $1
          and a.connection_id = $2 and a.address_id = r.address_id and a.is_known))
    )
    select run_id from kept`,
};
const FILE_FACTS = `run_id, files->format->>'digest' as digest, (files->format->>'bytes')::float8 as bytes,
      coalesce((files->format->>'changedAt')::timestamptz, ended_at, started_at) as changed_at`;
const NEWEST_FILE = {
  name: 'catalogue-run-newest-file',
  text: `
    select ${FILE_FACTS}
    from catalogue_run cross join (select $3::text as format) as f
    where tenant_id = $1 and connection_id = $2 and address_id = $4 and state = 'done' and not withdrawn
      and formats @> array[format]
    order by run_id desc limit 1`,
};
const NEWEST_FILES = {
  name: 'catalogue-run-newest-files',
  text: `
    select distinct on (address_id collate "C", format) address_id, format, ${FILE_FACTS}
    from catalogue_run cross join lateral unnest(formats) as f(format)
    where tenant_id = $1 and connection_id = $2 and state = 'done' and not withdrawn
    order by address_id collate "C", format, run_id desc limit ${FILES_SHOWN}`,
};
const FAIL = {
  name: 'catalogue-run-fail',
  text: `
    update catalogue_run set state = 'failed', ended_at = now(), reason = $4, step = step + 1
    where tenant_id = $1 and connection_id = $2 and run_id = $3 and state in ('reading', 'writing')`,
};
const PIECE = {
  name: 'catalogue-run-piece',
  text: `
    select piece, content from catalogue_piece p
    where tenant_id = $1 and connection_id = $2 and run_id = $3 and format = $4 and piece > $5
      and exists (select from catalogue_run r
        where r.tenant_id = $1 and r.connection_id = $2 and r.run_id = $3 and r.state = 'done' and not r.withdrawn)
    order by piece limit 1`,
};

interface FileRow {
  run_id: number;
  digest: string | null;
  bytes: number | null;
  changed_at: Date;
}

interface RunRow {
  run_id: number;
  address_id: string;
  customer: StoreCustomer | null;
  state: IndexRunState;
  step: number;
  formats: IndexFormat[];
  settings_digest: string;
  started_by: string;
  started_at: Date;
  ended_at: Date | null;
  cursor: string | null;
  since: string | null;
  currency: string;
  language: string;
  place_sku: string | null;
  place_key: string | null;
  read: number;
  products: number;
  items: Partial<Record<IndexFormat, number>>;
  issues: string;
  coverage: IndexCoverage;
  reason: string | null;
}

/** Indexes and the catalogues that they are made of. */
export function indexRuns({ query, asTenant }: Pick<Database, 'query' | 'asTenant'>): IndexRuns {
  return {
    async begin({ tenantId, connectionId, addressId, customer, ...wish }) {
      await query(END_ABANDONED, [tenantId, connectionId]);
      const { formats, settingsDigest, startedBy, incremental, period } = wish;
      const values = [tenantId, connectionId, formats, settingsDigest, startedBy, incremental, period ?? null];
      const whose = [addressId ?? '', customer === undefined ? null : JSON.stringify(customer)];
      const [row] = await query<RunRow>(BEGIN, [...values, ...whose]);
      return row === undefined ? undefined : runOf(row, tenantId, connectionId);
    },
    async due(limit, at) {
      const rows = await query<{ tenant_id: string; connection_id: string; address_id: string; period: Date }>(DUE, [
        limit,
        at ?? null,
        WEEKDAYS,
        EVERY_ADDRESS,
      ]);
      return rows.map((row) => ({
        tenantId: row.tenant_id,
        connectionId: row.connection_id,
        addressId: row.address_id || undefined,
        period: row.period,
      }));
    },
    async list(tenantId, connectionId, only) {
      const values = [tenantId, connectionId, only === undefined ? null : (only.addressId ?? '')];
      const rows = await asTenant(tenantId, (read) => read<RunRow>(LIST, values));
      return rows.map((row) => runOf(row, tenantId, connectionId));
    },
    async find({ tenantId, connectionId, runId }) {
      const [row] = await query<RunRow>(FIND, [tenantId, connectionId, runId]);
      return row === undefined ? undefined : workOf(row, tenantId, connectionId);
    },
    async keepPage(work, { products, withdrawn, next, mark, currency, language }) {
      const rows = await query(KEEP_PAGE, [
        ...stepOf(work),
        next ?? null,
        JSON.stringify(products.map((product, nth) => ({ ...itemOf(product), nth }))),
        mark ?? null,
        currency,
        language,
        withdrawn.map(storable),
      ]);
      return rows.length > 0;
    },
    async nextProducts({ tenantId, connectionId, addressId, place }, limit) {
      // Where it fails, the products are found all the same.
      if (place === undefined) await query(LEARN, []).catch(() => undefined);
      const after = [place?.sku ?? '', place?.productKey ?? ''].map(storable);
      const rows = await asTenant(tenantId, (read) =>
        read<{ product_key: string; product: string; repeats_text: boolean }>(NEXT, [
          tenantId,
          connectionId,
          ...after,
          limit,
          addressId ?? '',
        ]),
      );
      return rows.map((row) => ({
        product: JSON.parse(row.product) as CatalogueProduct,
        productKey: row.product_key,
        repeatsText: row.repeats_text,
      }));
    },
    async emitted({ tenantId, connectionId, runId }, ids) {
      const values = [tenantId, connectionId, runId, ...digestsOf(ids)];
      const rows = await asTenant(tenantId, (read) => read<{ format: IndexFormat; digest: string }>(EMITTED, values));
      const found = new Set(rows.map(({ format, digest }) => `${format} ${digest}`));
      return Object.fromEntries(
        Object.entries(ids).map(([format, ofFormat]) => [
          format,
          new Set(ofFormat.filter((id) => found.has(`${format} ${uuidOf(id)}`))),
        ]),
      );
    },
    forgetIds: async ({ tenantId, connectionId, runId }) =>
      (await query(FORGET_IDS, [tenantId, connectionId, runId])).length > 0,
    async keepPieces(work, { place, products, texts, ids, items, issues, coverage }) {
      const rows = await query(KEEP_PIECES, [
        ...stepOf(work),
        storable(place.sku),
        place.productKey,
        products,
        JSON.stringify(items),
        JSON.stringify(issues),
        Object.keys(texts),
        Object.values(texts),
        JSON.stringify(coverage),
        ...digestsOf(ids),
      ]);
      return rows.length > 0;
    },
    async finish(work, frames) {
      const pieces = Object.entries(frames).flatMap(([format, { head, tail }]) => [
        { format, piece: 0, content: head },
        { format, piece: TAIL, content: tail },
      ]);
      const rows = await query(FINISH, [
        ...stepOf(work),
        pieces.map(({ format }) => format),
        pieces.map(({ piece }) => piece),
        pieces.map(({ content }) => content),
      ]);
      return rows.length > 0;
    },
    async newestFile({ tenantId, connectionId, addressId }, format) {
      const [row] = await query<FileRow>(NEWEST_FILE, [tenantId, connectionId, format, addressId ?? '']);
      return row && fileOf(row);
    },
    async newestFiles(tenantId, connectionId) {
      const rows = await asTenant(tenantId, (read) =>
        read<FileRow & { address_id: string; format: IndexFormat }>(NEWEST_FILES, [tenantId, connectionId]),
      );
      return rows.map((row) => ({ ...fileOf(row), addressId: row.address_id || undefined, format: row.format }));
    },
    async fail({ tenantId, connectionId, runId }, reason) {
      await query(FAIL, [tenantId, connectionId, runId, reason.slice(0, 500)]);
    },
    async piece({ tenantId, connectionId, runId }, format, after) {
      const values = [tenantId, connectionId, runId, format, after];
      const [row] = await query<{ piece: number; content: string }>(PIECE, values);
      return row && { content: row.content, next: row.piece === TAIL ? undefined : row.piece };
    },
  };
}

/** As two columns: formats, and the digests of ids. */
function digestsOf(ids: Partial<Record<IndexFormat, string[]>>): [formats: string[], digests: string[]] {
  const pairs = Object.entries(ids).flatMap(([format, ofFormat]) =>
    ofFormat.map((id) => [format, uuidOf(id)] as const),
  );
  return [pairs.map(([format]) => format), pairs.map(([, digest]) => digest)];
}

/** Half of the digest, which a column of sixteen bytes holds. */
function uuidOf(id: string): string {
  return digestOf(id).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
}

function stepOf({ tenantId, connectionId, runId, step }: IndexWork): unknown[] {
  return [tenantId, connectionId, runId, step];
}

const NOT_STORABLE = /\0|\p{Surrogate}/gu;

/** PostgreSQL's text holds neither NUL nor halves of surrogate pairs. */
function storable(text: string): string {
  return text.replaceAll(NOT_STORABLE, '');
}

function itemOf(product: CatalogueProduct) {
  const { productKey, sku, name, description = '' } = product.line;
  return {
    key: storable(productKey),
    sku: storable(sku),
    digest: digestOf(`${name}\n${description}`),
    product: JSON.stringify(product),
  };
}

function fileOf(row: FileRow): IndexFile {
  return {
    runId: row.run_id,
    digest: row.digest ?? undefined,
    bytes: row.bytes ?? undefined,
    changedAt: row.changed_at,
  };
}

function runOf(row: RunRow, tenantId: string, connectionId: string): IndexRun {
  return {
    tenantId,
    connectionId,
    runId: row.run_id,
    addressId: row.address_id || undefined,
    customer: row.customer ?? undefined,
    state: row.state,
    formats: row.formats,
    incremental: row.since !== null,
    startedBy: row.started_by,
    startedAt: row.started_at,
    endedAt: row.ended_at ?? undefined,
    read: row.read,
    products: row.products,
    items: row.items,
    issues: issuesOf(row.issues),
    coverage: row.coverage,
    reason: row.reason ?? undefined,
  };
}

/** Those of older versions tell no values. */
function issuesOf(text: string): IndexIssue[] {
  return (JSON.parse(text) as IndexIssue[]).map((issue) => ({
    ...issue,
    values: issue.values ?? issue.products.map(() => ''),
  }));
}

function workOf(row: RunRow, tenantId: string, connectionId: string): IndexWork {
  return {
    ...runOf(row, tenantId, connectionId),
    step: row.step,
    settingsDigest: row.settings_digest,
    cursor: row.cursor ?? undefined,
    since: row.since ?? undefined,
    place: row.place_key === null ? undefined : { sku: row.place_sku ?? '', productKey: row.place_key },
    currency: row.currency,
    language: row.language,
  };
}
