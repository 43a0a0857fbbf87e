export { type KnexEventStoreOptions, knexEventStore } from './knex-event-store.js';
export {
  type ReceivedEvent,
  type WebhookReceiver,
  type WebhookReceiverOptions,
  webhookReceiver,
} from './webhook-receiver.js';
export type { ReadOrderEvent, ReceivedOrder } from '../protocols/order-xml/read-order-event.js';
