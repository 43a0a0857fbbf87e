import type { RequestHandler } from 'express';
import { categoriesRoute, admittedMiddleware, cloneRoute } from '../../http/custom-store/routes.js';
import { exchangeLog } from '../../http/exchange-log.js';
import { loginPath } from '../../http/connector-session/router.js';
import { customStoreRouter } from '../../http/custom-store/router.js';
import { peekApiKey } from '../../protocols/peek-names.js';
import { authenticateMiddleware } from '../../usecases/access/authenticate-client.js';
import { cloneUser } from '../../usecases/punchout/clone-user.js';
import { listCategories } from '../../usecases/history/list-categories.js';
import { tracedCallUp } from '../traced-steps.js';
import { startPunchout } from '../../usecases/punchout/start-punchout.js';
import { addressesOf } from './browser-side.js';
import type { Parts } from '../shared-use-cases.js';

type CustomStoreParts = Pick<
  Parts,
  | 'admission'
  | 'audit'
  | 'categoryNumbers'
  | 'chooseCustomer'
  | 'connections'
  | 'emit'
  | 'guesses'
  | 'lately'
  | 'log'
  | 'middlewareKeys'
  | 'noteExchange'
  | 'options'
  | 'secrets'
  | 'readBody'
  | 'store'
  | 'tokens'
  | 'tracing'
  | 'transmissions'
>;

/** `/api/punchout` (custom store integration). */
export function customStoreFamily(parts: CustomStoreParts): RequestHandler {
  const {
    options,
    store,
    transmissions,
    connections,
    middlewareKeys: keys,
    categoryNumbers: numbers,
    audit,
    log,
    emit,
  } = parts;
  const addresses = addressesOf(parts);
  const isMiddleware = authenticateMiddleware({
    keys,
    connections,
    guesses: parts.guesses,
    lately: parts.lately,
    demoEnabled: addresses.demoEnabled,
  });
  const authenticate = admittedMiddleware(isMiddleware, parts.admission);
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
  return customStoreRouter({
    clone: cloneRoute({
      publicUrl: options.publicUrl,
      authenticate,
      clone: cloneUser({ start, transmissions, store, audit }),
      refused: ({ code, reason, details }) =>
        emit('setup-refused', { refusal: { code, reason, details }, via: 'repost' }),
    }),
    categories: categoriesRoute({ authenticate, categories: listCategories({ store, numbers }) }),
    limitAddress: parts.admission.limitAddress,
    readBody: parts.readBody,
    async standingOf(req, _res, start) {
      const apiKey = peekApiKey(start);
      return apiKey !== undefined && (await isMiddleware(apiKey, parts.admission.guessAddress(req))).ok
        ? 'proven'
        : 'stranger';
    },
    exchanges: exchangeLog(parts.noteExchange, log),
    log,
  });
}
