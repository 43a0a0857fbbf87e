import type { Store as SessionStore } from 'express-session';
import type { ConnectorOptions } from '../config/options.js';
import type { ConnectorEventName, ConnectorEvents } from '../domain/transmission/connector-event.js';
import type { Outcome } from '../domain/error-codes.js';
import type { NewOrder } from '../domain/orders/new-order.js';
import type { Metrics } from '../http/operations/metrics.js';
import type { Admission } from '../http/callers/admission.js';
import type { BodyReader } from '../http/body/read-body.js';
import type { AccessTokens, CustomerTokens, StartTokens } from '../ports/access/tokens.js';
import type { ApiKeyRepository, MiddlewareKeys, OAuthClients } from '../ports/access/client-keys.js';
import type { AuditLog } from '../ports/audit-log.js';
import type { CartEncoder, TransmissionRepository } from '../ports/transmission/transmission-repository.js';
import type { CategoryNumbers } from '../ports/store/store-extras.js';
import type { ConnectShops, FeedRepository, HookRepository } from '../ports/orders/connect-shops.js';
import type { ConnectionRepository, TenantRepository } from '../ports/access/connection-repository.js';
import type { GuessLimits, SecretVerifier } from '../ports/access/guess-limits.js';
import type { HealthCheck } from '../ports/health.js';
import type { IdempotencyKeys } from '../ports/idempotency-keys.js';
import type { JobQueue } from '../ports/job-queue.js';
import type { Logger } from '../ports/logger.js';
import type { OrderRepository, PurchaseOrders } from '../ports/orders/order-repository.js';
import type { OutboundHttp, OutboundStream } from '../ports/outbound-http.js';
import type { MessageLog } from '../ports/transmission/message-log.js';
import type { SalesFigures, SessionHistory } from '../ports/transmission/session-history.js';
import type { SessionContexts } from '../ports/context.js';
import type { Store } from '../ports/store/store.js';
import type { ProvenLately } from '../usecases/access/prove-caller.js';
import type { ChangeContext } from '../usecases/context/change-context.js';
import type { ReadContext } from '../usecases/context/read-context.js';
import type { LeftSessions } from '../usecases/punchout/end-session.js';
import type { RecordedParts } from '../usecases/orders/record-order.js';

/** Ports and options, opened by `connector.ts`: what the API families are wired from. */
export interface Parts {
  options: Pick<
    ConnectorOptions<never>,
    'publicUrl' | 'demo' | 'docs' | 'transferHandler' | 'headerlessGet' | 'restoreReport'
  >;
  secrets: readonly string[];
  sessionStore: SessionStore;
  store: Store;
  transmissions: TransmissionRepository;
  /** Sessions whose buyers have left while the database took no writes. */
  left: LeftSessions;
  connections: ConnectionRepository;
  tenants: TenantRepository;
  apiKeys: ApiKeyRepository;
  history: SessionHistory;
  figures: SalesFigures;
  idempotency: IdempotencyKeys;
  messages: MessageLog;
  jobs: JobQueue;
  middlewareKeys: MiddlewareKeys;
  categoryNumbers: CategoryNumbers;
  audit: AuditLog;
  orders: OrderRepository;
  purchaseOrders: PurchaseOrders;
  recordOrder: (order: NewOrder) => Promise<Outcome<RecordedParts>>;
  hooks: HookRepository;
  feeds: FeedRepository;
  /** What is wrong with the literal URL of a hook or feed. */
  outboundUrlFault: (url: string) => string | undefined;
  connectShops: ConnectShops;
  /** To addresses that others have given us, guarded. */
  outbound: { send: OutboundHttp; stream: OutboundStream };
  encoder: CartEncoder;
  tokens: StartTokens;
  sessionContext: { contexts: SessionContexts; read: ReadContext; change: ChangeContext };
  oauthClients: OAuthClients;
  accessTokens: AccessTokens;
  customerTokens: CustomerTokens;
  /** Reads request bodies, all out of one budget. */
  readBody: BodyReader;
  /** Allow-lists and rate limits. */
  admission: Admission;
  verifier: SecretVerifier;
  /** How often wrong secrets may be tried. */
  guesses: GuessLimits;
  /** Keys and shops that the guesses of others do not keep waiting. */
  lately: ProvenLately;
  measured: Metrics;
  health: HealthCheck[];
  isStopping: () => boolean;
  log: Logger;
  emit: <Name extends ConnectorEventName>(name: Name, event: ConnectorEvents[Name]) => void;
}
