import { Command, InvalidArgumentError } from 'commander';
import { nearestName } from '../domain/nearest-name.js';
import { mismatchText, type KeptOrder } from '../domain/orders/purchase-order.js';
import type { NoticeState } from '../domain/orders/order-notice.js';
import { linesOfPayload } from '../protocols/cxml/lines-of-payload.js';
import { type OrderDesk, orderDesk } from '../usecases/manage/order-desk.js';
import { unknownConnection } from '../usecases/manage/read-connections.js';
import { assertTenant, valueOf } from './at-once.js';
import { BY } from './connection-access-commands.js';
import type { CommandContext, Directory } from './open-directory.js';
import { JSON_OPTION, minuteText, printList } from './print-list.js';

interface OrdersContext extends CommandContext {
  /** Whether the shop takes purchase orders from us. */
  storeTakesOrders: () => Promise<boolean>;
}

/** Received purchase orders, their differences from the sent carts, and the notices for their buyers. */
export function ordersCommand({ directory, print, storeTakesOrders }: OrdersContext): Command {
  const command = new Command('orders').description(
    'purchase orders: list, show with what differs from the cart, place in the shop, resend notices',
  );
  const change = async <T>(named: NamedOrder, act: (desk: OrderDesk) => Promise<T>): Promise<T> => {
    const takes = await storeTakesOrders();
    return directory(async (opened) => {
      await assertOrder(opened, named);
      return act(orderDesk({ ...opened, readSent: linesOfPayload, storeTakesOrders: takes }));
    });
  };
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
      const { documents, notices } = await directory(async (opened) => ({
        documents: await assertOrder(opened, { tenantId, connectionId, orderId }),
        notices: await opened.orderNotices.ofOrder(tenantId, connectionId, orderId),
      }));
      if (json === true) {
        print(JSON.stringify({ documents, notices }, null, 2));
        return;
      }
      for (const document of documents) for (const line of [lineOf(document), ...detailsOf(document)]) print(line);
      for (const notice of notices) print(noticeLine(notice));
    });
  command
    .command('place <tenant> <connection> <order>')
    .description('have the worker place an order in the shop: one that the shop refused, or that you have checked')
    .action(async (tenantId: string, connectionId: string, orderId: string) => {
      const named = { tenantId, connectionId, orderId };
      const { version } = valueOf(await change(named, (desk) => desk.placeAgain({ ...named, by: BY })));
      print(`Order ${orderId} (${version}) is queued; \`punchout orders show\` shows its number in the shop.`);
    });
  command
    .command('resend <tenant> <connection> <order>')
    .description('send failed notices again')
    .action(async (tenantId: string, connectionId: string, orderId: string) => {
      const named = { tenantId, connectionId, orderId };
      const count = valueOf(await change(named, (desk) => desk.resend({ ...named, by: BY })));
      if (count === 0) throw new Error('This order has no failed notice.');
      print(`${count} queued again`);
    });
  return command;
}

type NamedOrder = Pick<KeptOrder, 'tenantId' | 'connectionId'> & { orderId: string };

/** A mistyped number is looked for among so many of the newest documents. */
const NEWEST = 1000;

/** Its documents. Throws if there are none, and names the order that was most likely meant. */
async function assertOrder(
  opened: Pick<Directory, 'tenants' | 'connections' | 'purchaseOrders'>,
  { tenantId, connectionId, orderId }: NamedOrder,
): Promise<KeptOrder[]> {
  const documents = await opened.purchaseOrders.find(tenantId, connectionId, orderId);
  if (documents.length > 0) return documents;
  await assertTenant(opened, tenantId);
  if ((await opened.connections.find(tenantId, connectionId)) === undefined)
    valueOf(await unknownConnection(opened.connections, tenantId, connectionId));
  const { orders } = await opened.purchaseOrders.list(tenantId, { limit: NEWEST });
  const ofConnection = orders.filter((kept) => kept.connectionId === connectionId);
  const meant = nearestName(
    orderId,
    ofConnection.map(({ order }) => order.orderId),
  );
  throw new Error(
    meant === undefined
      ? `There is no order ${orderId}; \`punchout orders list ${tenantId}\` shows all.`
      : `There is no order ${orderId}; did you mean ${meant}?`,
  );
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
