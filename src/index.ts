export { type Connector, createConnector } from './connector.js';
export type { ConnectorServices } from './wiring/services.js';
export type { ConnectorOptions } from './config/options.js';
export { connectionSettings } from './config/connection-settings.js';
export type {
  Cart,
  CartCharge,
  CartLine,
  CartLineKind,
  CartNotice,
  CartRef,
  Classification,
} from './domain/cart/cart.js';
export type { Connection, ConnectionSettings } from './domain/access/connection.js';
export type {
  ConnectorEventName,
  ConnectorEvents,
  ConnectorTransferEvent,
} from './domain/transmission/connector-event.js';
export { ERROR_CODES, type ErrorCode, type Outcome, PunchoutError, type Refusal } from './domain/error-codes.js';
export type { DecimalText } from './domain/decimal.js';
export type { ItemKey, SetupRequest } from './domain/transmission/setup-request.js';
export type { TransferPayload } from './domain/transmission/transfer-payload.js';
export type { Transmission, TransmissionStatus } from './domain/transmission/transmission.js';
export type { ConnectorSession, SentCart } from './http/browser/session-finder.js';
export { BLOCKED_ROUTES, type BlockedRoute } from './http/route-guard/route-guard.js';
export type { RouteGuardOptions } from './http/route-guard/route-guard.js';
export { boundedServer, type ServerBounds } from './http/sockets/bounded-server.js';
export type { StoreProxyOptions } from './http/store-proxy/store-proxy.js';
export type { Observer } from './observers.js';
export type { Logger } from './ports/logger.js';
export type {
  ContextChange,
  LineRequest,
  LineResult,
  Store,
  StoreCategory,
  StoreContext,
} from './ports/store/store.js';
export type {
  JudgedCall,
  ProxiedCall,
  ProxyAccess,
  ProxyVerdict,
  StoreProxyPolicy,
} from './ports/store/store-proxy-policy.js';
export type { TransferHandler } from './ports/transmission/transmission-repository.js';
