import { randomBytes } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import type { VNode } from 'preact';
import { ENHANCE_SCRIPT } from '../../console/ui/shell/enhance-script.js';
import { OPEN_STYLESHEET } from '../../console/ui/shell/open-stylesheet.js';
import type { OpenFrame } from '../../console/ui/shell/open-shell.js';
import { renderPage } from '../../console/ui/shell/render-page.js';
import { assetOf, pageAssets } from '../../http/answers/page-assets.js';
import { requestLanguage } from '../../http/callers/request-site.js';

/**
 * What a person gets with JavaScript, and can do without: forms that submit themselves, and a run whose progress
 * changes in place. Plain text, since it is served as it is.
 */
const BUYER_SCRIPT = `'use strict';
const form = document.querySelector('form[data-submits]');
if (form !== null) HTMLFormElement.prototype.submit.call(form);
const look = async () => {
  const shown = document.querySelector('[data-running]');
  if (shown === null) return;
  await new Promise((resolve) => setTimeout(resolve, 1000));
  const answer = await fetch(location.href, { headers: { accept: 'text/html' } }).catch(() => undefined);
  const text = answer?.ok ? await answer.text() : undefined;
  const next = text && new DOMParser().parseFromString(text, 'text/html').querySelector('[data-run]');
  if (next) shown.replaceWith(next);
  look();
};
look();
`;

const ASSETS = '/virtual-buyer/assets';
const STYLE = assetOf('style', 'css', OPEN_STYLESHEET);
const SCRIPTS = [assetOf('enhance', 'js', ENHANCE_SCRIPT), assetOf('buyer', 'js', BUYER_SCRIPT)];

/** The stylesheet and the scripts, for `/virtual-buyer/assets`. */
export const buyerAssets: RequestHandler = pageAssets([STYLE, ...SCRIPTS]);

/** In the language of the request. */
export function buyerFrame(req: Request): OpenFrame {
  return {
    language: requestLanguage(req, 'en'),
    nonce: randomBytes(16).toString('base64'),
    assets: { style: `${ASSETS}/${STYLE.name}`, scripts: SCRIPTS.map(({ name }) => `${ASSETS}/${name}`) },
  };
}

/** Sends a page that may show the shop in a frame, and post a call-up to it. */
export function sendBuyerPage(
  res: Response,
  page: VNode,
  { nonce, shopOrigin, status = 200 }: { nonce: string; shopOrigin: string; status?: number },
): void {
  const policy = [
    "default-src 'none'",
    `style-src 'nonce-${nonce}'`,
    `script-src 'nonce-${nonce}'`,
    "connect-src 'self'",
    'img-src data:',
    "base-uri 'none'",
    `form-action 'self' ${shopOrigin}`,
    `frame-src 'self' ${shopOrigin}`,
    "frame-ancestors 'self'",
  ];
  res
    .status(status)
    .set({
      'Content-Security-Policy': policy.join('; '),
      'Referrer-Policy': 'same-origin',
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-store',
    })
    .type('html')
    .send(renderPage(page));
}
