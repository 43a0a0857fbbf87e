import {
  BUYER_LISTS,
  coveredPercent,
  INDEX_FAULTS,
  INDEX_FORMATS,
  type IndexFormat,
  type IndexRun,
  indexFileName,
} from '../../../../domain/catalogue/catalogue-index.js';
import { accept, refuse } from '../../../../domain/error-codes.js';
import type { IndexRunKey } from '../../../../ports/index-runs.js';
import type { IndexReads } from '../../../../usecases/catalogue/index-runs.js';
import type { AdminCall, AdminRequest } from '../admin-route.js';

interface Deps {
  indexes: IndexReads;
  /** Of a file. */
  kindOf: (format: IndexFormat) => { contentType: string; extension: string };
}

export function catalogueCalls({ indexes, kindOf }: Deps): Record<string, AdminCall> {
  return {
    async adminListIndexRuns({ tenantId, params, query }: AdminRequest<unknown, { address_id?: string }>) {
      const found = await indexes.list(tenantId, params['connection'] ?? '', query.address_id);
      return found.ok ? accept({ data: { runs: found.value.map(runView) } }) : found;
    },
    async adminBeginIndexRun(request: AdminRequest<{ formats?: IndexFormat[]; full?: boolean; address_id?: string }>) {
      const { address_id: addressId, ...wish } = request.body;
      const begun = await indexes.begin(request, request.params['connection'] ?? '', { ...wish, addressId });
      return begun.ok ? accept({ data: runView(begun.value) }) : begun;
    },
    async adminGetIndexRun(request: AdminRequest) {
      const found = await indexes.find(keyOf(request));
      return found.ok ? accept({ data: reportView(found.value) }) : found;
    },
    async adminGetIndexFile(request: AdminRequest<unknown, { after?: number }>) {
      const { params, query, req } = request;
      const format = INDEX_FORMATS.find((each) => each === params['format']);
      if (format === undefined) return refuse('RESOURCE_NOT_FOUND', `Formats are ${INDEX_FORMATS.join(', ')}.`);
      const key = keyOf(request);
      const first = await indexes.piece(key, format, query.after);
      if (!first.ok) return first;
      const { content, next = null } = first.value;
      if (req.accepts(['application/octet-stream', 'application/json']) === 'application/json')
        return accept({ data: { content, next } });
      const run = await indexes.find(key);
      if (!run.ok) return run;
      const { contentType, extension } = kindOf(format);
      const fileName = indexFileName(run.value, extension);
      return accept({ data: {}, file: { contentType, fileName, pieces: indexes.pieces(key, format, -1) } });
    },
  };
}

/** 0 for anything but a number: there is no such run. */
function keyOf({ tenantId, params }: Pick<AdminRequest, 'tenantId' | 'params'>): IndexRunKey {
  const run = params['run'] ?? '';
  return {
    tenantId,
    connectionId: params['connection'] ?? '',
    runId: /^[1-9]\d{0,8}$/.test(run) ? Number(run) : 0,
  };
}

function runView(run: IndexRun): object {
  return {
    run_id: run.runId,
    address_id: run.addressId ?? null,
    customer: run.customer ?? null,
    state: run.state,
    formats: run.formats,
    incremental: run.incremental,
    started_by: run.startedBy,
    started_at: run.startedAt.toISOString(),
    ended_at: run.endedAt?.toISOString() ?? null,
    products_read: run.read,
    products: run.products,
    files: run.formats.map((format) => ({ format, products: run.items[format] ?? 0 })),
    reason: run.reason ?? null,
  };
}

function reportView(run: IndexRun): object {
  return { ...runView(run), issues: issuesView(run), coverage: coverageView(run) };
}

function coverageView({ coverage }: IndexRun): object {
  return Object.fromEntries(
    BUYER_LISTS.map((list) => {
      const covered = coverage[list];
      return [list, covered === undefined ? null : { ...covered, percent: coveredPercent(covered) }];
    }),
  );
}

function issuesView({ issues }: IndexRun): object[] {
  return issues.map(({ kind, field, format = null, count, products, values }) => ({
    kind,
    ...INDEX_FAULTS[kind],
    field,
    format,
    count,
    products,
    values,
  }));
}
