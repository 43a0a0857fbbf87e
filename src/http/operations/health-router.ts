import type { Request, Response, Router as ExpressRouter } from 'express';
import { ERROR_CODES, type Refusal } from '../../domain/error-codes.js';
import { methodNotAllowed } from '../answers/error-answers.js';
import { statusOf } from '../error-statuses.js';
import { Router } from '../router.js';
import type { Readiness } from './readiness.js';

/** `/healthz`: the process runs. `/readyz`: it can do its work, and it is not shutting down. */
export function healthRouter(current: () => Promise<Readiness>, isStopping: () => boolean): ExpressRouter {
  const router = Router();

  router.get('/healthz', (_req, res) => {
    res.json({ status: 'ok' });
  });
  router.get('/readyz', async (_req, res) => {
    const { status, checks } = await current();
    const isReady = !isStopping() && status !== 'unavailable';
    res.status(isReady ? 200 : 503).json({ status: isStopping() ? 'stopping' : status, checks });
  });
  router.all(['/healthz', '/readyz'], methodNotAllowed('GET', sendPlainRefusal));
  return router;
}

/** Refuses with `{ error: { code, message } }`, as all addresses for operators do. */
export function sendPlainRefusal(_req: Request, res: Response, { code, reason }: Refusal): void {
  res.status(statusOf('session', code)).json({ error: { code, message: reason ?? ERROR_CODES[code] } });
}
