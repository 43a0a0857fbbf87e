import { randomBytes } from 'node:crypto';
import type { RequestHandler } from 'express';
import { ENHANCE_SCRIPT } from '../../console/ui/shell/enhance-script.js';
import { OPEN_STYLESHEET } from '../../console/ui/shell/open-stylesheet.js';
import { renderPage } from '../../console/ui/shell/render-page.js';
import type { Logger } from '../../ports/logger.js';
import { errorAnswers, methodNotAllowed } from '../answers/error-answers.js';
import { assetOf, pageAssets } from '../answers/page-assets.js';
import { sendPlainRefusal } from '../operations/health-router.js';
import { Router } from '../router.js';
import type { ApiSection } from './api-operation.js';
import { DocsPage } from './docs-page.js';
import { DOCS_SCRIPT } from './docs-script.js';
import { docsView, searched } from './docs-view.js';
import { openApiDocument } from './openapi-document.js';

export const DOCS_PATHS = ['/openapi.json', '/docs'] as const;
/** Below `/docs`, which is also the shop's. */
export const DOCS_ASSETS = '/docs/assets/:name';

const STYLE = assetOf('style', 'css', OPEN_STYLESHEET);
const SCRIPTS = [assetOf('enhance', 'js', ENHANCE_SCRIPT), assetOf('docs', 'js', DOCS_SCRIPT)];

interface DocsDeps {
  publicUrl: string;
  /** Name and version of the package. */
  product: string;
  limitAddress: RequestHandler;
  log: Logger;
}

/** `/openapi.json` for programs, `/docs` for people. The document is built once, at the first request. */
export function docsRouter(
  sections: readonly ApiSection[],
  { publicUrl, product, limitAddress, log }: DocsDeps,
): RequestHandler {
  const build = () => {
    const document = openApiDocument(sections, publicUrl);
    return { json: Buffer.from(`${JSON.stringify(document, null, 2)}\n`), view: docsView(document) };
  };
  let built: ReturnType<typeof build> | undefined;
  const documents = () => (built ??= build());
  const base = new URL(publicUrl).pathname.replace(/\/$/, '');
  const assets = `${base}/docs/assets`;
  const page = (search: string, nonce: string): string =>
    renderPage(
      DocsPage({
        frame: {
          language: 'en',
          nonce,
          assets: { style: `${assets}/${STYLE.name}`, scripts: SCRIPTS.map(({ name }) => `${assets}/${name}`) },
        },
        view: searched(documents().view, search),
        search,
        product,
        base,
      }),
    );
  const router = Router();
  router.use('/docs/assets', pageAssets([STYLE, ...SCRIPTS]));
  router.use(limitAddress);
  router.get('/openapi.json', (_req, res) => {
    // Client generators may load it from any origin; it holds no secrets.
    res.set({ 'Content-Type': 'application/json; charset=utf-8', 'Access-Control-Allow-Origin': '*' });
    res.send(documents().json);
  });
  router.get('/docs', ({ query: { q } }, res) => {
    const nonce = randomBytes(16).toString('base64');
    res
      .set({ 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': policyOf(nonce) })
      .send(page(typeof q === 'string' ? q.trim().slice(0, 100) : '', nonce));
  });
  router.all([...DOCS_PATHS], methodNotAllowed('GET', sendPlainRefusal));
  router.use(errorAnswers(log, () => sendPlainRefusal));
  return router;
}

/** Its own stylesheet and scripts, calls to this server, nothing else. */
function policyOf(nonce: string): string {
  return [
    "default-src 'none'",
    `style-src 'nonce-${nonce}'`,
    `script-src 'nonce-${nonce}'`,
    "connect-src 'self'",
    'img-src data:',
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
