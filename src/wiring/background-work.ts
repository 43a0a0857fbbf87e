import { PRODUCT } from '../protocols/cxml/cxml-protocol.js';
import { clearCart, removeClone, restoreCart } from '../jobs/cart-jobs.js';
import { linkAudit, type Sweep } from '../jobs/upkeep.js';
import { placeOrder, recordKeptOrder } from '../jobs/order-jobs.js';
import { sendNotice } from '../jobs/send-notice.js';
import type { JobHandler } from '../jobs/worker.js';
import type { AuditChain } from '../ports/audit-log.js';
import type { Job } from '../ports/job-queue.js';
import type { OrderNotices } from '../ports/orders/order-repository.js';
import type { PersonalData } from '../ports/personal-data.js';
import { linesOfPayload } from '../protocols/cxml/lines-of-payload.js';
import { recordPurchaseOrder } from '../usecases/orders/record-purchase-order.js';
import { readyCart } from '../usecases/punchout/ready-cart.js';
import type { Parts } from './parts.js';

/** How long the worker goes on with one cart; a job that takes longer is taken again. */
const RESTORE_PATIENCE_MS = 25_000;

type Deps = Pick<
  Parts,
  | 'transmissions'
  | 'store'
  | 'purchaseOrders'
  | 'connections'
  | 'connectShops'
  | 'recordOrder'
  | 'messages'
  | 'idempotency'
  | 'outbound'
  | 'log'
> & {
  publicUrl: string;
  notices: OrderNotices;
  personal: PersonalData;
  chain: AuditChain;
  deleteExpiredSessions: (limit: number) => Promise<number>;
};

/** What the worker does: a handler for each kind of job, and the sweeps. */
export function backgroundWork(deps: Deps): { handlers: Record<Job['kind'], JobHandler>; sweeps: Sweep[] } {
  const { transmissions, store, purchaseOrders, connections, messages, idempotency, personal, log } = deps;
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
        record: recordPurchaseOrder({ shops: deps.connectShops, record: deps.recordOrder }),
      }),
      'send-notice': sendNotice({
        notices: deps.notices,
        connections,
        send: deps.outbound.send,
        messages,
        host: new URL(deps.publicUrl).hostname,
        userAgent: PRODUCT,
        log,
      }),
    },
    sweeps: [
      { name: 'expired sessions', run: transmissions.expireDue },
      { name: 'browser sessions', run: deps.deleteExpiredSessions },
      { name: 'idempotency keys', run: idempotency.deleteExpired },
      { name: 'message log', run: messages.deleteOld },
      { name: 'old carts', run: personal.deleteOldCarts },
      { name: 'old audit rows', run: personal.deleteOldAudit },
      { name: 'audit chain', run: linkAudit(deps.chain, log) },
    ],
  };
}
