import type { RequestHandler } from 'express';
import { CONNECT_PREFIXES, type ConnectRoute, connectRouter } from '../../http/connect/connect-router.js';
import { feedRoutes } from '../../http/connect/feed-routes.js';
import { hookRoutes } from '../../http/connect/hook-routes.js';
import { orderCalls, pingCall } from '../../http/connect/order-calls.js';
import { isSignedByOneOf, isRequestSigned } from '../../protocols/hmac/payload-signature.js';
import { writeOrderEvent } from '../../protocols/order-xml/write-order-event.js';
import { authenticateShop } from '../../usecases/access/authenticate-shop.js';
import { orderChanges } from '../../usecases/orders/change-order.js';
import { feedCalls, hookCalls } from '../../usecases/orders/manage-subscriptions.js';
import { noticeOfOrder } from '../../usecases/orders/record-purchase-order.js';
import { addressesOf } from './browser-side.js';
import type { Parts } from '../shared-use-cases.js';

type ConnectParts = Pick<
  Parts,
  | 'admission'
  | 'connectShops'
  | 'connections'
  | 'emit'
  | 'feeds'
  | 'guesses'
  | 'hooks'
  | 'lately'
  | 'log'
  | 'options'
  | 'secrets'
  | 'orders'
  | 'outboundUrlFault'
  | 'purchaseOrders'
  | 'readBody'
  | 'tenants'
>;

/** `/sdk` and `/api/provider` (order events), by prefix. */
export function connectFamily(parts: ConnectParts): Record<string, RequestHandler> {
  const { orders, hooks, feeds, connectShops, tenants, outboundUrlFault, emit, log } = parts;
  const changes = orderChanges({
    orders,
    writeEvent: writeOrderEvent,
    stepsOf: async (tenantId) => (await tenants.find(tenantId))?.settings.orderSteps,
    noticeOf: noticeOfOrder({
      shops: connectShops,
      connections: parts.connections,
      purchaseOrders: parts.purchaseOrders,
    }),
    changed: (order) => emit('order-changed', { order }),
  });
  const routes: ConnectRoute[] = [
    pingCall,
    ...orderCalls(changes),
    ...hookRoutes(hookCalls({ hooks, urlFault: outboundUrlFault })),
    ...feedRoutes(feedCalls({ feeds, urlFault: outboundUrlFault })),
  ];
  const { admission, guesses, lately, options, readBody } = parts;
  const authenticate = authenticateShop({
    shops: connectShops,
    isSigned: isSignedByOneOf,
    isRequestSigned: (keys, request, header) => isRequestSigned(keys, request, header, new Date()),
    guesses,
    lately,
    demoEnabled: addressesOf(parts).demoEnabled,
  });
  const { limitAddress } = admission;
  const { publicUrl } = options;
  return Object.fromEntries(
    CONNECT_PREFIXES.map((prefix) => [
      prefix,
      connectRouter(prefix, { publicUrl, routes, authenticate, admission, limitAddress, readBody, log }),
    ]),
  );
}
