import { Command } from 'commander';
import { type Feed, type ImportIssue, type ImportReport, issueText } from '../domain/orders/feed.js';
import type { Outcome } from '../domain/error-codes.js';
import { nearestName } from '../domain/nearest-name.js';
import type { HookState } from '../ports/orders/connect-shops.js';
import { type DeliveryManagement, deliveryManagement } from '../usecases/manage/deliveries.js';
import { assertTenant, valueOf } from './at-once.js';
import { BY } from './connection-access-commands.js';
import type { CommandContext, Directory } from './open-directory.js';
import { JSON_OPTION, minuteText, printList } from './print-list.js';
import { idOf } from './shops-command.js';

/** CSV feeds (Shopware Connect): progress of an import, reports, and an immediate fetch. */
export function feedsCommand({ directory, print }: CommandContext): Command {
  const command = new Command('feeds').description('CSV feeds of suppliers: show progress and reports, fetch one now');
  command
    .command('show <tenant> <shop>')
    .description('show the state and the reports of a feed')
    .option(...JSON_OPTION)
    .action(async (tenantId: string, shop: string, { json }: { json?: boolean }) => {
      const { feed, reports } = await directory(async ({ feeds }) => ({
        feed: found(await feeds.find(tenantId, idOf(shop))),
        reports: await feeds.reports(tenantId, idOf(shop)),
      }));
      if (json === true) {
        print(JSON.stringify({ feed, reports }, null, 2));
        return;
      }
      print(feedLine(feed));
      for (const report of reports) print(reportLine(report));
      if (reports.length === 0) print('It has no report yet.');
    });
  command
    .command('report <tenant> <shop> <report>')
    .description('show one import with its issues: which lines, which value')
    .option(...JSON_OPTION)
    .action(async (tenantId: string, shop: string, number: string, { json }: { json?: boolean }) => {
      const reportId = /^[1-9]\d{0,8}$/.test(number) ? Number(number) : 0;
      const { report, issues } = await directory(async ({ feeds }) => {
        found(await feeds.find(tenantId, idOf(shop)));
        const kept = await feeds.report(tenantId, idOf(shop), reportId);
        if (kept === undefined) throw new Error(`There is no report ${number}; \`punchout feeds show\` shows all.`);
        return kept;
      });
      if (json === true) print(JSON.stringify({ report, issues }, null, 2));
      else for (const line of [reportLine(report), ...issues.map(issueLine)]) print(line);
    });
  command
    .command('fetch <tenant> <shop>')
    .description('have the worker fetch the feed now; an unchanged file is skipped')
    .action(async (tenantId: string, shop: string) => {
      const feed = await directory(async ({ feeds }) => {
        const { url, progress } = found(await feeds.find(tenantId, idOf(shop)));
        if (progress !== undefined) throw new Error('It is being imported; `punchout feeds show` shows the progress.');
        return feeds.save(tenantId, idOf(shop), url);
      });
      print(feedLine(feed));
    });
  return command;
}

function found(feed: Feed | undefined): Feed {
  if (feed === undefined) throw new Error('The shop has no feed; it registers one with POST /sdk/provider/import-url.');
  return feed;
}

function feedLine({ url, progress, failingSince, lastError, dueAt }: Feed): string {
  if (progress !== undefined) return `importing  ${progress.lines} lines, ${progress.products} products so far  ${url}`;
  const next = `next at ${dueAt.toISOString().slice(0, 16)}Z  ${url}`;
  return failingSince === undefined ? `waiting    ${next}` : `failing    ${next}\n           ${lastError}`;
}

function reportLine({ reportId, importedAt, lines, products, errors, warnings }: ImportReport): string {
  return (
    `report ${reportId}  ${importedAt.toISOString().slice(0, 16)}Z  ${lines} lines, ${products} ` +
    `products, ${errors} errors, ${warnings} warnings`
  );
}

const SHOWN_LINES = 20;

function issueLine(issue: ImportIssue): string {
  const { severity, lines, value } = issue;
  const more = lines.length > SHOWN_LINES ? `, … (${lines.length})` : '';
  const places = `lines ${lines.slice(0, SHOWN_LINES).join(', ')}${more}`;
  return `    ${severity}  ${issueText(issue)}  ${places}${value === undefined ? '' : `  ${JSON.stringify(value)}`}`;
}

/** Hooks of order events: the progress of each subscriber, and commands for one that is stuck. */
export function hooksCommand({ directory, print }: CommandContext): Command {
  const command = new Command('hooks').description('subscribers of order events: show progress, pause, resume, replay');
  command
    .command('list <tenant>')
    .description('list the hooks of a tenant')
    .option(...JSON_OPTION)
    .action(async (tenantId: string, { json }: { json?: boolean }) => {
      const rows = await directory(async (opened) => {
        await assertTenant(opened, tenantId);
        return opened.hooks.list(tenantId);
      });
      printList(print, {
        rows,
        json,
        none: `${tenantId} has no hook yet. A shop registers one with POST /sdk/hooks.`,
        columns: [
          ['SHOP', ({ shopId }) => String(shopId)],
          ['STATE', stateOf],
          ['DELIVERED', ({ ackedRevision, lastRevision }) => `${ackedRevision} of ${lastRevision}`],
          ['URL', ({ url }) => url],
          ['EVENTS', ({ events }) => events.join(',')],
          ['LAST ERROR', ({ lastError }) => lastError ?? '-'],
        ],
      });
    });
  const change = async (
    named: NamedHook,
    act: (deliveries: DeliveryManagement, hookId: string) => Promise<Outcome<HookState>>,
  ): Promise<void> => {
    const changed = await directory(async (opened) => act(deliveryManagement(opened), await hookIdOf(opened, named)));
    print(lineOf(valueOf(changed)));
  };
  command
    .command('pause <tenant> <shop> <url>')
    .description('deliver nothing to a hook until it is resumed or replayed; its events wait')
    .action((tenantId: string, shop: string, url: string) =>
      change({ tenantId, shopId: idOf(shop), url }, ({ pause }, hookId) => pause({ tenantId, by: BY }, hookId)),
    );
  command
    .command('resume <tenant> <shop> <url>')
    .description('deliver to a paused or failing hook at once')
    .option(
      '--accept',
      "accept the subscriber's revision although less was sent to this address (it moved, with its data)",
    )
    .action((tenantId: string, shop: string, url: string, { accept: acceptRevision = false }: { accept?: boolean }) =>
      change({ tenantId, shopId: idOf(shop), url }, ({ resume }, hookId) =>
        resume({ tenantId, by: BY }, hookId, { acceptRevision }),
      ),
    );
  command
    .command('replay <tenant> <shop> <url> <revision>')
    .description('send all events from a revision on again')
    .action((tenantId: string, shop: string, url: string, revision: string) => {
      if (!/^[1-9]\d{0,17}$/.test(revision)) throw new Error(`"${revision}" is no revision`);
      return change({ tenantId, shopId: idOf(shop), url }, ({ replay }, hookId) =>
        replay({ tenantId, by: BY }, hookId, revision),
      );
    });
  return command;
}

type NamedHook = Pick<HookState, 'tenantId' | 'shopId' | 'url'>;

/** Throws if the shop has no such hook, and names the address that was most likely meant. */
async function hookIdOf(
  opened: Pick<Directory, 'hooks' | 'tenants'>,
  { tenantId, shopId, url }: NamedHook,
): Promise<string> {
  const ofShop = await opened.hooks.list(tenantId, shopId);
  const hook = ofShop.find((candidate) => candidate.url === url);
  if (hook !== undefined) return hook.hookId;
  await assertTenant(opened, tenantId);
  const meant = nearestName(
    url,
    ofShop.map((candidate) => candidate.url),
  );
  throw new Error(
    meant === undefined
      ? `Shop ${shopId} has no hook ${url}; \`punchout hooks list ${tenantId}\` shows all.`
      : `Shop ${shopId} has no hook ${url}; did you mean ${meant}?`,
  );
}

function stateOf({ pausedAt, failingSince }: HookState): string {
  if (pausedAt !== undefined) return 'PAUSED';
  return failingSince === undefined ? 'active' : 'failing';
}

function lineOf(hook: HookState): string {
  const { shopId, url, events, ackedRevision, lastRevision, lastError } = hook;
  return (
    `shop ${shopId}  ${stateOf(hook).padEnd(8)} ${ackedRevision} ` +
    `of ${lastRevision}  ${url}  ${events.join(',')}${lastError === undefined ? '' : `\n         ${lastError}`}`
  );
}

/** Shown at once; the rest by `/v1/admin/jobs`. */
const MOST_JOBS = 1_000;

/** Work that follows a commit: what is not done, and what waits for a person. */
export function jobsCommand({ directory, print }: CommandContext): Command {
  const command = new Command('jobs').description('jobs that are not done: list them, try one again');
  command
    .command('list <tenant>')
    .description('list the jobs that are not done, oldest first')
    .option(...JSON_OPTION)
    .action(async (tenantId: string, { json }: { json?: boolean }) => {
      const rows = await directory(async (opened) => {
        await assertTenant(opened, tenantId);
        return opened.jobs.waiting(tenantId, { limit: MOST_JOBS });
      });
      printList(print, {
        rows,
        json,
        none: 'Every job is done.',
        columns: [
          ['JOB', ({ jobId }) => jobId],
          ['KIND', ({ kind }) => kind],
          ['ATTEMPTS', ({ attempts }) => String(attempts)],
          [
            'NEXT ATTEMPT',
            ({ running, dueAt }) => (running ? 'running' : dueAt === undefined ? 'given up' : minuteText(dueAt)),
          ],
          ['LAST FAULT', ({ lastError }) => lastError ?? '-'],
        ],
      });
    });
  command
    .command('retry <tenant> <job>')
    .description('try a job at once, also one that was given up')
    .action(async (tenantId: string, jobId: string) => {
      const isDue = await directory((opened) => deliveryManagement(opened).retryJob({ tenantId, by: BY }, jobId));
      if (!isDue) throw new Error(`No waiting job has the id ${jobId}; \`punchout jobs list ${tenantId}\` shows all.`);
      print(`The job ${jobId} is tried again now.`);
    });
  return command;
}
