import type { RequestHandler, Router as ExpressRouter } from 'express';
import type { Logger } from '../../../ports/logger.js';
import { errorAnswers, methodNotAllowed } from '../../answers/error-answers.js';
import type { BodyReader } from '../../body/read-body.js';
import type { AnswerOnce } from '../api/answer-once.js';
import type { AuthenticateKey } from '../api/api-route.js';
import { sendJsonRefusal } from '../json-envelope.js';
import { Router } from '../../router.js';
import { ADMIN_PREFIX } from './admin-operation.js';
import { type AdminCall, adminRoute } from './admin-route.js';
import { ADMIN_OPERATIONS } from './openapi-operations.js';

interface Deps {
  authenticateKey: AuthenticateKey;
  once: AnswerOnce;
  /** By operationId: one for each operation of the table. */
  calls: Record<string, AdminCall>;
  readBody: BodyReader;
  limitAddress: RequestHandler;
  log: Logger;
}

/** architecture.md section 5. */
const BODY_LIMIT = 256 * 1024;

/** `/v1/admin`: the routes of its table of operations. Throws if an operation has no call. */
export function adminRouter({ calls, readBody, limitAddress, log, ...deps }: Deps): ExpressRouter {
  const router = Router();
  router.use(limitAddress);
  const body = readBody({ limit: BODY_LIMIT });
  for (const path of new Set(ADMIN_OPERATIONS.map((operation) => operation.path))) {
    const operations = ADMIN_OPERATIONS.filter((operation) => operation.path === path);
    const route = router.route(path.slice(ADMIN_PREFIX.length).replaceAll(/\{(\w+)\}/g, ':$1'));
    for (const operation of operations) {
      const call = calls[operation.operationId];
      if (call === undefined) throw new Error(`the admin API has no call for ${operation.operationId}`);
      route[operation.method](body, adminRoute(deps, operation, call));
    }
    const allow = operations.map(({ method }) => method.toUpperCase()).join(', ');
    route.all(methodNotAllowed(allow, sendJsonRefusal));
  }
  router.use((req, res) => {
    sendJsonRefusal(req, res, { code: 'NOT_FOUND' });
  });
  router.use(errorAnswers(log, () => sendJsonRefusal));
  return router;
}
