import type { RequestHandler } from 'express';
import type { Logger } from '../../ports/logger.js';

/** One line per request to our own routes: named facts only, never a query, a header or a body (SECURITY T62). */
export function requestLog(log: Logger): RequestHandler {
  return (req, res, next) => {
    const started = process.hrtime.bigint();
    res.once('finish', () => {
      log.info(
        {
          method: req.method,
          path: req.originalUrl.split('?', 1)[0],
          status: res.statusCode,
          ms: Number((process.hrtime.bigint() - started) / 10_000n) / 100,
        },
        'request',
      );
    });
    next();
  };
}
