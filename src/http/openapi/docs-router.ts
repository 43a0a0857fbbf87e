import type { RequestHandler } from 'express';
import type { ApiSection } from './api-operation.js';
import { DOCS_CSP, docsPage } from './docs-page.js';
import { openApiDocument } from './openapi-document.js';
import type { Logger } from '../../ports/logger.js';
import { errorAnswers, methodNotAllowed } from '../answers/error-answers.js';
import { sendPlainRefusal } from '../operations/health-router.js';
import { Router } from '../router.js';

export const DOCS_PATHS = ['/openapi.json', '/docs'] as const;

/** `/openapi.json` for programs, `/docs` for people. Both are built once. */
export function docsRouter(
  sections: readonly ApiSection[],
  publicUrl: string,
  limitAddress: RequestHandler,
  log: Logger,
): RequestHandler {
  const document = openApiDocument(sections, publicUrl);
  const json = Buffer.from(`${JSON.stringify(document, null, 2)}\n`);
  const html = Buffer.from(docsPage(document));
  const router = Router();
  router.use(limitAddress);
  router.get('/openapi.json', (_req, res) => {
    // Client generators may load it from any origin; it holds no secrets.
    res.set({ 'Content-Type': 'application/json; charset=utf-8', 'Access-Control-Allow-Origin': '*' }).send(json);
  });
  router.get('/docs', (_req, res) => {
    res.set({ 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': DOCS_CSP }).send(html);
  });
  router.all([...DOCS_PATHS], methodNotAllowed('GET', sendPlainRefusal));
  router.use(errorAnswers(log, () => sendPlainRefusal));
  return router;
}
