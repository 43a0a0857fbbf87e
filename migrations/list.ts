import { catalogueIndex } from './catalogue-index.js';
import { emittedIds } from './emitted-ids.js';
import { indexAddresses } from './index-addresses.js';
import { indexFetch } from './index-fetch.js';
import { indexPush } from './index-push.js';
import { indexSchedule } from './index-schedule.js';
import type { Migration } from './migration.js';
import { apiKey } from './api-key.js';
import { apiKeyExpiry } from './api-key-expiry.js';
import { audit } from './audit.js';
import { auditChain } from './audit-chain.js';
import { browserSession } from './browser-session.js';
import { categoryNumber } from './category-number.js';
import { clientConnection } from './client-connection.js';
import { connectFeed } from './connect-feed.js';
import { connectHook } from './connect-hook.js';
import { connectOrder } from './connect-order.js';
import { connectShop } from './connect-shop.js';
import { buyerCodes } from './buyer-codes.js';
import { buyerCookieIndex } from './buyer-cookie-index.js';
import { connection } from './connection.js';
import { connectionVersion } from './connection-version.js';
import { demoCustomer } from './demo-customer.js';
import { demoStore } from './demo-store.js';
import { handOver } from './hand-over.js';
import { handOverSession } from './hand-over-session.js';
import { idempotencyKey } from './idempotency-key.js';
import { installationKey } from './installation-key.js';
import { job } from './job.js';
import { messageReference } from './message-reference.js';
import { messageStoredAt } from './message-stored-at.js';
import { middlewareKey } from './middleware-key.js';
import { operator } from './operator.js';
import { operatorOpenId } from './operator-open-id.js';
import { orderNotice } from './order-notice.js';
import { noOutboxEvent } from './no-outbox-event.js';
import { outboxEvent } from './outbox-event.js';
import { messageLog } from './message-log.js';
import { payloadShown } from './payload-shown.js';
import { purchaseOrder } from './purchase-order.js';
import { purchaseOrderReceived } from './purchase-order-received.js';
import { purchaseOrderNumber } from './purchase-order-number.js';
import { restoreReport } from './restore-report.js';
import { retention } from './retention.js';
import { salesFigures } from './sales-figures.js';
import { sealedAnswer } from './sealed-answer.js';
import { sealedSecret } from './sealed-secret.js';
import { sentCart } from './sent-cart.js';
import { sessionContext } from './session-context.js';
import { sessionFunnel } from './session-funnel.js';
import { sessionHistory } from './session-history.js';
import { sessionSearch } from './session-search.js';
import { settingsInOrder } from './settings-in-order.js';
import { shipToAddress } from './ship-to-address.js';
import { shopSigning } from './shop-signing.js';
import { shownCart } from './shown-cart.js';
import { startDeadline } from './start-deadline.js';
import { testPunchout } from './test-punchout.js';
import { tenant } from './tenant.js';
import { traceParent } from './trace-parent.js';
import { transferPayload } from './transfer-payload.js';
import { transmission } from './transmission.js';
import { transmissionClone } from './transmission-clone.js';
import { transmissionKeyLast } from './transmission-key-last.js';
import { oauthSecretId } from './oauth-secret-id.js';
import { jobGivenUp } from './job-given-up.js';
import { retentionByTenant } from './retention-by-tenant.js';
import { newestOfBuyer } from './newest-of-buyer.js';

/** In the order in which they run; add new ones at the end. */
export const MIGRATIONS: readonly Migration[] = [
  tenant,
  connection,
  apiKey,
  transmission,
  transferPayload,
  outboxEvent,
  job,
  audit,
  browserSession,
  demoStore,
  installationKey,
  sessionHistory,
  salesFigures,
  idempotencyKey,
  apiKeyExpiry,
  restoreReport,
  sealedSecret,
  payloadShown,
  connectShop,
  connectOrder,
  connectHook,
  transmissionClone,
  middlewareKey,
  categoryNumber,
  demoCustomer,
  buyerCookieIndex,
  connectFeed,
  messageLog,
  sessionContext,
  retention,
  purchaseOrder,
  orderNotice,
  transmissionKeyLast,
  auditChain,
  startDeadline,
  purchaseOrderNumber,
  shownCart,
  sealedAnswer,
  shopSigning,
  noOutboxEvent,
  messageReference,
  connectionVersion,
  sessionSearch,
  operator,
  operatorOpenId,
  sentCart,
  handOver,
  settingsInOrder,
  messageStoredAt,
  testPunchout,
  purchaseOrderReceived,
  sessionFunnel,
  oauthSecretId,
  retentionByTenant,
  jobGivenUp,
  newestOfBuyer,
  traceParent,
  catalogueIndex,
  shipToAddress,
  handOverSession,
  indexFetch,
  indexSchedule,
  indexPush,
  buyerCodes,
  indexAddresses,
  emittedIds,
  clientConnection,
];
