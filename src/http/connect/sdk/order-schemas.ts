import type { FromSchema } from 'json-schema-to-ts';
import { ORDER_STATUSES } from '../../../domain/orders/order-status.js';

const ORDER_NUMBER = { type: 'string', minLength: 1, maxLength: 255 } as const;
const MAYBE_TEXT = { type: ['string', 'null'], maxLength: 500 } as const;

/** Body of `POST /sdk/update-order-status`. What else a client sends is left alone. */
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
export type StatusBody = FromSchema<typeof STATUS_BODY>;

/** Body of `POST /sdk/update-payment-status`, which source 003 leaves out: it shows the event alone. */
export const PAYMENT_BODY = {
  type: 'object',
  required: ['id', 'status'],
  properties: { id: ORDER_NUMBER, status: { enum: ['instructed', 'received'] } },
} as const;
export type PaymentBody = FromSchema<typeof PAYMENT_BODY>;
