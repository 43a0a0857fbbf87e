import { Router } from 'express';
import type { HealthCheck } from '../../ports/health.js';
import { onlyGet } from './only-get.js';

/** `/healthz`: the process lives. `/readyz`: so does everything it needs, and it is not about to stop. */
export function healthRouter(checks: readonly HealthCheck[], isStopping: () => boolean): Router {
  const router = Router();
  router.get('/healthz', (_req, res) => {
    res.json({ status: 'ok' });
  });
  router.get('/readyz', async (_req, res) => {
    const results = await Promise.all(checks.map(async (health) => ({ name: health.name, ok: await health.check().then(() => true, () => false) })));
    const ready = !isStopping() && results.every(({ ok }) => ok);
    res.status(ready ? 200 : 503).json({ status: isStopping() ? 'stopping' : ready ? 'ready' : 'unavailable', checks: Object.fromEntries(results.map(({ name, ok }) => [name, ok ? 'ok' : 'failed'])) });
  });
  router.all(['/healthz', '/readyz'], onlyGet);
  return router;
}
