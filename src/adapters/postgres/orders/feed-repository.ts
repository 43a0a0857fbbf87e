import { randomUUID } from 'node:crypto';
import type { Feed, FeedEncoding, ImportIssue, ImportReport } from '../../../domain/orders/feed.js';
import type { FeedRepository, LeasedFeed } from '../../../ports/orders/connect-shops.js';
import type { Database } from '../database/database.js';
import { placesOf, sharesValues } from '../job-queue.js';

const REPORTS_KEPT = 200;

const SAVE = {
  name: 'connect-feed-save',
  text: `
    insert into connect_feed (tenant_id, shop_id, url) values ($1, $2, $3)
    on conflict (tenant_id, shop_id) do update set url = excluded.url, due_at = now(), lease = null, attempts = 0,
      failing_since = null, last_error = null, progress_lines = null, progress_products = null,
      md5 = case when connect_feed.url = excluded.url then connect_feed.md5 end
    returning *`,
};
const FIND = { name: 'connect-feed-find', text: 'select * from connect_feed where tenant_id = $1 and shop_id = $2' };
const REPORT_FACTS =
  'report_id, imported_at, modified_at, md5, size, encoding, lines, warnings, errors, issue_lines, products';
const REPORTS = {
  name: 'connect-feed-reports',
  text: `
    select ${REPORT_FACTS} from connect_import_report
    where tenant_id = $1 and shop_id = $2 order by report_id desc limit ${REPORTS_KEPT}`,
};
const REPORT = {
  name: 'connect-feed-report',
  text: `
    select ${REPORT_FACTS}, issues from connect_import_report where tenant_id = $1 and shop_id = $2 and report_id = $3`,
};
const TAKE = {
  name: 'connect-feed-take',
  text: `
    with placed as (
      select tenant_id, shop_id, due_at,
        ${placesOf('tenant_id', '$3')} +
          row_number() over (partition by tenant_id order by attempts > 0, due_at) as place
      from connect_feed where due_at <= now()
    ), due as (
      select f.tenant_id, f.shop_id from connect_feed f
        join placed p on p.tenant_id = f.tenant_id and p.shop_id = f.shop_id
      where f.due_at <= now() and p.place <= $4::int order by p.place, p.due_at limit 1 for update of f skip locked
    )
    update connect_feed f set due_at = now() + make_interval(secs => $1), lease = $2, attempts = f.attempts + 1,
      progress_lines = 0, progress_products = 0
    from due where f.tenant_id = due.tenant_id and f.shop_id = due.shop_id returning f.*`,
};
const LEASED = 'f.tenant_id = $1 and f.shop_id = $2 and f.lease = $3';
const PROGRESS = {
  name: 'connect-feed-progress',
  text: `
    update connect_feed f set progress_lines = $4, progress_products = $5, due_at = now() + make_interval(secs => $6)
      where ${LEASED} returning 1 as kept`,
};
/** Report and state in one statement: a file is reported once, even if workers die (P7). */
const SETTLE = {
  name: 'connect-feed-settle',
  text: `
    with settled as (
      update connect_feed f set lease = null, progress_lines = null, progress_products = null,
        due_at = now() + make_interval(secs => $4),
        md5 = coalesce($5, f.md5), last_report = f.last_report + case when $5::text is null then 0 else 1 end,
        last_error = $6, attempts = case when $6::text is null then 0 else f.attempts end,
        failing_since = case when $6::text is null then null else coalesce(f.failing_since, now()) end
      where ${LEASED} returning f.last_report
    ), gone as (
      delete from connect_import_report r using settled s where r.tenant_id = $1 and r.shop_id = $2
        and r.report_id <= s.last_report - ${REPORTS_KEPT}
    )
    insert into connect_import_report (tenant_id, shop_id, report_id, imported_at, modified_at, md5, size, encoding,
      lines, warnings, errors, issue_lines, products, issues)
    select $1, $2, s.last_report, $7::timestamptz, $8::timestamptz, $5, $9::bigint, $10, $11::int, $12::int, $13::int,
      $14::int, $15::int, $16::jsonb from settled s where $5::text is not null`,
};

interface FeedRow {
  tenant_id: string;
  shop_id: number;
  url: string;
  md5: string | null;
  due_at: Date;
  lease: string | null;
  attempts: number;
  progress_lines: number | null;
  progress_products: number | null;
  failing_since: Date | null;
  last_error: string | null;
}

interface ReportRow {
  report_id: number;
  imported_at: Date;
  modified_at: Date;
  md5: string;
  size: string;
  encoding: FeedEncoding;
  lines: number;
  warnings: number;
  errors: number;
  issue_lines: number;
  products: number;
}

export function feedRepository({ query, asTenant }: Database): FeedRepository {
  return {
    async save(tenantId, shopId, url) {
      const [row] = await query<FeedRow>(SAVE, [tenantId, shopId, url]);
      if (row === undefined) throw new Error('the feed was not saved');
      return feedOf(row);
    },
    async find(tenantId, shopId) {
      const [row] = await query<FeedRow>(FIND, [tenantId, shopId]);
      return row === undefined ? undefined : feedOf(row);
    },
    async reports(tenantId, shopId) {
      return (await asTenant(tenantId, (read) => read<ReportRow>(REPORTS, [tenantId, shopId]))).map(reportOf);
    },
    async report(tenantId, shopId, reportId) {
      const [row] = await query<ReportRow & { issues: ImportIssue[] }>(REPORT, [tenantId, shopId, reportId]);
      return row === undefined ? undefined : { report: reportOf(row), issues: row.issues };
    },
    async take(leaseSeconds, shares) {
      const [row] = await query<FeedRow>(TAKE, [leaseSeconds, randomUUID(), ...sharesValues(shares)]);
      return row === undefined ? undefined : leasedOf(row);
    },
    async progress({ tenantId, shopId, lease }, { lines, products }, leaseSeconds) {
      return (await query(PROGRESS, [tenantId, shopId, lease, lines, products, leaseSeconds])).length > 0;
    },
    async settle({ tenantId, shopId, lease }, { delaySeconds, report, issues = [], error }) {
      const facts =
        report === undefined
          ? Array.from({ length: 9 }, () => null)
          : [
              report.importedAt,
              report.modifiedAt,
              report.size,
              report.encoding,
              report.lines,
              report.warnings,
              report.errors,
              report.issueLines,
              report.products,
            ];
      // PostgreSQL cannot store U+0000.
      const kept = JSON.stringify(issues).replaceAll('\\u0000', '\\ufffd');
      await query(SETTLE, [
        tenantId,
        shopId,
        lease,
        delaySeconds,
        report?.md5 ?? null,
        error?.replaceAll('\0', '').slice(0, 500) ?? null,
        ...facts,
        kept,
      ]);
    },
  };
}

function feedOf(row: FeedRow): Feed {
  return {
    tenantId: row.tenant_id,
    shopId: row.shop_id,
    url: row.url,
    dueAt: row.due_at,
    md5: row.md5 ?? undefined,
    progress: row.lease === null ? undefined : { lines: row.progress_lines ?? 0, products: row.progress_products ?? 0 },
    failingSince: row.failing_since ?? undefined,
    lastError: row.last_error ?? undefined,
  };
}

function leasedOf(row: FeedRow): LeasedFeed {
  return {
    tenantId: row.tenant_id,
    shopId: row.shop_id,
    url: row.url,
    attempts: row.attempts,
    lease: row.lease ?? '',
    md5: row.md5 ?? undefined,
  };
}

function reportOf(row: ReportRow): ImportReport {
  return {
    reportId: row.report_id,
    importedAt: row.imported_at,
    modifiedAt: row.modified_at,
    md5: row.md5,
    size: Number(row.size),
    encoding: row.encoding,
    lines: row.lines,
    warnings: row.warnings,
    errors: row.errors,
    issueLines: row.issue_lines,
    products: row.products,
  };
}
