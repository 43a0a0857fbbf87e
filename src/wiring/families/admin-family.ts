import type { RequestHandler } from 'express';
import { readCart } from '../../config/read-cart.js';
import { catalogueCalls } from '../../http/gateway/admin/catalogue/catalogue-calls.js';
import { listCalls } from '../../http/gateway/admin/catalogue/list-calls.js';
import { pushCalls } from '../../http/gateway/admin/catalogue/push-calls.js';
import { eventCalls } from '../../http/gateway/admin/events/event-calls.js';
import { deliveryCalls } from '../../http/gateway/admin/orders/delivery-calls.js';
import { orderCalls } from '../../http/gateway/admin/orders/order-calls.js';
import { recordCalls } from '../../http/gateway/admin/record-calls.js';
import { sessionCalls } from '../../http/gateway/admin/session-calls.js';
import { indexReads } from '../../usecases/catalogue/index-runs.js';
import { listChanges, listReads } from '../../usecases/catalogue/buyer-lists.js';
import { pushChanges, pushReads } from '../../usecases/catalogue/index-push.js';
import { countRefusals } from '../../usecases/history/count-refusals.js';
import { analyticsReads } from '../../usecases/history/read-analytics.js';
import { messageReads } from '../../usecases/history/read-messages.js';
import { sessionReads } from '../../usecases/history/read-sessions.js';
import { sessionSearches } from '../../usecases/history/search-sessions.js';
import { INDEX_WRITERS } from '../../protocols/index/index-writers.js';
import { linesOfPayload } from '../../protocols/cxml/lines-of-payload.js';
import { orderDesk } from '../../usecases/manage/order-desk.js';
import { deliveryManagement } from '../../usecases/manage/deliveries.js';
import { settingsOf } from '../../config/connection-settings.js';
import { listProfiles } from '../../config/profiles.js';
import { siteFault } from '../../config/site-fault.js';
import { tenantSettings } from '../../config/tenant-settings.js';
import { adminRouter } from '../../http/gateway/admin/admin-router.js';
import { connectionCalls } from '../../http/gateway/admin/connection-calls.js';
import { trialCalls } from '../../http/gateway/admin/trial-calls.js';
import { handOverCalls } from '../../http/gateway/admin/hand-over-calls.js';
import { addressCalls } from '../../http/gateway/admin/access/address-calls.js';
import { clientCalls } from '../../http/gateway/admin/access/client-calls.js';
import { operatorCalls } from '../../http/gateway/admin/access/operator-calls.js';
import { shopCalls } from '../../http/gateway/admin/access/shop-calls.js';
import { siteCalls } from '../../http/gateway/admin/access/site-calls.js';
import { tenantCalls } from '../../http/gateway/admin/access/tenant-calls.js';
import { answerOnce } from '../../http/gateway/api/answer-once.js';
import { authenticateRequest } from '../../http/gateway/api/api-route.js';
import { authenticateKey } from '../../usecases/access/authenticate-key.js';
import { operatorChanges } from '../../usecases/access/manage-operators.js';
import { keyManagement } from '../../usecases/manage/api-keys.js';
import { connectionChanges } from '../../usecases/manage/change-connection.js';
import { accessChanges } from '../../usecases/manage/connection-secrets.js';
import { shopManagement } from '../../usecases/manage/connect-shops.js';
import { clientManagement } from '../../usecases/manage/oauth-clients.js';
import { addressChanges, addressReads } from '../../usecases/manage/ship-to-addresses.js';
import { siteManagement } from '../../usecases/manage/sites.js';
import { readAcceptance } from '../../usecases/manage/read-acceptance.js';
import { connectionReads } from '../../usecases/manage/read-connections.js';
import type { SettingsTrial } from '../../usecases/manage/try-settings.js';
import { tenantManagement } from '../../usecases/manage/tenant-settings.js';
import { CONSOLE_PREFIX } from '../../http/console/console-pages.js';
import { handOverOf } from './hand-over-parts.js';
import { addressesOf } from './browser-side.js';
import type { Parts } from '../shared-use-cases.js';

type AdminParts = Omit<Parts, 'encoder' | 'sessions' | 'sessionStore'>;

/** `/v1/admin`: what operators do, for programs. */
export function adminFamily(parts: AdminParts, trial: SettingsTrial): RequestHandler {
  const { admission, apiKeys, atomically, guesses, lately, tenants } = parts;
  const { demoEnabled } = addressesOf(parts);
  const ownerOfKey = authenticateKey({ apiKeys, guesses, lately, demoEnabled });
  const connections = connectionReads(parts);
  const messages = messageReads(parts);
  return adminRouter({
    authenticateKey: authenticateRequest({ authenticateKey: ownerOfKey, tenants, admission }),
    once: answerOnce(parts.idempotency),
    calls: {
      ...tenantCalls({
        tenant: tenantManagement({ tenants, atomically, completeSettings: tenantSettings }),
        keys: keyManagement({ atomically }),
        apiKeys,
      }),
      ...clientCalls({ clients: clientManagement({ atomically }), oauthClients: parts.oauthClients }),
      ...shopCalls({ shops: shopManagement({ atomically }), connectShops: parts.connectShops }),
      ...siteCalls({ management: siteManagement({ atomically, siteFault }), sites: parts.sites }),
      ...operatorCalls({ changes: operatorChanges({ atomically }), operators: parts.operators }),
      ...connectionCalls({
        reads: connections,
        changes: connectionChanges({ atomically, completeSettings: settingsOf }),
        access: accessChanges({ atomically }),
        profiles: listProfiles(),
      }),
      ...addressCalls({
        reads: addressReads({ reads: connections, addresses: parts.shipToAddresses }),
        changes: addressChanges({ atomically }),
      }),
      ...handOverCalls({
        handOver: handOverOf(parts),
        acceptance: readAcceptance({ reads: connections, seenSteps: parts.seenSteps }),
        linkUrl: `${parts.options.publicUrl}${CONSOLE_PREFIX}/hand-over`,
      }),
      ...sessionCalls({
        sessions: sessionSearches({ ...parts, messages, reads: sessionReads(parts) }),
        messages,
        countRefusals: countRefusals(parts),
        connections,
      }),
      ...eventCalls({
        tails: parts.tails,
        keyIsValid: async (key) => (await ownerOfKey(key, 'admin')).ok,
      }),
      ...orderCalls(
        orderDesk({ ...parts, readSent: linesOfPayload, storeTakesOrders: parts.store.placeOrder !== undefined }),
      ),
      ...deliveryCalls(deliveryManagement(parts)),
      ...catalogueCalls({ indexes: indexReads(parts), kindOf: (format) => INDEX_WRITERS[format] }),
      ...pushCalls({
        reads: pushReads(parts),
        changes: pushChanges({ atomically, urlFault: parts.outboundUrlFault }),
      }),
      ...listCalls({ reads: listReads(parts), changes: listChanges({ atomically }) }),
      ...trialCalls({ trial, readCart }),
      ...recordCalls({ ...parts, analytics: analyticsReads(parts) }),
    },
    readBody: parts.readBody,
    limitAddress: admission.limitAddress,
    log: parts.log,
  });
}
