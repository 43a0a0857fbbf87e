import { randomBytes } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import { roleMay } from '../../domain/access/operator-roles.js';
import { ENHANCE_SCRIPT } from '../../console/ui/shell/enhance-script.js';
import { CONSOLE_PLACES, type ConsolePlace, type PageFrame } from '../../console/ui/shell/page-shell.js';
import { PREVIEW_SCRIPT } from '../../console/ui/shell/preview-script.js';
import { TAIL_SCRIPT } from '../../console/ui/shell/tail-script.js';
import { TICKS_SCRIPT } from '../../console/ui/shell/ticks-script.js';
import { STYLESHEET } from '../../console/ui/shell/stylesheet.js';
import type { OperatorOperation } from '../../domain/access/operator-roles.js';
import type { UsedSignIn } from '../../ports/access/operators.js';
import type { TenantRepository } from '../../ports/access/connection-repository.js';
import { formTokenOf, proofAsked } from '../../usecases/access/sign-in-operator.js';
import { assetOf, pageAssets } from '../answers/page-assets.js';
import { requestLanguage } from '../callers/request-site.js';
import { pageAddress } from './own-address.js';

export const CONSOLE_PREFIX = '/console';
/** Where carts of test punchouts come back to. */
export const TEST_RETURN_PATH = `${CONSOLE_PREFIX}/test-returns`;
/** Where the OpenID provider sends browsers back to. */
export const PROVIDER_CALLBACK = `${CONSOLE_PREFIX}/sign-in/callback`;

/** What an entry of the navigation needs. */
const OPERATION_OF: Record<ConsolePlace, OperatorOperation> = {
  today: 'read_today',
  sessions: 'read_sessions',
  orders: 'read_orders',
  deliveries: 'read_deliveries',
  analytics: 'read_analytics',
  connections: 'read_connections',
  access: 'read_keys',
  operators: 'read_operators',
  audit: 'read_audit',
};

/** Frames and sends the pages of the console. */
export interface ConsolePages {
  /** Path of the console, `/console`. */
  base: string;
  frame(req: Request, signedIn?: { used: UsedSignIn; secret: string }): Promise<PageFrame>;
  /** `more`: rules of the page beside those of every page. */
  send(res: Response, frame: PageFrame, html: string, status?: number, more?: readonly string[]): void;
  /** The stylesheet and the scripts, at addresses that change with their content. */
  assets: RequestHandler;
}

const STYLE = assetOf('style', 'css', STYLESHEET);
const SCRIPT = assetOf('script', 'js', ENHANCE_SCRIPT);
const TAIL = assetOf('tail', 'js', TAIL_SCRIPT);
const PREVIEW = assetOf('preview', 'js', PREVIEW_SCRIPT);
const TICKS = assetOf('ticks', 'js', TICKS_SCRIPT);

export function consolePages(publicUrl: string, tenants: Pick<TenantRepository, 'find'>): ConsolePages {
  const base = `${new URL(publicUrl).pathname.replace(/\/$/, '')}${CONSOLE_PREFIX}`;
  return {
    base,
    async frame(req, signedIn) {
      const frame: PageFrame = {
        language: requestLanguage(req, 'en'),
        base,
        nonce: randomBytes(16).toString('base64'),
        assets: {
          style: `${base}/assets/${STYLE.name}`,
          script: `${base}/assets/${SCRIPT.name}`,
          tail: `${base}/assets/${TAIL.name}`,
          preview: `${base}/assets/${PREVIEW.name}`,
          ticks: `${base}/assets/${TICKS.name}`,
        },
        now: new Date(),
      };
      if (signedIn !== undefined) {
        const { operator } = signedIn.used;
        const again = new URLSearchParams({ fresh: '1', next: pageAddress(base, req) });
        frame.signedIn = {
          name: operator.name,
          tenantName: (await tenants.find(operator.tenantId))?.name ?? operator.tenantId,
          places: CONSOLE_PLACES.filter((place) => roleMay(operator.role, OPERATION_OF[place])),
          formToken: formTokenOf(signedIn.secret),
          proof: {
            asked: proofAsked(signedIn.used),
            again: `${base}/sign-in/provider?${again.toString()}`,
          },
        };
      }
      return frame;
    },
    send(res, { nonce }, html, status = 200, more = []) {
      res.status(status).set({
        'Content-Type': 'text/html; charset=utf-8',
        'Cache-Control': 'no-store',
        'Content-Security-Policy': policyOf(nonce, more),
        // Own forms need an Origin, which `no-referrer` would take away.
        'Referrer-Policy': 'same-origin',
        'Cross-Origin-Opener-Policy': 'same-origin',
        'Cross-Origin-Resource-Policy': 'same-origin',
        'X-Frame-Options': 'DENY',
      });
      res.send(html);
    },
    assets: pageAssets([STYLE, SCRIPT, TAIL, PREVIEW, TICKS]),
  };
}

function policyOf(nonce: string, more: readonly string[]): string {
  return [
    "default-src 'none'",
    `style-src 'nonce-${nonce}'`,
    `script-src 'nonce-${nonce}'`,
    'img-src data:',
    ...more,
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
