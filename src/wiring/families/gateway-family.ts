import type { RequestHandler } from 'express';
import type { Connection } from '../../domain/access/connection.js';
import type { ConnectorEvents } from '../../domain/transmission/connector-event.js';
import { analyticsCall } from '../../http/gateway/analytics-call.js';
import { answerOnce } from '../../http/gateway/api/answer-once.js';
import { apiRouter } from '../../http/gateway/api/api-router.js';
import { authenticateRequest } from '../../http/gateway/api/api-route.js';
import { loginPath } from '../../http/connector-session/router.js';
import { callerStanding } from '../../http/gateway/caller-standing.js';
import { cxmlAnswers } from '../../http/gateway/setup/cxml-answers.js';
import { jsonSetupRoute } from '../../http/gateway/setup/json-setup-route.js';
import { exchangeLog } from '../../http/exchange-log.js';
import { fetchingKey, indexFileRoute } from '../../http/gateway/indexes/index-file-route.js';
import { messageCalls } from '../../http/gateway/message-calls.js';
import { ociAnswerRoute, ociSetupRoute } from '../../http/gateway/setup/oci-setup-route.js';
import { GATEWAY_PREFIX, gatewayRouter } from '../../http/gateway/router.js';
import { sessionCalls } from '../../http/gateway/sessions/session-calls.js';
import { setupRoute } from '../../http/gateway/setup/setup-route.js';
import { admitConnection } from '../../http/callers/admission.js';
import { readCxmlCart, readOciCart } from '../../http/gateway/transfer/read-given-cart.js';
import { RETURN_PAGE_PATH, returnPageRoute, transferRoute } from '../../http/gateway/transfer/transfer-route.js';
import { INDEX_WRITERS } from '../../protocols/index/index-writers.js';
import { linesOfPayload } from '../../protocols/cxml/lines-of-payload.js';
import { instantAnswers } from '../../usecases/punchout/answer-at-once.js';
import { authenticateCxml, authenticateOci } from '../../usecases/access/authenticate-caller.js';
import { knownName } from '../../usecases/access/prove-caller.js';
import { authenticateKey, chooseConnection } from '../../usecases/access/authenticate-key.js';
import { cancelSession } from '../../usecases/punchout/end-session.js';
import { indexReads } from '../../usecases/catalogue/index-runs.js';
import { messageReads } from '../../usecases/history/read-messages.js';
import { analyticsReads } from '../../usecases/history/read-analytics.js';
import { sessionReads } from '../../usecases/history/read-sessions.js';
import { pageOrigins } from '../../usecases/transfer/return-addresses.js';
import { returnPages } from '../../usecases/transfer/return-page.js';
import { tracedCallUp } from '../traced-steps.js';
import { startPunchout } from '../../usecases/punchout/start-punchout.js';
import { recordPurchaseOrder } from '../../usecases/orders/record-purchase-order.js';
import { takePurchaseOrder } from '../../usecases/orders/take-purchase-order.js';
import type { transferCart } from '../../usecases/transfer/transfer-cart.js';
import { transferGivenCart } from '../../usecases/transfer/transfer-given-cart.js';
import { addressesOf, type BrowserSide, frontendOrigins } from './browser-side.js';
import type { Parts } from '../shared-use-cases.js';

type GatewayParts = Pick<
  Parts,
  | 'admission'
  | 'apiKeys'
  | 'chooseCustomer'
  | 'connectShops'
  | 'connections'
  | 'emit'
  | 'figures'
  | 'funnel'
  | 'guesses'
  | 'history'
  | 'idempotency'
  | 'audit'
  | 'indexRuns'
  | 'lately'
  | 'log'
  | 'messages'
  | 'noteExchange'
  | 'options'
  | 'purchaseOrders'
  | 'readBody'
  | 'shipToAddresses'
  | 'recordOrder'
  | 'secrets'
  | 'store'
  | 'tenants'
  | 'tokens'
  | 'tracing'
  | 'transmissions'
  | 'verifier'
>;

/** `/v1/punchout` (PunchOut Session API). */
export function gatewayFamily(
  parts: GatewayParts,
  { browser, sessions }: BrowserSide,
  transfer: ReturnType<typeof transferCart>,
): RequestHandler {
  const { options, secrets, store, transmissions, connections, tenants, log, emit } = parts;
  const { publicUrl } = options;
  const addresses = addressesOf(parts);
  const { demoEnabled } = addresses;
  const start = tracedCallUp(
    startPunchout({
      ...addresses,
      transmissions,
      tokens: parts.tokens,
      startPath: loginPath,
      chooseCustomer: parts.chooseCustomer,
      emit,
    }),
    parts.tracing,
  );
  const callers = { connections, secrets: parts.verifier, guesses: parts.guesses, demoEnabled };
  const { guessAddress } = parts.admission;
  const refusedBy =
    (via: ConnectorEvents['setup-refused']['via']) =>
    ({ code, reason, details }: ConnectorEvents['setup-refused']['refusal']) => {
      // `note` is for the message log of the tenant only.
      emit('setup-refused', {
        refusal: { code, reason, details },
        via,
      });
    };

  const admit = admitConnection(parts.admission);
  const ownerOfKey = authenticateKey({
    apiKeys: parts.apiKeys,
    guesses: parts.guesses,
    lately: parts.lately,
    demoEnabled,
  });
  const ofKeys = { authenticateKey: ownerOfKey, tenants, admission: parts.admission };
  const asKey = authenticateRequest(ofKeys);

  const answers = cxmlAnswers(publicUrl);
  const once = answerOnce(parts.idempotency);
  const json = jsonSetupRoute({
    publicUrl,
    authenticateKey: asKey,
    chooseConnection: chooseConnection({ connections, demoEnabled }),
    start,
    refused: refusedBy('json'),
    once,
  });
  const recordKept = recordPurchaseOrder({ shops: parts.connectShops, record: parts.recordOrder });
  // The order is kept: the job of the same commit records it.
  const recordNowOrLater: typeof recordKept = (kept, sent) =>
    recordKept(kept, sent).catch((error: unknown) =>
      log.warn(
        { err: error, tenant: kept.tenantId, connection: kept.connectionId, order: kept.order.orderId },
        'a purchase order is kept but not recorded yet, a job will do it',
      ),
    );
  const takeOrder = takePurchaseOrder({
    purchaseOrders: parts.purchaseOrders,
    readSent: linesOfPayload,
    storeTakesOrders: store.placeOrder !== undefined,
    record: recordNowOrLater,
  });
  const setup = setupRoute({
    publicUrl,
    answers,
    authenticate: authenticateCxml(callers),
    guessAddress,
    admit,
    start,
    takeOrder,
    refused: refusedBy('cxml'),
    json,
  });
  const answering = {
    instant: instantAnswers({ ...addresses, transmissions, connections, store, start, transfer, tokenKeys: secrets }),
    originsOf: (connection: Connection, returnUrl?: string) => pageOrigins(addresses, connection, returnUrl),
  };
  const ociSetup = ociSetupRoute({
    publicUrl,
    gatewayUrl: publicUrl + GATEWAY_PREFIX,
    authenticate: authenticateOci(callers),
    guessAddress,
    admit,
    start,
    refused: refusedBy('oci'),
    parameterNames: () => connections.listParameterNames(),
    ...answering,
  });
  const standing = callerStanding({
    holdsKey: async (key, req) => (await ownerOfKey(key, 'write', guessAddress(req))).ok,
    isKnown: knownName(connections),
    parameterNames: () => connections.listParameterNames(),
    findSession: sessions.find,
  });
  const api = apiRouter({
    readBody: parts.readBody,
    standingOf: standing.cart,
    authenticateKey: asKey,
    once,
    sessions: sessionCalls({
      reads: sessionReads({
        transmissions,
        purchaseOrders: parts.purchaseOrders,
        history: parts.history,
        connections,
        tenants,
        store,
      }),
      cancel: cancelSession({ transmissions, emit }),
    }),
    analytics: analyticsCall(analyticsReads({ figures: parts.figures, funnel: parts.funnel, tenants })),
    messages: messageCalls(messageReads({ messages: parts.messages, transmissions })),
    indexFile: indexFileRoute({
      authenticateKey: authenticateRequest(ofKeys, fetchingKey),
      indexes: indexReads(parts),
      kindOf: (format) => INDEX_WRITERS[format],
    }),
  });
  const pages = returnPages({ ...addresses, transmissions, connections, tokenKeys: secrets });
  const transferOf = transferRoute({
    publicOrigin: addresses.publicUrl,
    authenticateKey: asKey,
    once,
    findSession: sessions.find,
    frontendOrigins: frontendOrigins(tenants),
    clearSession: (req, res) => browser.clear(req, res),
    transferGiven: transferGivenCart({ transmissions, connections, transfer }),
    returnPageUrl: (transmissionId) =>
      `${publicUrl}${GATEWAY_PREFIX}${RETURN_PAGE_PATH}/${transmissionId}?token=${pages.tokenFor(transmissionId)}`,
    originsOf: answering.originsOf,
  });
  return gatewayRouter({
    setup,
    ociSetup,
    ociAnswer: ociAnswerRoute(answering),
    transfer: transferOf(readCxmlCart),
    ociTransfer: transferOf(readOciCart),
    returnPage: returnPageRoute({ open: pages.open, originsOf: answering.originsOf }),
    answers,
    api,
    limitAddress: parts.admission.limitAddress,
    readBody: parts.readBody,
    standing,
    exchanges: exchangeLog(parts.noteExchange, log),
    log,
  });
}
