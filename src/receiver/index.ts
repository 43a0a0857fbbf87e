export { type KnexEventStoreOptions, knexEventStore } from './knex-event-store.js';
export { type ReceivedEvent, type WebhookReceiverOptions, webhookReceiver } from './webhook-receiver.js';
