import type { RequestHandler } from 'express';
import { CONSOLE_PREFIX } from '../http/console/console-pages.js';
import { reportPath } from '../http/connector-session/router.js';
import { ADMIN_PREFIX } from '../http/gateway/admin/admin-operation.js';
import { CUSTOM_STORE_PREFIX } from '../http/custom-store/router.js';
import { OPEN_BUY_PREFIX } from '../http/open-buy/router.js';
import { GATEWAY_PREFIX } from '../http/gateway/router.js';
import { ownAddresses } from '../http/callers/network-list.js';
import { speak } from '../http/answers/page-texts.js';
import { pageHeaders } from '../http/answers/send-page.js';
import { requestLog } from '../http/exchange-log.js';
import { followTrace } from '../http/trace.js';
import { referenceHeader } from '../http/reference.js';
import { refusalLog, type WatchRefusal, watchRefusal } from '../http/refusal-log.js';
import { DOCS_ASSETS, DOCS_PATHS, docsRouter } from '../http/openapi/docs-router.js';
import { healthRouter } from '../http/operations/health-router.js';
import { transferCart } from '../usecases/transfer/transfer-cart.js';
import { adminFamily } from './families/admin-family.js';
import { consoleFamily } from './families/console-family.js';
import { addressesOf, type BrowserSide, browserSide } from './families/browser-side.js';
import { API_SECTIONS } from './api-sections.js';
import { connectFamily } from './families/connect-family.js';
import { connectorSessionFamily } from './families/connector-session-family.js';
import { customStoreFamily } from './families/custom-store-family.js';
import { gatewayFamily } from './families/gateway-family.js';
import { openBuyFamily } from './families/open-buy-family.js';
import { PRODUCT } from '../protocols/cxml/cxml-protocol.js';
import type { Parts } from './shared-use-cases.js';
import { sessionContextFamily } from './families/session-context-family.js';
import { storeProxyMount } from './families/store-proxy-mount.js';
import { inTurn, Router } from '../http/router.js';
import { buyerTexts, type TextsFor } from '../http/views/texts.js';
import { tracedTransfer } from './traced-steps.js';
import { wireTrial } from './wire-trial.js';

export interface ConnectorRoutes extends Pick<
  BrowserSide,
  'jar' | 'sessions' | 'shopSession' | 'sentCart' | 'cors' | 'isBlocked'
> {
  /** Logs what the route guard refuses. */
  watch: WatchRefusal;
  /** What buyers read. */
  textsFor: TextsFor;
  router: RequestHandler;
  storeProxy: ReturnType<typeof storeProxyMount>;
}

/** The API families, each mounted at its prefix. */
export function connectorRoutes(parts: Parts): ConnectorRoutes {
  const { options, transmissions, store, encoder, emit } = parts;
  const side = browserSide(parts);
  const untraced = transferCart({
    ...addressesOf(parts),
    transmissions,
    store,
    encoder,
    categoryNumbers: parts.categoryNumbers,
    transferHandler: options.transferHandler,
    emit,
  });
  const transfer = tracedTransfer(untraced, parts.tracing);
  const trial = wireTrial(parts, addressesOf(parts));
  const families: Record<string, RequestHandler> = {
    ...connectorSessionFamily(parts, side, transfer),
    [GATEWAY_PREFIX]: gatewayFamily(parts, side, transfer),
    [ADMIN_PREFIX]: adminFamily(parts, trial),
    ...connectFamily(parts),
    [CUSTOM_STORE_PREFIX]: customStoreFamily(parts),
    [OPEN_BUY_PREFIX]: openBuyFamily(parts),
    ...sessionContextFamily(parts, side),
    ...((options.console ?? true) ? { [CONSOLE_PREFIX]: consoleFamily(parts, trial) } : {}),
  };

  const router = Router();
  const watch = watchRefusal(parts.noteExchange, parts.log);
  const textsFor = buyerTexts(options.texts);
  const around = inTurn([
    followTrace(parts.tracing),
    parts.measured.measure,
    requestLog(parts.log),
    referenceHeader,
    refusalLog(watch),
    speak(textsFor),
    pageHeaders(options.publicUrl, reportPath(options.publicUrl)),
  ]);
  for (const [prefix, family] of Object.entries(families)) router.use(prefix, around, family);
  router.use(healthRouter(parts.readiness, parts.isStopping));
  const docs = (options.docs ?? true) ? [...DOCS_PATHS] : [];
  if (docs.length > 0)
    router.all(
      [...docs, DOCS_ASSETS],
      around,
      docsRouter(API_SECTIONS, {
        publicUrl: options.publicUrl,
        product: PRODUCT,
        limitAddress: parts.admission.limitAddress,
        log: parts.log,
      }),
    );
  return {
    router: ownAddresses([...Object.keys(families), '/healthz', '/readyz', ...docs], router),
    jar: side.jar,
    sessions: side.sessions,
    shopSession: side.shopSession,
    sentCart: side.sentCart,
    cors: side.cors,
    isBlocked: side.isBlocked,
    storeProxy: storeProxyMount(parts, side, watch),
    textsFor,
    watch,
  };
}
