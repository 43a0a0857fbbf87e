import {
  DefaultLogger,
  DefaultSearchPlugin,
  dummyPaymentHandler,
  LogLevel,
  NoopSessionCacheStrategy,
} from '@vendure/core';

const text = (name) => ({ name, type: 'string', public: true });

/**
 * A shop as its makers recommend it for headless frontends (bearer tokens beside cookies), with what procurement wants
 * as custom fields.
 */
export function vendureConfig({ port, database }) {
  return {
    apiOptions: { port, hostname: '127.0.0.1', adminApiPath: 'admin-api', shopApiPath: 'shop-api' },
    authOptions: {
      tokenMethod: ['bearer', 'cookie'],
      cookieOptions: { secret: 'for-tests-only' },
      superadminCredentials: { identifier: 'superadmin', password: 'superadmin' },
      requireVerification: false,
      sessionCacheStrategy: new NoopSessionCacheStrategy(),
    },
    // Each transaction holds a connection while it asks for another: 50 carts at a time need more than 50, or the
    // server locks up.
    dbConnectionOptions: { type: 'postgres', url: database, synchronize: true, logging: false, poolSize: 60 },
    paymentOptions: { paymentMethodHandlers: [dummyPaymentHandler] },
    orderOptions: { orderItemsLimit: 100_000, orderLineItemsLimit: 5_000 },
    customFields: {
      Product: [text('maker')],
      ProductVariant: [text('mpn'), text('gtin'), text('unitCode'), text('unspsc')],
      OrderLine: [text('engraving')],
      Order: [text('note')],
    },
    jobQueueOptions: { pollInterval: 50 },
    plugins: [DefaultSearchPlugin.init({ bufferUpdates: false, indexStockStatus: false })],
    logger: new DefaultLogger({ level: LogLevel.Error, timestamp: false }),
  };
}
