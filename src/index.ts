import type { Connector } from './connector.js';
import type { ConnectorOptions } from './config/options.js';
import type { ConnectorServices } from './wiring/connector-services.js';

export type { WorkerPlaces } from './config/variables/process-variables.js';
export type { Connector, ConnectorOptions, ConnectorServices };

/**
 * Opens database and sessions, brings the schema up to date and wires everything together. Rejects with all
 * configuration faults at once, before it opens anything. What it needs is loaded by the first call, not by the import
 * of this package.
 */
export async function createConnector(options: ConnectorOptions<ConnectorServices>): Promise<Connector> {
  return (await import('./connector.js')).createConnector(options);
}

export { connectionSettings } from './config/connection-settings.js';
export type { OpenIdOptions } from './config/open-id-options.js';
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
export {
  ERROR_CODES,
  type ErrorCode,
  type Outcome,
  PunchoutError,
  type Refusal,
  type SettingFault,
} from './domain/error-codes.js';
export type { DecimalText } from './domain/decimal.js';
export type { ItemKey, SetupRequest } from './domain/transmission/setup-request.js';
export type { TransferPayload } from './domain/transmission/transfer-payload.js';
export type { Transmission, TransmissionStatus } from './domain/transmission/transmission.js';
export type { AskTexts, BuyerTexts, OwnTexts, SomeTexts, TransferTexts } from './domain/buyer-texts/buyer-texts.js';
export type { ErrorTexts, NotOnPages, PageTexts } from './domain/buyer-texts/error-texts-english.js';
export type { ConnectorSession, Middleware, SentCart, StoreProxyOptions } from './http/middleware.js';
export { BLOCKED_ROUTES, type BlockedRoute } from './config/blocked-routes.js';
export type { RouteGuardOptions } from './config/blocked-routes.js';
export { boundedServer, type ServerBounds } from './http/sockets/bounded-server.js';
export type { Observer } from './connector.js';
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
export type { Database } from './adapters/postgres/database/database.js';
export type {
  ConnectionDocument,
  CustomerSession,
  CxmlSettings,
  CxmlVersion,
  OciCharset,
  OciSettings,
  ProfileName,
  RepostSettings,
  StoreAccount,
} from './domain/access/connection.js';
export type { ChosenCustomer, CustomerRule, ShipToPolicy, StoreCustomer } from './domain/access/store-customer.js';
export type { CustomerClone, CustomerRole } from './domain/access/customer-clone.js';
export type { AccessPolicy, CustomerKey, StartTokenForm, Tenant, TenantSettings } from './domain/access/tenant.js';
export type { IdReference, LineText } from './domain/cart/cart.js';
export type { PriceKind } from './domain/cart/price-kind.js';
export type { RestoreDifference, RestoredItem } from './domain/cart/restore-report.js';
export type { AskedChange, ChangedCart, ShownAnswer, ShownCart, ShownLine } from './domain/cart/shown-cart.js';
export type { ContextFields, ContextWish, SessionContext, Site } from './domain/context/session-context.js';
export type {
  ClassificationRules,
  ConnectionMapping,
  FieldRule,
  PromotionRule,
  ShippingPlace,
  Transform,
} from './domain/mapping/mapping.js';
export type {
  ConnectOrder,
  OrderAddress,
  OrderContent,
  OrderItem,
  OrderStatus,
  OrderSteps,
  PaymentStatus,
  Price,
  Tracking,
} from './domain/orders/connect-order.js';
export type { ConnectShop, ShopRole, ShopSigning } from './domain/orders/connect-shop.js';
export type { FeedProduct } from './domain/orders/feed.js';
export type { NewOrder, NewOrderItem, NewOrderPart } from './domain/orders/new-order.js';
export type { OrderMoney, PurchaseLine, PurchaseOrder, PurchaseOrderKind } from './domain/orders/purchase-order.js';
export type { Operator } from './domain/access/operator.js';
export type { OperatorRole } from './domain/access/operator-roles.js';
export type {
  BuyerPerson,
  NameValue,
  OciCallUp,
  PartyAddress,
  PartyCredential,
  RepostCallUp,
  RequestedItem,
} from './domain/transmission/setup-request.js';
export type { FindingCode } from './domain/transmission/finding-codes.js';
export type { NotCarried, PayloadSummary, PreflightFinding } from './domain/transmission/transfer-payload.js';
export type { Operation, TransmissionKey } from './domain/transmission/transmission.js';
export type { Protocol } from './domain/transmission/protocol.js';
export type { RouteJudgeOptions } from './config/blocked-routes.js';
export type { Worker } from './jobs/worker.js';
export type {
  ApiKey,
  ApiKeyRepository,
  ApiScope,
  ListedClient,
  MiddlewareKeys,
  OAuthClient,
  OAuthClients,
  OAuthScope,
} from './ports/access/client-keys.js';
export type {
  ConnectionCandidate,
  ConnectionCredential,
  ConnectionEntry,
  ConnectionRepository,
  ConnectionSecret,
  CredentialName,
  OciParameterNames,
  SavedConnection,
  SecretKeeping,
  TenantRepository,
} from './ports/access/connection-repository.js';
export type { Operators } from './ports/access/operators.js';
export type { Sites } from './ports/context.js';
export type { EventSignal } from './ports/transmission/live-events.js';
export type { HealthCheck } from './ports/health.js';
export type { ConnectShops, ShopSummary, SigningShop } from './ports/orders/connect-shops.js';
export type { NamedStatement, StatementRunner } from './ports/statement-runner.js';
export type { CatalogueProduct } from './domain/cart/catalogue-product.js';
export type { IndexFormat, IndexSettings } from './domain/catalogue/catalogue-index.js';
export type { CataloguePage, CatalogueProducts, CatalogueWish, WantedProduct } from './ports/store/store-catalogue.js';
export type { CloneResult, SharedTurns, StoreCustomers } from './ports/store/store-extras.js';
export type { CartKnowledge, PlacedOrder, StoreOrder } from './ports/store/store.js';
export type { SessionContextAccess } from './usecases/context/session-context-access.js';
export type { RecordedParts } from './usecases/orders/record-order.js';
export type { CartWrites, LiveSession } from './usecases/punchout/change-cart.js';
export type { ShopServices } from './wiring/shopware-shop.js';
