import { Command, InvalidArgumentError, Option } from 'commander';
import { PROTOCOLS } from '../domain/transmission/protocol.js';
import { sessionStatusOf } from '../domain/transmission/transmission.js';
import { messageReads } from '../usecases/history/read-messages.js';
import { sessionReads } from '../usecases/history/read-sessions.js';
import { type SearchWish, type SessionSearches, sessionSearches } from '../usecases/history/search-sessions.js';
import { assertTenant, valueOf } from './at-once.js';
import type { CommandContext, Directory } from './open-directory.js';
import { JSON_OPTION, minuteText, printList } from './print-list.js';

interface ListOptions extends Pick<SearchWish, 'status' | 'protocol'> {
  connection?: string;
  limit: number;
  json?: boolean;
}

/** Punchouts: what the support desk asks for. */
export function sessionsCommand({ directory, print }: CommandContext): Command {
  const command = new Command('sessions').description('punchouts: search, list, show');
  command
    .command('list <tenant> [text]')
    .description('search by e-mail, BuyerCookie, payloadID, order number or session id; without one list the newest')
    .option('--connection <connection>', 'only sessions of this connection')
    .addOption(
      new Option('--status <status>', 'only sessions with this status').choices([
        'active',
        'completed',
        'cancelled',
        'expired',
      ]),
    )
    .addOption(new Option('--protocol <protocol>', 'only sessions of this protocol').choices(PROTOCOLS))
    .option('--limit <count>', 'how many', countOf, 50)
    .option(...JSON_OPTION)
    .action(async (tenantId: string, text: string | undefined, options: ListOptions) => {
      const { connection: connectionId, status, protocol, limit, json } = options;
      const { sessions } = await directory(async (opened) => {
        await assertTenant(opened, tenantId);
        const wish: SearchWish = { text, connectionId };
        if (status !== undefined) wish.status = status;
        if (protocol !== undefined) wish.protocol = protocol;
        return searchesOf(opened).find(tenantId, wish, { limit });
      });
      printList(print, {
        rows: sessions,
        json,
        none: text === undefined ? `${tenantId} has no such session yet.` : 'No session has this name.',
        columns: [
          ['SESSION', ({ transmissionId }) => transmissionId],
          ['CALLED UP', ({ createdAt }) => minuteText(createdAt)],
          ['STATUS', ({ status: now }) => sessionStatusOf(now)],
          ['CONNECTION', ({ connectionId: of }) => of],
          ['CART', ({ summary }) => `${summary.totalAmount} ${summary.currency}`],
          ['BUYER', ({ buyer }) => buyer.email ?? '-'],
        ],
      });
    });
  command
    .command('show <tenant> <session>')
    .description('print the steps and documents of a session, without secrets')
    .option(...JSON_OPTION)
    .action(async (tenantId: string, sessionId: string, { json }: { json?: boolean }) => {
      const timeline = await directory(async (opened) => {
        await assertTenant(opened, tenantId);
        return valueOf(await searchesOf(opened).timeline(tenantId, sessionId));
      });
      if (json === true) {
        print(JSON.stringify(timeline, null, 2));
        return;
      }
      const { session, events, messages } = timeline;
      print(`${session.transmissionId}  ${sessionStatusOf(session.status)}  ${session.connectionId}`);
      for (const { at, event, actor, details } of events)
        print(`${at.toISOString()}  ${event}  ${actor}  ${JSON.stringify(details)}`);
      for (const { at, direction, kind, code, reason, content } of messages) {
        print('');
        print(`${at.toISOString()}  ${direction}  ${kind}${code === undefined ? '' : `  ${code}: ${reason ?? ''}`}`);
        print(content);
      }
    });
  return command;
}

/** No shop is asked for live carts: their last known state is shown. */
function searchesOf(opened: Directory): SessionSearches {
  const messages = messageReads({ messages: opened.storedMessages, transmissions: opened.transmissions });
  const store = { readCart: () => Promise.reject(new Error('the command line reads no live carts')) };
  return sessionSearches({ ...opened, messages, reads: sessionReads({ ...opened, store }) });
}

function countOf(text: string): number {
  const count = Number(text);
  if (!Number.isSafeInteger(count) || count < 1 || count > 1000)
    throw new InvalidArgumentError('a number from 1 to 1000');
  return count;
}
