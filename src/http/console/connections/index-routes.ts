import type { RequestHandler } from 'express';
import { indexesPage } from '../../../console/pages/indexes/indexes-page.js';
import { type IndexesView, indexesAddress, type PushLine } from '../../../console/pages/indexes/indexes-view.js';
import { runPage } from '../../../console/pages/indexes/run-page.js';
import { roleMay } from '../../../domain/access/operator-roles.js';
import { INDEX_FORMATS, type IndexFormat, indexFileName } from '../../../domain/catalogue/catalogue-index.js';
import { type Outcome, refuse } from '../../../domain/error-codes.js';
import { type IndexOverview, type IndexOverviews, MOST_CHOICES } from '../../../usecases/catalogue/index-overview.js';
import type { IndexReads } from '../../../usecases/catalogue/index-runs.js';
import { sendFile } from '../../answers/send-file.js';
import type { ConsolePages } from '../console-pages.js';
import { type Guard, sendUnknown, type Visit } from '../guard.js';

export interface IndexDeps {
  pages: ConsolePages;
  indexOverviews: IndexOverviews;
  indexes: Pick<IndexReads, 'begin' | 'find' | 'pieces'>;
  /** Of a file. */
  indexKindOf: (format: IndexFormat) => { contentType: string; extension: string };
  publicUrl: string;
}

/** The indexes of a connection: reports, files, and a run on demand. */
export function indexRoutes(
  { pages, indexOverviews, indexes, indexKindOf, publicUrl }: IndexDeps,
  guard: Guard,
): Record<'show' | 'make' | 'report' | 'file', RequestHandler> {
  async function show(visit: Visit, more: Pick<IndexesView, 'outcome' | 'entered'> = {}, status = 200): Promise<void> {
    const { req, res, frame, used } = visit;
    const { tenantId, role } = used.operator;
    const found = await indexOverviews.read(tenantId, connectionOf(visit));
    if (!found.ok) return sendUnknown(pages, visit);
    const view: IndexesView = {
      ...viewOf(found.value, publicUrl),
      mayMake: roleMay(role, 'make_indexes'),
      mayMakeKeys: roleMay(role, 'change_keys'),
      ...(req.query['done'] === '1' ? { outcome: { kind: 'done' } } : {}),
      ...more,
    };
    pages.send(res, frame, indexesPage(frame, view), status);
  }

  async function begun({ used, form }: Visit, connectionId: string): Promise<Outcome<unknown>> {
    const wanted = form.getAll('formats');
    const formats = INDEX_FORMATS.filter((format) => wanted.includes(format));
    if (formats.length === 0) return refuse('INVALID_REQUEST', 'Choose at least one format.');
    const { tenantId, email } = used.operator;
    const full = form.get('read') === 'full';
    const addressId = addressOf(form) || undefined;
    return indexes.begin({ tenantId, by: `operator:${email}` }, connectionId, { formats, full, addressId });
  }

  return {
    show: guard('read_connections', (visit) => show(visit)),
    make: guard('make_indexes', async (visit) => {
      const { res, form } = visit;
      const connectionId = connectionOf(visit);
      const outcome = await begun(visit, connectionId);
      if (outcome.ok) {
        res.redirect(303, `${indexesAddress(pages.base, connectionId)}?done=1`);
        return;
      }
      const { code, reason = code } = outcome.refusal;
      const entered = {
        formats: form.getAll('formats'),
        full: form.get('read') === 'full',
        addressId: addressOf(form),
      };
      await show(visit, { entered, outcome: { kind: 'refused', reason } }, code === 'RESOURCE_CONFLICT' ? 409 : 400);
    }),
    report: guard('read_connections', async (visit) => {
      const { req, res, frame, used } = visit;
      const connectionId = connectionOf(visit);
      const { tenantId } = used.operator;
      const text = String(req.params['runId'] ?? '');
      const runId = /^[1-9]\d{0,8}$/.test(text) ? Number(text) : 0;
      const [overview, run] = [
        await indexOverviews.read(tenantId, connectionId),
        await indexes.find({ tenantId, connectionId, runId }),
      ];
      if (!overview.ok || !run.ok) return sendUnknown(pages, visit);
      const { name } = overview.value.connection;
      pages.send(res, frame, runPage(frame, { connectionId, name, run: run.value }));
    }),
    file: guard('read_connections', async (visit) => {
      const { req, res, used } = visit;
      const { tenantId } = used.operator;
      const connectionId = connectionOf(visit);
      const format = INDEX_FORMATS.find((each) => each === req.params['format']);
      const { address } = req.query;
      const addressId = typeof address === 'string' && address !== '' ? address : undefined;
      const owner = { tenantId, connectionId, addressId };
      const found = format === undefined ? undefined : await indexOverviews.file(owner, format);
      if (format === undefined || found?.ok !== true) return sendUnknown(pages, visit);
      const { runId } = found.value;
      const { contentType, extension } = indexKindOf(format);
      await sendFile(req, res, {
        contentType,
        fileName: indexFileName({ connectionId, addressId, runId }, extension),
        pieces: indexes.pieces({ tenantId, connectionId, runId }, format, -1),
      });
    }),
  };
}

function connectionOf({ req }: Visit): string {
  return String(req.params['connectionId'] ?? '');
}

function addressOf(form: URLSearchParams): string {
  return (form.get('address') ?? '').trim();
}

function viewOf(
  { connection, usualFormat, runs, files, addresses, pushes, lists }: IndexOverview,
  publicUrl: string,
): Omit<IndexesView, 'mayMake' | 'mayMakeKeys'> {
  const { connectionId, name, settings } = connection;
  return {
    connectionId,
    name,
    usualFormat,
    runs,
    files,
    schedule: settings.index,
    lists,
    openBuyUrl: `${publicUrl}/open-buy`,
    fetchUrl: `${publicUrl}/v1/punchout/indexes/${encodeURIComponent(connectionId)}`,
    pushes: pushes.map(pushLine),
    ...(addresses.length === 0
      ? {}
      : {
          addresses: {
            ids: addresses.slice(0, MOST_CHOICES).map(({ addressId }) => addressId),
            areMore: addresses.length > MOST_CHOICES,
          },
        }),
  };
}

function pushLine({ job, ...push }: IndexOverview['pushes'][number]): PushLine {
  const { addressId, url, format, hasAuthorization, pushedRun, pushedAt, failedAt, lastError } = push;
  const { origin, pathname, search } = new URL(url);
  const line: PushLine = { address: `${origin}${pathname}${search === '' ? '' : '?…'}`, format, hasAuthorization };
  if (addressId !== undefined) line.addressId = addressId;
  if (pushedRun !== undefined && pushedAt !== undefined) line.sent = { runId: pushedRun, at: pushedAt };
  if (failedAt !== undefined) line.failed = { at: failedAt, reason: lastError ?? '' };
  if (job?.running === true) line.next = { kind: 'running' };
  else if (job?.givenUpAt !== undefined) line.next = { kind: 'given_up' };
  else if (job?.dueAt !== undefined) line.next = { kind: 'due', at: job.dueAt };
  return line;
}
