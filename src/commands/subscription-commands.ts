import { Command } from 'commander';
import type { Feed, ImportReport } from '../domain/orders/feed.js';
import { assertTenant } from './at-once.js';
import type { CommandContext } from './open-directory.js';
import { JSON_OPTION, printList } from './print-list.js';
import { idOf } from './shops-command.js';
import type { HookState } from '../ports/orders/connect-shops.js';

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

/** Hooks of order events: the progress of each subscriber, and commands for one that is stuck. */
export function hooksCommand({ directory, print }: CommandContext): Command {
  const command = new Command('hooks').description('subscribers of order events: show progress, resume, replay');
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
  command
    .command('resume <tenant> <shop> <url>')
    .description('deliver to a paused or failing hook at once')
    .option(
      '--accept',
      "accept the subscriber's revision although less was sent to this address (it moved, with its data)",
    )
    .action(async (tenantId: string, shop: string, url: string, { accept }: { accept?: boolean }) => {
      print(
        lineOf(foundHook(await directory(({ hooks }) => hooks.resume(tenantId, idOf(shop), url, accept ?? false)))),
      );
    });
  command
    .command('replay <tenant> <shop> <url> <revision>')
    .description('send all events from a revision on again')
    .action(async (tenantId: string, shop: string, url: string, revision: string) => {
      if (!/^[1-9]\d{0,17}$/.test(revision)) throw new Error(`"${revision}" is no revision`);
      print(lineOf(foundHook(await directory(({ hooks }) => hooks.replay(tenantId, idOf(shop), url, revision)))));
    });
  return command;
}

function foundHook(hook: HookState | undefined): HookState {
  if (hook === undefined) throw new Error('There is no such hook; `punchout hooks list` shows all.');
  return hook;
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
