import { Router, type RequestHandler } from 'express';
import type { HealthCheck } from '../../ports/health.js';
import { ERROR_CODES } from '../../domain/error-codes.js';

type Result = { name: string; ok: boolean };

/** How long a result is reused: anyone may call this, and each check costs a query. */
const GOOD_FOR_MS = 500;

/** `/healthz`: the process runs. `/readyz`: everything it needs works, and it is not shutting down. */
export function healthRouter(checks: readonly HealthCheck[], isStopping: () => boolean): Router {
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
  router.all(['/healthz', '/readyz'], onlyGet);
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

/** Mount after the GET routes of a path: answers 405 to every other method. */
export const onlyGet: RequestHandler = (_req, res) => {
  res
    .status(405)
    .set('Allow', 'GET')
    .json({ error: { code: 'METHOD_NOT_ALLOWED', message: ERROR_CODES.METHOD_NOT_ALLOWED } });
};
