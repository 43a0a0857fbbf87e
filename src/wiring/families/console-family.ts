import type { RequestHandler } from 'express';
import { settingsOf } from '../../config/connection-settings.js';
import { connectionFields, tenantFields } from '../../config/setting-fields.js';
import { tenantSettings } from '../../config/tenant-settings.js';
import { siteFault } from '../../config/site-fault.js';
import { listProfiles } from '../../config/profiles.js';
import type { PlaceClaims } from '../../domain/access/provider-claims.js';
import { consolePages, TEST_RETURN_PATH } from '../../http/console/console-pages.js';
import { handOverCookie, operatorCookie, pendingCookie } from '../../http/console/sign-in/operator-cookie.js';
import { consoleRouter } from '../../http/console/router.js';
import { accept } from '../../domain/error-codes.js';
import { supportBundle } from '../../http/gateway/admin/support-bundle.js';
import { exactJson } from '../../http/gateway/json-envelope.js';
import { operatorChanges } from '../../usecases/access/manage-operators.js';
import { providerSignIn } from '../../usecases/access/sign-in-by-provider.js';
import { operatorAccess } from '../../usecases/access/sign-in-operator.js';
import { countRefusals } from '../../usecases/history/count-refusals.js';
import { keyManagement } from '../../usecases/manage/api-keys.js';
import { shopManagement } from '../../usecases/manage/connect-shops.js';
import { clientManagement } from '../../usecases/manage/oauth-clients.js';
import { addressChanges, addressReads } from '../../usecases/manage/ship-to-addresses.js';
import { siteManagement } from '../../usecases/manage/sites.js';
import { INDEX_WRITERS } from '../../protocols/index/index-writers.js';
import { linesOfPayload } from '../../protocols/cxml/lines-of-payload.js';
import { indexOverviews } from '../../usecases/catalogue/index-overview.js';
import { indexReads } from '../../usecases/catalogue/index-runs.js';
import { analyticsReads } from '../../usecases/history/read-analytics.js';
import { messageReads } from '../../usecases/history/read-messages.js';
import { operationReads } from '../../usecases/history/read-operations.js';
import { sessionSearches } from '../../usecases/history/search-sessions.js';
import { sessionReads } from '../../usecases/history/read-sessions.js';
import { connectionChanges } from '../../usecases/manage/change-connection.js';
import { accessChanges } from '../../usecases/manage/connection-secrets.js';
import { connectionStories } from '../../usecases/manage/connection-story.js';
import { readAcceptance } from '../../usecases/manage/read-acceptance.js';
import { connectionReads } from '../../usecases/manage/read-connections.js';
import { handOverOf } from './hand-over-parts.js';
import type { SettingsTrial } from '../../usecases/manage/try-settings.js';
import { tenantManagement } from '../../usecases/manage/tenant-settings.js';
import { deliveryManagement } from '../../usecases/manage/deliveries.js';
import { orderDesk } from '../../usecases/manage/order-desk.js';
import { addressesOf } from './browser-side.js';
import type { Parts } from '../shared-use-cases.js';
import { callOwnServer } from '../../adapters/call-own-server.js';
import { testReturns } from '../../domain/access/test-return.js';
import { readCallUpAnswer } from '../../protocols/read-call-up-answer.js';
import { type WrittenCallUp, writeCallUp } from '../../protocols/write-call-up.js';
import { type TestCallUp, type TestPunchoutUseCases, testPunchouts } from '../../usecases/manage/test-punchout.js';

type ConsoleParts = Pick<
  Parts,
  | 'apiKeys'
  | 'admission'
  | 'atomically'
  | 'audit'
  | 'auditChain'
  | 'auditReads'
  | 'buyerCodes'
  | 'connectShops'
  | 'connections'
  | 'consoleDoor'
  | 'handOvers'
  | 'feeds'
  | 'figures'
  | 'funnel'
  | 'history'
  | 'hooks'
  | 'identityProvider'
  | 'indexPushes'
  | 'indexRuns'
  | 'jobs'
  | 'log'
  | 'measured'
  | 'messages'
  | 'middlewareKeys'
  | 'oauthClients'
  | 'operationsView'
  | 'sweepFaults'
  | 'readiness'
  | 'operators'
  | 'options'
  | 'orderNotices'
  | 'orders'
  | 'passwordGuesses'
  | 'pendingSignIns'
  | 'purchaseOrders'
  | 'readBody'
  | 'search'
  | 'secrets'
  | 'signIns'
  | 'seenSteps'
  | 'shipToAddresses'
  | 'sites'
  | 'store'
  | 'tails'
  | 'tenants'
  | 'testPunchouts'
  | 'transmissions'
  | 'verifier'
>;

/** `/console`, the pages of operators. */
export function consoleFamily(parts: ConsoleParts, trial: SettingsTrial): RequestHandler {
  const { options, operators, signIns, audit, tenants, connections, transmissions, log } = parts;
  const { publicUrl: publicOrigin, demoEnabled } = addressesOf(parts);
  const access = operatorAccess({
    operators,
    signIns,
    secrets: parts.verifier,
    guesses: parts.passwordGuesses,
    audit,
    demoEnabled,
  });
  const changes = operatorChanges({ atomically: parts.atomically });
  const provider =
    parts.identityProvider &&
    providerSignIn({
      provider: parts.identityProvider,
      pending: parts.pendingSignIns,
      operators,
      tenants,
      changes,
      access,
      place: placeOf(options),
      log,
    });
  const messages = messageReads({ messages: parts.messages, transmissions });
  const sessions = sessionSearches({ ...parts, messages, reads: sessionReads(parts) });
  return consoleRouter({
    publicOrigin,
    pages: consolePages(options.publicUrl, tenants),
    cookie: operatorCookie(options.publicUrl),
    pendingCookie: pendingCookie(options.publicUrl),
    provider,
    access,
    door: parts.consoleDoor,
    demoEnabled,
    changes,
    operators,
    apiKeys: parts.apiKeys,
    keys: keyManagement({ atomically: parts.atomically }),
    oauthClients: parts.oauthClients,
    clientManagement: clientManagement({ atomically: parts.atomically }),
    connectShops: parts.connectShops,
    shopManagement: shopManagement({ atomically: parts.atomically }),
    sites: parts.sites,
    addressReads: addressReads({ reads: connectionReads(parts), addresses: parts.shipToAddresses }),
    addressChanges: addressChanges({ atomically: parts.atomically }),
    indexOverviews: indexOverviews(parts),
    indexes: indexReads(parts),
    indexKindOf: (format) => INDEX_WRITERS[format],
    siteManagement: siteManagement({ atomically: parts.atomically, siteFault }),
    auditReads: parts.auditReads,
    auditChain: parts.auditChain,
    signIns,
    reads: operationReads({
      view: parts.operationsView,
      countRefusals: countRefusals(parts),
      steps: parts.measured.steps,
      sweepFaults: parts.sweepFaults,
      funnel: parts.funnel,
      hooks: parts.hooks,
      connections,
      notices: parts.orderNotices,
      sessions,
    }),
    isDegraded: async () => (await parts.readiness()).status === 'degraded',
    messages,
    async bundle(req, tenantId, sessionId) {
      const bundle = await supportBundle({ sessions, connections: connectionReads(parts) }, req, tenantId, sessionId);
      return bundle.ok ? accept(exactJson(bundle.value)) : bundle;
    },
    tails: parts.tails,
    sessions,
    analytics: analyticsReads(parts),
    deliveries: deliveryManagement(parts),
    desk: orderDesk({ ...parts, readSent: linesOfPayload, storeTakesOrders: parts.store.placeOrder !== undefined }),
    connections,
    stories: connectionStories({
      reads: connectionReads(parts),
      sessions,
      messages,
      log: parts.messages,
      auditReads: parts.auditReads,
    }),
    connectionReads: connectionReads(parts),
    connectionChanges: connectionChanges({ atomically: parts.atomically, completeSettings: settingsOf }),
    accessChanges: accessChanges({ atomically: parts.atomically }),
    handOver: handOverOf(parts),
    handOverCookie: handOverCookie(options.publicUrl),
    acceptance: readAcceptance({ reads: connectionReads(parts), seenSteps: parts.seenSteps }),
    publicUrl: options.publicUrl,
    testPunchouts: testPunchoutsOf(parts),
    profiles: listProfiles(),
    completeSettings: settingsOf,
    tenants,
    fieldsOf: connectionFields,
    tenantFields: tenantFields(),
    tenantManagement: tenantManagement({ tenants, atomically: parts.atomically, completeSettings: tenantSettings }),
    trial,
    admission: parts.admission,
    readBody: parts.readBody,
    log,
  });
}

function placeOf({ openIdConnect }: ConsoleParts['options']): PlaceClaims | undefined {
  const { tenantClaim, roleClaim } = openIdConnect ?? {};
  return tenantClaim === undefined || roleClaim === undefined ? undefined : { tenantClaim, roleClaim };
}

type TestParts = Pick<
  Parts,
  'audit' | 'connections' | 'messages' | 'middlewareKeys' | 'options' | 'secrets' | 'testPunchouts' | 'transmissions'
>;

/** Test punchouts of the console. */
function testPunchoutsOf(parts: TestParts): TestPunchoutUseCases {
  const { publicUrl } = parts.options;
  const { hostname: host } = new URL(publicUrl);
  const written = ({ connection, ...callUp }: TestCallUp): WrittenCallUp =>
    writeCallUp({ ...callUp, protocol: connection.protocol, settings: connection.settings, host });
  return testPunchouts({
    reads: connectionReads(parts),
    tests: parts.testPunchouts,
    returns: testReturns(publicUrl + TEST_RETURN_PATH, parts.secrets),
    transmissions: parts.transmissions,
    messages: messageReads(parts),
    log: parts.messages,
    audit: parts.audit,
    callUp: (callUp) => {
      const request = written(callUp);
      return callOwnServer(`${publicUrl}${request.path}`, request);
    },
    textOf: (callUp) => written(callUp).text,
    startUrlIn: readCallUpAnswer,
    pause: (ms) => new Promise((wake) => setTimeout(wake, ms)),
  });
}
