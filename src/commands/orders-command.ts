import { Command, InvalidArgumentError } from 'commander';
import { mismatchText, type KeptOrder } from '../domain/orders/purchase-order.js';
import type { NoticeState } from '../domain/orders/order-notice.js';
import { assertTenant } from './at-once.js';
import type { CommandContext } from './open-directory.js';
import { JSON_OPTION, minuteText, printList } from './print-list.js';

/** Received purchase orders, their differences from the sent carts, and the notices for their buyers. */
export function ordersCommand({ directory, print }: CommandContext): Command {
  const command = new Command('orders').description(
    'purchase orders: list, show with what differs from the cart, resend notices',
  );
  command
    .command('list <tenant>')
    .description('list the newest documents')
    .option('--limit <count>', 'how many', countOf, 50)
    .option(...JSON_OPTION)
    .action(async (tenantId: string, { limit, json }: { limit: number; json?: boolean }) => {
      const rows = await directory(async (opened) => {
        await assertTenant(opened, tenantId);
        return (await opened.purchaseOrders.list(tenantId, { limit })).orders;
      });
      printList(print, {
        rows,
        json,
        none: `${tenantId} has received no purchase order yet.`,
        columns: [
          ['RECEIVED', ({ receivedAt }) => minuteText(receivedAt)],
          ['CONNECTION', ({ connectionId }) => connectionId],
          ['ORDER', ({ order }) => order.orderId],
          ['KIND', ({ order, version }) => `${order.kind} (${version})`],
          ['VERDICT', ({ verdict }) => verdict],
        ],
      });
    });
  command
    .command('show <tenant> <connection> <order>')
    .description('all documents of an order, what differs from the cart that was sent, and the notices for the buyer')
    .option(...JSON_OPTION)
    .action(async (tenantId: string, connectionId: string, orderId: string, { json }: { json?: boolean }) => {
      const { documents, notices } = await directory(async ({ purchaseOrders, orderNotices }) => ({
        documents: await purchaseOrders.find(tenantId, connectionId, orderId),
        notices: await orderNotices.ofOrder(tenantId, connectionId, orderId),
      }));
      if (documents.length === 0) throw new Error('There is no such order; `punchout orders list` shows all.');
      if (json === true) {
        print(JSON.stringify({ documents, notices }, null, 2));
        return;
      }
      for (const document of documents) for (const line of [lineOf(document), ...detailsOf(document)]) print(line);
      for (const notice of notices) print(noticeLine(notice));
    });
  command
    .command('resend <tenant> <connection> <order>')
    .description('send failed notices again')
    .action(async (tenantId: string, connectionId: string, orderId: string) => {
      const count = await directory(({ orderNotices }) => orderNotices.resend(tenantId, connectionId, orderId));
      if (count === 0) throw new Error('This order has no failed notice.');
      print(`${count} queued again`);
    });
  return command;
}

function countOf(text: string): number {
  const count = Number(text);
  if (!Number.isSafeInteger(count) || count < 1 || count > 10_000)
    throw new InvalidArgumentError('a number from 1 to 10000');
  return count;
}

function lineOf({ receivedAt, connectionId, order: { orderId, kind }, version, verdict }: KeptOrder): string {
  return `${receivedAt.toISOString().slice(0, 16)}Z  ${connectionId}  ${orderId}  ${kind} (${version})  ${verdict}`;
}

function detailsOf({
  payloadId,
  transmissionId,
  mismatches,
  attachments,
  storeNumber,
  storeRefusal,
}: KeptOrder): string[] {
  const facts = [
    payloadId === '' ? 'no payloadID' : `payloadID ${payloadId}`,
    transmissionId === undefined ? 'from an unknown punchout' : `of ${transmissionId}`,
    ...mismatches.map(mismatchText),
    ...attachments.map(({ name, contentType, size }) => `attachment ${name}, ${contentType}, ${size} bytes`),
    ...(storeNumber === undefined ? [] : [`number ${storeNumber} in the shop`]),
    ...(storeRefusal === undefined ? [] : [`NOT PLACED in the shop: ${storeRefusal}`]),
  ];
  return facts.map((fact) => `    ${fact}`);
}

function noticeLine({ status, noticedAt, sentAt, givenUpAt, lastError }: NoticeState): string {
  const state =
    sentAt !== undefined
      ? `sent at ${sentAt.toISOString().slice(0, 16)}Z`
      : givenUpAt !== undefined
        ? 'GIVEN UP'
        : 'pending';
  return (
    `notice ${status}  ${noticedAt.toISOString().slice(0, 16)}Z  ${state}` +
    (lastError === undefined ? '' : `\n    ${lastError}`)
  );
}
