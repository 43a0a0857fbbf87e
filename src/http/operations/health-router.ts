import type { Request, Response, Router as ExpressRouter } from 'express';
import type { HealthCheck } from '../../ports/health.js';
import { ERROR_CODES, type Refusal } from '../../domain/error-codes.js';
import { methodNotAllowed } from '../answers/error-answers.js';
import { statusOf } from '../error-statuses.js';
import { Router } from '../router.js';

type Result = { name: string; ok: boolean };

/** How long a result is reused: anyone may call this, and each check costs a query. */
const GOOD_FOR_MS = 500;

/** `/healthz`: the process runs. `/readyz`: everything it needs works, and it is not shutting down. */
export function healthRouter(checks: readonly HealthCheck[], isStopping: () => boolean): ExpressRouter {
  const router = Router();
  let last: { results: Promise<Result[]>; until: number } | undefined;

  function checked(): Promise<Result[]> {
    if (last !== undefined && performance.now() < last.until) return last.results;
    const current = { results: Promise.all(checks.map(resultOf)), until: Infinity };
    last = current;
    void current.results.then(() => (current.until = performance.now() + GOOD_FOR_MS));
    return current.results;
  }

  router.get('/healthz', (_req, res) => {
    res.json({ status: 'ok' });
  });
  router.get('/readyz', async (_req, res) => {
    const results = await checked();
    const ready = !isStopping() && results.every(({ ok }) => ok);
    res.status(ready ? 200 : 503).json({
      status: isStopping() ? 'stopping' : ready ? 'ready' : 'unavailable',
      checks: Object.fromEntries(results.map(({ name, ok }) => [name, ok ? 'ok' : 'failed'])),
    });
  });
  router.all(['/healthz', '/readyz'], methodNotAllowed('GET', sendPlainRefusal));
  return router;
}

async function resultOf(health: HealthCheck): Promise<Result> {
  return {
    name: health.name,
    ok: await health.check().then(
      () => true,
      () => false,
    ),
  };
}

/** Refuses with `{ error: { code, message } }`, as all addresses for operators do. */
export function sendPlainRefusal(_req: Request, res: Response, { code, reason }: Refusal): void {
  res.status(statusOf('session', code)).json({ error: { code, message: reason ?? ERROR_CODES[code] } });
}
