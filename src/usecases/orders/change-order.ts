import {
  type ConnectOrder,
  type Tracking,
  DEFAULT_ORDER_STEPS,
  type OrderStatus,
  type OrderSteps,
  type PaymentStatus,
  mayFollow,
  paymentMayFollow,
} from '../../domain/orders/connect-order.js';
import type { ConnectShop } from '../../domain/orders/connect-shop.js';
import { type Outcome, accept, refuse } from '../../domain/error-codes.js';
import type { OrderNotice } from '../../domain/orders/order-notice.js';
import type {
  OrderEventWriter,
  OrderChange,
  OrderRepository,
  PartyEvent,
} from '../../ports/orders/order-repository.js';
import { partyEvents } from './record-order.js';

interface Deps {
  orders: OrderRepository;
  writeEvent: OrderEventWriter;
  /** Allowed status changes of a tenant. */
  stepsOf: (tenantId: string) => Promise<OrderSteps | undefined>;
  /** The notice about this step for the buyer's system. Undefined if it wants none. */
  noticeOf: (order: ConnectOrder) => Promise<Omit<OrderNotice, 'noticedAt'> | undefined>;
  /** Called after the commit. */
  changed: (order: ConnectOrder) => void;
}

export interface OrderChanges {
  /**
   * Sets the status. The current status is accepted again and sends no event; new tracking with it is stored. Refuses
   * with ORDER_NOT_FOUND (also for orders of other shops), ORDER_STEP_NOT_ALLOWED, OPERATION_NOT_ALLOWED.
   */
  status(
    shop: ConnectShop,
    supplierOrderId: string,
    status: OrderStatus,
    tracking?: Tracking,
  ): Promise<Outcome<ConnectOrder>>;
  /** The supplier reports whether the merchant has paid. */
  paymentStatus(
    shop: ConnectShop,
    supplierOrderId: string,
    paymentStatus: PaymentStatus,
  ): Promise<Outcome<ConnectOrder>>;
}

/** Maximum attempts when others change the same order at the same time. */
const ATTEMPTS = 5;

interface Wanted {
  change: OrderChange;
  events: (changed: ConnectOrder) => PartyEvent[];
}

/** Status changes of orders, each with its events in one transaction. */
export function orderChanges({ orders, writeEvent, stepsOf, noticeOf, changed }: Deps): OrderChanges {
  async function change(
    shop: ConnectShop,
    supplierOrderId: string,
    judge: (order: ConnectOrder) => Outcome<Wanted | undefined>,
  ): Promise<Outcome<ConnectOrder>> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const [order, another] = await orders.findByNumber(shop.tenantId, shop.shopId, supplierOrderId);
      if (order === undefined) return refuse('ORDER_NOT_FOUND');
      if (another !== undefined) return refuse('ORDER_CONFLICT', 'Several suppliers have an order of that number.');
      const wanted = judge(order);
      if (!wanted.ok) return wanted;
      if (wanted.value === undefined) return accept(order);
      const after = { ...order, ...wanted.value.change };
      const notice = wanted.value.change.status === undefined ? undefined : await noticeOf(after);
      if (await orders.change(order, wanted.value.change, wanted.value.events(after), notice)) {
        changed(after);
        return accept(after);
      }
    }
    return refuse('ORDER_CONFLICT', 'The order is being changed by others; try again.');
  }

  return {
    async status(shop, supplierOrderId, status, tracking) {
      // "when either merchant or supplier mark the order as canceled": the only step that a merchant may take.
      if (shop.role === 'merchant' && status !== 'canceled')
        return refuse('OPERATION_NOT_ALLOWED', "A merchant can cancel an order; every other status is its supplier's.");
      const steps = (await stepsOf(shop.tenantId)) ?? DEFAULT_ORDER_STEPS;
      return change(shop, supplierOrderId, (order) => {
        const kept =
          tracking === undefined || JSON.stringify(tracking) === JSON.stringify(order.tracking) ? {} : { tracking };
        if (status === order.status) return accept('tracking' in kept ? { change: kept, events: () => [] } : undefined);
        if (!mayFollow(steps, order.status, status))
          return refuse(
            'ORDER_STEP_NOT_ALLOWED',
            `The order is ${order.status}; ${allowedText(steps[order.status])}.`,
            { status: order.status, allowed: steps[order.status].join(',') },
          );
        return accept({
          change: { status, ...kept },
          events: (after) => partyEvents('order_status_updated', after, writeEvent),
        });
      });
    },

    async paymentStatus(shop, supplierOrderId, paymentStatus) {
      if (shop.role !== 'supplier')
        return refuse('OPERATION_NOT_ALLOWED', 'Only the supplier can report the payment status.');
      return change(shop, supplierOrderId, (order) => {
        if (paymentStatus === order.paymentStatus) return accept(undefined);
        if (!paymentMayFollow(order.paymentStatus, paymentStatus))
          return refuse('ORDER_STEP_NOT_ALLOWED', `The payment is ${order.paymentStatus} already.`, {
            status: order.paymentStatus,
          });
        return accept({
          change: { paymentStatus },
          events: (after) => partyEvents('order_payment_status_updated', after, writeEvent),
        });
      });
    },
  };
}

function allowedText(next: readonly OrderStatus[]): string {
  return next.length === 0 ? 'nothing follows that' : `it may become ${next.join(', ')}`;
}
