import type { FromSchema } from 'json-schema-to-ts';
import { ORDER_STATUSES, type ConnectOrder, type Tracking } from '../../domain/orders/connect-order.js';
import { type Outcome, accept, refuse } from '../../domain/error-codes.js';
import type { OrderChanges } from '../../usecases/orders/change-order.js';
import { bodyCheck, jsonOf } from '../body/check-input.js';
import type { ConnectRoute } from './connect-router.js';
import { type ConnectAnswer, jsonAnswer, refusalAnswer } from './envelope.js';

const ORDER_NUMBER = { type: 'string', minLength: 1, maxLength: 255 } as const;
const MAYBE_TEXT = { type: ['string', 'null'], maxLength: 500 } as const;

/** Body of `POST /sdk/update-order-status`. Other fields are ignored. */
export const STATUS_BODY = {
  type: 'object',
  required: ['id', 'status'],
  properties: {
    id: ORDER_NUMBER,
    status: { enum: ORDER_STATUSES },
    tracking: {
      type: ['object', 'null'],
      properties: { id: MAYBE_TEXT, url: { type: ['string', 'null'], maxLength: 2048 }, vendor: MAYBE_TEXT },
    },
  },
} as const;
type StatusBody = FromSchema<typeof STATUS_BODY>;

/** Body of `POST /sdk/update-payment-status`. Shopware Connect defines only the event, not this call. */
export const PAYMENT_BODY = {
  type: 'object',
  required: ['id', 'status'],
  properties: { id: ORDER_NUMBER, status: { enum: ['instructed', 'received'] } },
} as const;
type PaymentBody = FromSchema<typeof PAYMENT_BODY>;

const checkStatus = bodyCheck<StatusBody>(STATUS_BODY);
const checkPayment = bodyCheck<PaymentBody>(PAYMENT_BODY);

/** Shopware Connect's `update-order-status`, and our own call for the payment status. */
export function orderCalls(changes: OrderChanges): ConnectRoute[] {
  return [
    {
      method: 'post',
      path: '/sdk/update-order-status',
      async call({ shop, payload }) {
        const body = checked(payload, checkStatus);
        if (!body.ok) return refusalAnswer(body.refusal);
        const tracking = trackingOf(body.value.tracking);
        return tracking.ok
          ? orderAnswer(await changes.status(shop, body.value.id, body.value.status, tracking.value))
          : refusalAnswer(tracking.refusal);
      },
    },
    {
      method: 'post',
      path: '/sdk/update-payment-status',
      async call({ shop, payload }) {
        const body = checked(payload, checkPayment);
        return body.ok
          ? orderAnswer(await changes.paymentStatus(shop, body.value.id, body.value.status))
          : refusalAnswer(body.refusal);
      },
    },
  ];
}

function checked<T>(payload: Uint8Array, check: (value: unknown) => Outcome<T>): Outcome<T> {
  const json = jsonOf(payload);
  return json.ok ? check(numberAsText(json.value)) : json;
}

/** PHP clients send order numbers as numbers. */
function numberAsText(body: unknown): unknown {
  return typeof body === 'object' &&
    body !== null &&
    'id' in body &&
    typeof body.id === 'number' &&
    Number.isSafeInteger(body.id)
    ? { ...body, id: String(body.id) }
    : body;
}

function trackingOf(given: StatusBody['tracking']): Outcome<Tracking | undefined> {
  if (given === undefined || given === null) return accept(undefined);
  const { id, url, vendor } = given;
  if (typeof url === 'string' && !/^https?:\/\/[^\s"'<>\\]+$/i.test(url))
    return refuse('INVALID_REQUEST', 'tracking.url is not an http(s) address.', { field: 'tracking.url' });
  return accept({ ...part('id', id), ...part('url', url), ...part('vendor', vendor) });
}

function part(name: keyof Tracking, value: string | null | undefined): Tracking {
  return value === undefined || value === null || value === '' ? {} : { [name]: value };
}

function orderAnswer(outcome: Outcome<ConnectOrder>): ConnectAnswer {
  if (!outcome.ok) return refusalAnswer(outcome.refusal);
  const { supplierOrderId, status, paymentStatus, tracking } = outcome.value;
  return jsonAnswer({
    success: true,
    order: {
      id: supplierOrderId,
      status,
      payment_status: paymentStatus,
      tracking,
    },
  });
}

/** Shopware Connect: "Every payload you send will be returned directly", byte for byte; sent as JSON. */
export const pingCall: ConnectRoute = {
  method: 'post',
  path: '/sdk/ping',
  call: ({ payload }) => ({ status: 200, contentType: 'application/json', body: payload }),
};
