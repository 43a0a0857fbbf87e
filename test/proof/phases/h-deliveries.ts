import { setTimeout as pause } from 'node:timers/promises';
import { connectShops } from '../../../src/adapters/postgres/orders/connect-shops.js';
import { hookRepository } from '../../../src/adapters/postgres/orders/hook-repository.js';
import { orderRepository } from '../../../src/adapters/postgres/orders/order-repository.js';
import { openDatabase } from '../../../src/adapters/postgres/database/open-database.js';
import { secretBox } from '../../../src/adapters/secrets/secret-box.js';
import { ORDER_EVENTS } from '../../../src/domain/orders/connect-order.js';
import { writeOrderEvent } from '../../../src/protocols/order-xml/write-order-event.js';
import { orderChanges } from '../../../src/usecases/orders/change-order.js';
import { recordOrder } from '../../../src/usecases/orders/record-order.js';
import { checkDeliveries } from '../checkers/check-deliveries.js';
import type { Finding } from '../checkers/finding.js';
import type { Random } from '../random.js';
import type { ServerProcess } from '../stage/server-process.js';
import { startOwnPostgres } from '../stage/own-postgres.js';
import { until } from '../stage/until.js';
import {
  FAULTS,
  type FaultySubscriber,
  type PlannedFault,
  startFaultySubscriber,
} from '../subscribers/faulty-subscriber.js';
import { type Phase, shareOf } from './phase.js';

const EVENTS = 4_000;
const SUBSCRIBERS = 5;
const FAULTS_IN_ALL = 200;
const KILLS = 20;
const RESTARTS = 2;
const TENANT = 'demo';
/** Shop of the demo; all subscribers listen to it. */
const SUPPLIER = 1;
const HOOK_TIMEOUT_MS = '1000';
const START_PATIENCE_MS = 120_000;
const PATIENCE_MS = 900_000;

/**
 * P3: order events to failing subscribers, by workers that are killed, on a PostgreSQL that is killed: none lost, none
 * out of order.
 */
export const deliveries: Phase = async ({ stage, random, share }) => {
  const events = shareOf(EVENTS, share, 40);
  const perSubscriber = shareOf(FAULTS_IN_ALL / SUBSCRIBERS, share, FAULTS.length);
  const postgres = await startOwnPostgres();
  const subscribers: FaultySubscriber[] = [];
  const database = await openDatabase({ kind: 'server', url: postgres.url });
  try {
    const own = { DATABASE_URL: postgres.url, HOOK_TIMEOUT_MS };
    const workers = [await stage.process('one'), await stage.process('two')] as const;
    for (const worker of workers) await startPatiently(worker, own);
    for (let index = 0; index < SUBSCRIBERS; index += 1)
      subscribers.push(
        await startFaultySubscriber(faultPlan(perSubscriber, events, random.fork(`subscriber-${index}`))),
      );
    const hooks = hookRepository(database);
    for (const { url } of subscribers) await hooks.add(TENANT, SUPPLIER, url, ORDER_EVENTS, SUBSCRIBERS);

    const total = (): number => subscribers.reduce((sum, { firsts }) => sum + firsts.length, 0);
    const recording = record(database, events);
    const done = { kills: 0, restarts: 0 };
    let slowestStartMs = 0;
    const kills = shareOf(KILLS, share, 2);
    const restarts = shareOf(RESTARTS, share, 1);
    const isWhole = (): boolean => total() >= events * SUBSCRIBERS;
    const giveUpAt = performance.now() + PATIENCE_MS;
    while (!isWhole() && performance.now() < giveUpAt) {
      const progress = total() / (events * SUBSCRIBERS);
      if (done.restarts < restarts && progress >= (done.restarts + 0.5) / restarts) {
        done.restarts += 1;
        await postgres.kill();
        await pause(300);
        await postgres.start();
      } else if (done.kills < kills && progress >= (done.kills + 1) / (kills + 2)) {
        const worker = workers[done.kills % 2 === 0 ? 0 : 1];
        done.kills += 1;
        await worker.kill();
        slowestStartMs = Math.max(slowestStartMs, await startPatiently(worker, own));
      }
      await pause(20);
    }
    const recorded = await recording;
    const isCaughtUp = await until(
      async () =>
        (await hooks.list(TENANT).catch(() => [])).every(
          ({ ackedRevision, lastRevision }) => ackedRevision === lastRevision,
        ),
      60_000,
    );

    const stream = await database.query<{ revision: string; document: string }>(
      {
        name: 'proof-stream',
        text: 'select revision, document from connect_event where shop_id = $1 order by revision',
      },
      [SUPPLIER],
    );
    const findings = subscribers.flatMap((subscriber) => checkDeliveries(subscriber, stream));
    if (!isCaughtUp) findings.push({ kind: 'late', subject: 'hooks', text: 'not all of them have lag 0 in the end' });
    if (stream.length < recorded || stream.some(({ revision }, index) => Number(revision) !== index + 1))
      findings.push({
        kind: 'lost',
        subject: 'stream',
        text: `${stream.length} revisions for ${recorded} acknowledged events, or a gap among them`,
      });
    findings.push(
      ...(await hooks.list(TENANT))
        .filter(({ pausedAt }) => pausedAt !== undefined)
        .map(({ url, lastError }): Finding => ({ kind: 'wrong', subject: url, text: `paused: ${lastError}` })),
    );
    const faults = subscribers.reduce((sum, subscriber) => sum + subscriber.faults, 0);
    const received = subscribers.reduce((sum, subscriber) => sum + subscriber.received, 0);
    return {
      tried: events * SUBSCRIBERS,
      acked: total(),
      refused: 0,
      unknown: events * SUBSCRIBERS - total(),
      faults: faults + done.kills + done.restarts,
      findings,
      facts: { sent_again: received - total(), subscriber_faults: faults, ...done, start_ms_max: slowestStartMs },
    };
  } finally {
    await stage.clear();
    await Promise.all(subscribers.map((subscriber) => subscriber.close()));
    await database.close();
    await postgres.close();
  }
};

/** On a busy machine a start may take longer than the usual timeout. Returns its duration in milliseconds. */
async function startPatiently(worker: ServerProcess, environment: Record<string, string>): Promise<number> {
  const begunAt = performance.now();
  try {
    await worker.start(environment);
  } catch (error) {
    if (worker.hasEnded() || !(await until(() => worker.isReady(), START_PATIENCE_MS))) throw error;
  }
  return Math.round(performance.now() - begunAt);
}

/** All kinds equally often, spread over the whole run. */
function faultPlan(count: number, events: number, random: Random): PlannedFault[] {
  return Array.from({ length: count }, (_, index) => ({
    kind: FAULTS[index % FAULTS.length] ?? '500',
    after: 1 + random.below(Math.floor(events * 0.95)),
  }));
}

/**
 * Orders and their status, one event each; an operation that fails while PostgreSQL is down is repeated. Returns the
 * number of acknowledged events.
 */
async function record(database: Awaited<ReturnType<typeof openDatabase>>, events: number): Promise<number> {
  const shops = connectShops(database, secretBox(['a-secret-of-thirty-two-characters']));
  const orders = orderRepository(database);
  const recordOne = recordOrder({ orders, shops, writeEvent: writeOrderEvent, recorded: () => undefined });
  const changes = orderChanges({
    orders,
    writeEvent: writeOrderEvent,
    stepsOf: async () => undefined,
    noticeOf: async () => undefined,
    changed: () => undefined,
  });
  const supplier = await shops.find(TENANT, SUPPLIER);
  if (supplier === undefined) throw new Error('the demo has no supplier');
  let acknowledged = 0;
  for (let index = 0; index < events / 2; index += 1) {
    const number = `proof-${index}`;
    await again(() =>
      recordOne({
        tenantId: TENANT,
        orderKey: number,
        merchant: { connectionId: 'company-cxml' },
        merchantOrderId: number,
        deliveryAddress: { company: `Käufer & Söhne <${index}>`, city: 'Köln', country: 'DE' },
        parts: [
          {
            supplierOrderId: number,
            items: [{ sourceId: 'SKU-001', count: '2', customerPrice: { net: '999.98', gross: '1189.98' } }],
          },
        ],
      }),
    );
    await again(() => changes.status(supplier, number, 'shipped'));
    acknowledged += 2;
  }
  return acknowledged;
}

async function again(act: () => Promise<{ ok: boolean }>): Promise<void> {
  for (;;) {
    const outcome = await act().catch(() => undefined);
    if (outcome?.ok === true) return;
    if (outcome !== undefined) throw new Error('an order was refused');
    await pause(100);
  }
}
