import { PRODUCT } from '../protocols/cxml/cxml-protocol.js';
import { clearCart, removeClone, restoreCart, placeOrder, recordKeptOrder } from '../jobs/cart-and-order-jobs.js';
import { comparePricesJob } from '../jobs/compare-prices-job.js';
import { startFeedImports } from '../jobs/feed-imports.js';
import { HOOK_TIMEOUT_MS, hookClient } from '../jobs/hook-client.js';
import { type Delivered, startHookDeliveries } from '../jobs/hook-deliveries.js';
import { foldFigures, linkAudit, type Sweep, sweeper } from '../jobs/upkeep.js';
import { pushIndex } from '../jobs/push-index.js';
import { writeIndex } from '../jobs/write-index.js';
import { sendNotice } from '../jobs/send-notice.js';
import { type JobHandler, startWorker, type Worker } from '../jobs/worker.js';
import type { Job } from '../ports/job-queue.js';
import type { LeasedHook } from '../ports/orders/connect-shops.js';
import { indexedBuyer } from '../adapters/cart-encoder/sample-cart.js';
import { indexEncoder } from '../adapters/index-encoder/index-encoder.js';
import { tracedHooks, tracedJobs } from '../adapters/tracing/traced-parts.js';
import { CALL_UP_PATHS } from '../protocols/write-call-up.js';
import { INDEX_WRITERS } from '../protocols/index/index-writers.js';
import { linesOfPayload } from '../protocols/cxml/lines-of-payload.js';
import { indexCustomer } from '../usecases/catalogue/index-customer.js';
import { beginDueIndexes, indexReads, workOnIndex } from '../usecases/catalogue/index-runs.js';
import { comparePrices } from '../usecases/orders/compare-prices.js';
import { recordPurchaseOrder } from '../usecases/orders/record-purchase-order.js';
import { readyCart } from '../usecases/punchout/ready-cart.js';
import type { Parts } from './shared-use-cases.js';

/** How long the worker goes on with one cart; a job that takes longer is taken again. */
const RESTORE_PATIENCE_MS = 25_000;

type BackgroundParts = Pick<
  Parts,
  | 'transmissions'
  | 'store'
  | 'purchaseOrders'
  | 'sentCarts'
  | 'orderNotices'
  | 'connections'
  | 'connectShops'
  | 'recordOrder'
  | 'messages'
  | 'idempotency'
  | 'personalData'
  | 'sweepFaults'
  | 'sweptRows'
  | 'auditChain'
  | 'sessions'
  | 'handOvers'
  | 'pendingSignIns'
  | 'signIns'
  | 'testPunchouts'
  | 'jobs'
  | 'figures'
  | 'funnel'
  | 'hooks'
  | 'hookTurn'
  | 'feeds'
  | 'audit'
  | 'indexRuns'
  | 'indexPushes'
  | 'shipToAddresses'
  | 'buyerCodes'
  | 'outbound'
  | 'tracing'
  | 'options'
  | 'log'
>;

/** Starts everything that runs without a request: jobs and sweeps, hooks, feeds. */
export function startBackground(parts: BackgroundParts): Worker {
  const { figures, hooks, hookTurn, connectShops, feeds, store, outbound, options, log } = parts;
  const places = options.workerPlaces;
  const { handlers, sweep } = jobsAndSweeps(parts);
  const jobs = startWorker({
    jobs: parts.jobs,
    atOnce: places?.jobs,
    handlers: tracedJobs(handlers, parts.tracing),
    sweep,
    rounds: [foldFigures(figures, log), foldFigures(parts.funnel, log)],
    log,
  });
  const timeoutMs = options.hookTimeoutMs ?? HOOK_TIMEOUT_MS;
  const deliveries = startHookDeliveries({
    hooks,
    shops: connectShops,
    atOnce: places?.hooks,
    client: tracedHooks(hookClient(outbound.send, timeoutMs), parts.tracing),
    leaseSeconds: 5 + (2 * timeoutMs) / 1000,
    delivered(hook, turn) {
      hookTurn(hook, turn);
      noteDelivery(parts.messages, hook, turn);
    },
    log,
  });
  const imports = startFeedImports({ feeds, store, stream: outbound.stream, atOnce: places?.feeds, log });
  return { stop: async () => void (await Promise.all([jobs.stop(), deliveries.stop(), imports.stop()])) };
}

/** For the message log and the live events. A turn that found nothing to send leaves no trace. */
function noteDelivery(
  messages: BackgroundParts['messages'],
  { tenantId, hookId }: LeasedHook,
  { events, error }: Delivered,
): void {
  if (events === 0 && error === undefined) return;
  messages.note({
    tenantId,
    at: new Date(),
    direction: 'out',
    kind: 'Order events',
    contentType: 'text/plain',
    content: `The hook ${hookId} has taken ${events} events.`,
    reason: error,
  });
}

/** Makes indexes of what a connection's buyers may buy. */
function indexWork({
  connections,
  indexRuns,
  buyerCodes,
  shipToAddresses,
  store,
  options,
}: BackgroundParts): Parameters<typeof writeIndex>[0]['work'] {
  const encoder = indexEncoder((protocol) => `${options.publicUrl}${CALL_UP_PATHS[protocol]}`);
  const customerOf = indexCustomer({ addresses: shipToAddresses });
  const deps = { connections, indexRuns, buyerCodes, store, encoder, customerOf, buyerOf: indexedBuyer };
  return (key, time) => workOnIndex(deps, key, time);
}

/** A handler for each kind of job, and the sweeps. */
function jobsAndSweeps(parts: BackgroundParts): {
  handlers: Record<Job['kind'], JobHandler>;
  sweep: ReturnType<typeof sweeper>;
} {
  const { transmissions, store, purchaseOrders, connections, messages, log } = parts;
  const place = placeOrder({ purchaseOrders, store, log });
  const patient = readyCart({ transmissions, store }, RESTORE_PATIENCE_MS);
  return {
    handlers: {
      'clear-cart': (job) => clearCart(store, job),
      'restore-cart': (job) => restoreCart({ find: transmissions.find, ready: patient }, job),
      'remove-clone': (job) => removeClone(store, job),
      'place-purchase-order': place,
      'place-order': place,
      'record-order': recordKeptOrder({
        purchaseOrders,
        readSent: linesOfPayload,
        record: recordPurchaseOrder({ shops: parts.connectShops, record: parts.recordOrder }),
      }),
      'compare-prices': comparePricesJob(comparePrices(parts), log),
      'write-index': writeIndex({ jobs: parts.jobs, work: indexWork(parts) }),
      'push-index': pushIndex({
        pushes: parts.indexPushes,
        runs: parts.indexRuns,
        pieces: indexReads(parts).pieces,
        kindOf: (format) => INDEX_WRITERS[format],
        send: parts.outbound.send,
        messages,
        userAgent: PRODUCT,
      }),
      'send-notice': sendNotice({
        notices: parts.orderNotices,
        connections,
        send: parts.outbound.send,
        messages,
        host: new URL(parts.options.publicUrl).hostname,
        userAgent: PRODUCT,
        log,
      }),
    },
    sweep: sweeper(sweepsOf(parts), { log, faults: parts.sweepFaults, count: parts.sweptRows }),
  };
}

type SweptParts = Pick<
  BackgroundParts,
  | 'transmissions'
  | 'sessions'
  | 'signIns'
  | 'handOvers'
  | 'pendingSignIns'
  | 'testPunchouts'
  | 'idempotency'
  | 'messages'
  | 'personalData'
  | 'auditChain'
  | 'jobs'
  | 'connections'
  | 'indexRuns'
  | 'shipToAddresses'
  | 'log'
>;

/** Whatever grows with time or with each punchout has its sweep here. */
export function sweepsOf({ transmissions, idempotency, messages, personalData, log, ...parts }: SweptParts): Sweep[] {
  return [
    { name: 'expired sessions', run: transmissions.expireDue },
    { name: 'browser sessions', run: parts.sessions.deleteExpired },
    { name: 'sign-ins of operators', run: parts.signIns.deleteOld },
    { name: 'links of hand-overs', run: parts.handOvers.deleteOld },
    { name: 'sign-ins at the OpenID provider', run: parts.pendingSignIns.deleteOld },
    { name: 'test punchouts', run: parts.testPunchouts.deleteOld },
    { name: 'idempotency keys', run: idempotency.deleteExpired },
    { name: 'message log', run: messages.deleteOld },
    { name: 'old carts', run: personalData.deleteOldCarts },
    { name: 'old sessions', run: personalData.deleteOldSessions },
    { name: 'old audit rows', run: personalData.deleteOldAudit },
    { name: 'jobs that never end', run: parts.jobs.giveUp },
    { name: 'jobs given up long ago', run: parts.jobs.deleteGivenUp },
    { name: 'indexes on schedule', run: beginDueIndexes(parts) },
    { name: 'audit chain', run: linkAudit(parts.auditChain, log) },
  ];
}
