export const ORDER_STATUSES = ['open', 'in_process', 'shipped', 'delivered', 'canceled', 'error'] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];

/** `open` is where an order begins; source 003 tells of the other two. */
export const PAYMENT_STATUSES = ['open', 'instructed', 'received'] as const;
export type PaymentStatus = (typeof PAYMENT_STATUSES)[number];

export type OrderSteps = Readonly<Record<OrderStatus, readonly OrderStatus[]>>;

/**
 * Source 003 lists the statuses without saying which may follow which. Ours: forward only, steps may be left out (not every shop
 * knows them all), what failed may be taken up again, what is delivered or canceled stays so.
 */
export const DEFAULT_ORDER_STEPS: OrderSteps = {
  open: ['in_process', 'shipped', 'delivered', 'canceled', 'error'],
  in_process: ['shipped', 'delivered', 'canceled', 'error'],
  shipped: ['delivered', 'canceled', 'error'],
  delivered: [],
  canceled: [],
  error: ['in_process', 'shipped', 'delivered', 'canceled'],
};

const PAYMENT_STEPS: Readonly<Record<PaymentStatus, readonly PaymentStatus[]>> = {
  open: ['instructed', 'received'],
  instructed: ['received'],
  received: [],
};

export function mayFollow(steps: OrderSteps, from: OrderStatus, to: OrderStatus): boolean {
  return steps[from].includes(to);
}

export function paymentMayFollow(from: PaymentStatus, to: PaymentStatus): boolean {
  return PAYMENT_STEPS[from].includes(to);
}
