import type { Request, RequestHandler, Response, Router as ExpressRouter } from 'express';
import type { Logger } from '../../ports/logger.js';
import { errorAnswers } from '../answers/error-answers.js';
import type { BodyReader } from '../body/read-body.js';
import type { Admission } from '../callers/admission.js';
import { statusOf } from '../error-statuses.js';
import { Router } from '../router.js';
import { type AccountDeps, accountRoutes } from './sign-in/account-routes.js';
import { type ConnectionDeps, connectionRoutes } from './connections/connection-routes.js';
import { type AuditDeps, auditRoutes } from './access/audit-routes.js';
import { type AddressDeps, addressRoutes } from './connections/address-routes.js';
import { type IndexDeps, indexRoutes } from './connections/index-routes.js';
import { type ComparisonDeps, comparisonRoutes } from './history/comparison-routes.js';
import { type ClientDeps, clientRoutes } from './access/client-routes.js';
import { type KeyDeps, keyRoutes } from './access/key-routes.js';
import { type ShopDeps, shopRoutes } from './access/shop-routes.js';
import { type SiteDeps, siteRoutes } from './access/site-routes.js';
import { type AnalyticsDeps, analyticsRoutes } from './desk/analytics-routes.js';
import { type DeliveryDeps, deliveryRoutes } from './desk/delivery-routes.js';
import { feedRoutes } from './desk/feed-routes.js';
import { consoleGuard, sendNotice } from './guard.js';
import { type HandOverDeps, handOverRoutes } from './connections/hand-over-routes.js';
import { type HistoryDeps, historyRoutes } from './history/history-routes.js';
import { type OnboardingDeps, onboardingRoutes } from './connections/onboarding-routes.js';
import { type SetupDeps, setupRoutes } from './connections/setup-routes.js';
import { type OperatorDeps, operatorRoutes } from './access/operator-routes.js';
import { passwordProof } from './prove.js';
import { providerRoutes, type ProviderDeps } from './sign-in/provider-routes.js';
import { type SignInDeps, signInRoutes } from './sign-in/sign-in-routes.js';
import { type MappingDeps, mappingRoutes } from './settings/mapping-routes.js';
import { type SettingsDeps, settingsRoutes } from './settings/settings-routes.js';
import { type TenantDeps, tenantRoutes } from './settings/tenant-routes.js';
import { type TestDeps, testRoutes } from './connections/test-routes.js';
import { type OrderDeps, orderRoutes } from './desk/order-routes.js';

export type ConsoleDeps = SignInDeps &
  ProviderDeps &
  HistoryDeps &
  ComparisonDeps &
  OrderDeps &
  AnalyticsDeps &
  DeliveryDeps &
  OperatorDeps &
  AuditDeps &
  KeyDeps &
  ClientDeps &
  ShopDeps &
  SiteDeps &
  ConnectionDeps &
  AddressDeps &
  IndexDeps &
  OnboardingDeps &
  HandOverDeps &
  TestDeps &
  SetupDeps &
  MappingDeps &
  SettingsDeps &
  TenantDeps &
  AccountDeps & {
    admission: Admission;
    readBody: BodyReader;
    log: Logger;
  };

/** Forms are small. */
const FORM_LIMIT = 64 * 1024;
/** Of settings and mappings, whose tables may be long. */
const SETTINGS_LIMIT = 512 * 1024;
/** The cart of a test, as a buyer's browser posts it. */
const CART_LIMIT = 8 * 1024 * 1024;

/** The operator's console: server-rendered pages that work without JavaScript. */
export function consoleRouter(deps: ConsoleDeps): ExpressRouter {
  const { pages, admission, log } = deps;
  const guard = consoleGuard(deps);
  const door = signInRoutes(deps, guard);
  const provider = providerRoutes(deps);
  const history = historyRoutes(deps, guard);
  const comparison = comparisonRoutes(deps, guard);
  const prove = passwordProof(deps);
  const connections = connectionRoutes(deps, guard, prove);
  const addresses = addressRoutes(deps, guard);
  const indexes = indexRoutes(deps, guard);
  const onboarding = onboardingRoutes(deps, guard);
  const setup = setupRoutes(deps, guard, prove);
  const handOver = handOverRoutes(deps, guard, prove);
  const mapping = mappingRoutes(deps, guard);
  const settings = settingsRoutes(deps, guard);
  const tenant = tenantRoutes(deps, guard, prove);
  const tests = testRoutes(deps, guard);
  const operators = operatorRoutes(deps, guard, prove);
  const audit = auditRoutes(deps, guard);
  const keys = keyRoutes(deps, guard, prove);
  const clients = clientRoutes(deps, guard, prove);
  const shops = shopRoutes(deps, guard, prove);
  const sites = siteRoutes(deps, guard);
  const analytics = analyticsRoutes(deps, guard);
  const deliveries = deliveryRoutes(deps, guard);
  const feed = feedRoutes(deps, guard);
  const orders = orderRoutes(deps, guard);
  const account = accountRoutes(deps, guard);
  const noNul = refuseNul((req, res) => sendNotice(pages, req, res, { kind: 'unknown' }, 404));
  const form = [deps.readBody({ limit: FORM_LIMIT }), noNul];
  const longForm = [deps.readBody({ limit: SETTINGS_LIMIT }), noNul];
  const cart = deps.readBody({ limit: CART_LIMIT, standingOf: tests.standingOf });
  const post = (path: string, act: RequestHandler): void => void router.post(path, form, act);

  const router = Router();
  router.use(admission.limitAddress);
  router.use('/assets', pages.assets);
  router.use(noNul);
  router.get('/sign-in', door.show);
  post('/sign-in', door.signIn);
  router.get('/sign-in/provider', provider.begin);
  router.get('/sign-in/callback', provider.finish);
  router.get('/enter', door.enter);
  post('/sign-out', door.signOut);
  router.get('/', history.today);
  router.get('/events', history.events);
  router.get('/sessions', history.list);
  router.get('/sessions/:sessionId', history.session);
  router.get('/sessions/:sessionId/compare', comparison.compare);
  router.get('/sessions/:sessionId/bundle', comparison.bundle);
  router.get('/sessions/:sessionId/documents/:documentId', history.document);
  router.get('/refusals', history.refusals);
  router.get('/documents/:documentId', history.refusedDocument);
  router.get('/analytics', analytics.show);
  router.get('/analytics/:file', analytics.csv);
  router.get('/deliveries', deliveries.show);
  router.get('/deliveries/feeds/:shopId', feed.show);
  post('/deliveries/hooks/:hookId/pause', deliveries.pause);
  post('/deliveries/hooks/:hookId/resume', deliveries.resume);
  post('/deliveries/hooks/:hookId/replay', deliveries.replay);
  post('/deliveries/notices/resend', deliveries.resend);
  post('/deliveries/feeds/:shopId/fetch', deliveries.fetch);
  post('/deliveries/jobs/:jobId/retry', deliveries.retry);
  router.get('/orders', orders.list);
  router.get('/orders/:connectionId', orders.show);
  post('/orders/:connectionId/place', orders.place);
  post('/orders/:connectionId/resend', orders.resend);
  router.get('/connections', history.connections);
  router.get('/connections/new', onboarding.show);
  post('/connections/new', onboarding.create);
  router.get('/connections/:connectionId', connections.show);
  post('/connections/:connectionId/credentials', connections.addName);
  post('/connections/:connectionId/credentials/:credentialId/remove', connections.removeName);
  post('/connections/:connectionId/secrets', connections.addSecret);
  post('/connections/:connectionId/secrets/make', connections.makeSecret);
  post('/connections/:connectionId/secrets/:secretId/revoke', connections.revokeSecret);
  post('/connections/:connectionId/returns', connections.returns);
  post('/connections/:connectionId/state', connections.state);
  router.get('/connections/:connectionId/mapping', mapping.show);
  router.post('/connections/:connectionId/mapping', longForm, mapping.edit);
  router.get('/connections/:connectionId/settings', settings.show);
  router.post('/connections/:connectionId/settings', longForm, settings.save);
  router.post('/connections/:connectionId/settings/json', longForm, settings.saveJson);
  router.get('/connections/:connectionId/addresses', addresses.show);
  post('/connections/:connectionId/addresses', addresses.save);
  post('/connections/:connectionId/addresses/remove', addresses.remove);
  router.get('/connections/:connectionId/indexes', indexes.show);
  post('/connections/:connectionId/indexes', indexes.make);
  router.get('/connections/:connectionId/indexes/:runId', indexes.report);
  router.get('/connections/:connectionId/indexes/files/:format', indexes.file);
  router.get('/connections/:connectionId/remove', connections.askRemoval);
  post('/connections/:connectionId/remove', connections.remove);
  router.get('/connections/:connectionId/setup/secret', setup.showSecret);
  post('/connections/:connectionId/setup/secret', setup.secret);
  router.get('/connections/:connectionId/setup/customer', setup.showCustomer);
  post('/connections/:connectionId/setup/customer', setup.customer);
  router.get('/connections/:connectionId/hand-over', handOver.show);
  post('/connections/:connectionId/hand-over', handOver.makeLink);
  router.get('/connections/:connectionId/test', tests.show);
  post('/connections/:connectionId/test', tests.start);
  router.get('/connections/:connectionId/tests/:testId', tests.result);
  // A middleware's cart goes to a path below the address that it has named.
  router.post(['/test-returns/:token', '/test-returns/:token/start-sso-checkout'], cart, tests.takeReturn);
  router.get('/hand-over/:token', handOver.door);
  post('/hand-over/:token', handOver.open);
  router.get('/handed-over', handOver.handedOver);
  router.get('/handed-over/acceptance.json', handOver.report);
  router.get('/operators', operators.show);
  post('/operators', operators.add);
  post('/operators/:operatorId/role', operators.role);
  post('/operators/:operatorId/state', operators.state);
  router.get('/access', keys.show);
  post('/access/keys', keys.make);
  post('/access/keys/:keyId/rotate', keys.rotate);
  post('/access/keys/:keyId/revoke', keys.revoke);
  router.get('/access/clients', clients.show);
  post('/access/clients', clients.add);
  post('/access/clients/:clientId/secrets', clients.addSecret);
  post('/access/clients/:clientId/secrets/:secretId/revoke', clients.revokeSecret);
  post('/access/clients/:clientId/revoke', clients.revoke);
  router.get('/access/shops', shops.show);
  post('/access/shops', shops.save);
  post('/access/shops/:shopId/keys', shops.addKey);
  post('/access/shops/:shopId/keys/:keyId/revoke', shops.revokeKey);
  router.get('/access/sites', sites.show);
  post('/access/sites', sites.save);
  post('/access/sites/:siteCode/remove', sites.remove);
  router.get('/access/tenant', tenant.show);
  router.post('/access/tenant', longForm, tenant.save);
  router.post('/access/tenant/json', longForm, tenant.saveJson);
  router.get('/audit', audit.show);
  post('/audit/verification', audit.verify);
  router.get('/account', account.show);
  post('/account/password', account.password);
  post('/account/sign-ins/:signInId/end', account.end);
  router.use((req, res) => sendNotice(pages, req, res, { kind: 'unknown' }, 404));
  router.use(
    errorAnswers(log, () => (req, res, { code, reason }, reference) => {
      const view = { kind: 'failed' as const, ...(reason === undefined ? {} : { reason }) };
      const shown = reference === undefined ? view : { ...view, reference };
      void sendNotice(pages, req, res, shown, statusOf('session', code)).catch((error: unknown) => {
        log.error({ err: error }, 'the page of an error could not be sent');
        res.end();
      });
    }),
  );
  return router;
}

/**
 * Refuses addresses and forms with the character NUL: PostgreSQL's text takes none, so nothing of ours has such a name,
 * and no page of ours sends one.
 */
function refuseNul(refuse: (req: Request, res: Response) => Promise<void>): RequestHandler {
  return async (req, res, next) => {
    const body: unknown = req.body;
    const isRefused = req.originalUrl.includes('%00') || (Buffer.isBuffer(body) && holdsNul(body));
    if (isRefused) await refuse(req, res);
    else next();
  };
}

function holdsNul(form: Buffer): boolean {
  return form.includes(0) || form.includes('%00');
}
