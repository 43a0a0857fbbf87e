import type { Request, RequestHandler, Response } from 'express';
import { type NoticeView, noticePage } from '../../console/pages/notice/notice-page.js';
import type { PageFrame } from '../../console/ui/shell/page-shell.js';
import { type OperatorOperation, roleMay } from '../../domain/access/operator-roles.js';
import { sameDigest } from '../../domain/digest.js';
import type { UsedSignIn } from '../../ports/access/operators.js';
import { type OperatorAccess, formTokenOf } from '../../usecases/access/sign-in-operator.js';
import type { ConsolePages } from './console-pages.js';
import type { OperatorCookie } from './sign-in/operator-cookie.js';
import { ownAddress } from './own-address.js';

/** A request of a signed-in operator who may do what it asks for. */
export interface Visit {
  req: Request;
  res: Response;
  frame: PageFrame;
  used: UsedSignIn;
  /** Of the sign-in: the cookie's value. */
  secret: string;
  /** Fields of the form; empty for GET. */
  form: URLSearchParams;
}

/**
 * Guards a route. Visitors without a sign-in are redirected to the sign-in page. Operators whose role does not allow
 * the operation get 403.
 */
export type Guard = (operation: OperatorOperation, act: (visit: Visit) => Promise<void> | void) => RequestHandler;

interface Deps {
  publicOrigin: string;
  pages: ConsolePages;
  cookie: OperatorCookie;
  access: Pick<OperatorAccess, 'find'>;
}

export function consoleGuard({ publicOrigin, pages, cookie, access }: Deps): Guard {
  return (operation, act) => async (req, res) => {
    const secret = cookie.read(req);
    const used = secret === undefined ? undefined : await access.find(secret);
    const isChange = req.method !== 'GET' && req.method !== 'HEAD';
    if (secret === undefined || used === undefined) {
      if (!isChange && secret === undefined && isFollowedLink(req)) {
        await sendNotice(pages, req, res, { kind: 'hop', to: ownAddress(pages.base, req) }, 200);
        return;
      }
      if (secret !== undefined) cookie.clear(res);
      const next = isChange ? pages.base : ownAddress(pages.base, req);
      res.redirect(303, `${pages.base}/sign-in?${new URLSearchParams({ next }).toString()}`);
      return;
    }
    const frame = await pages.frame(req, { used, secret });
    const form = formOf(req);
    const refuse = (kind: NoticeView['kind']): void => pages.send(res, frame, noticePage(frame, { kind }), 403);
    if (isChange && !(isOwnPage(req, publicOrigin) && sameDigest(form.get('form_token') ?? '', formTokenOf(secret)))) {
      refuse('stale');
      return;
    }
    if (!roleMay(used.operator.role, operation)) {
      refuse('forbidden');
      return;
    }
    await act({ req, res, frame, used, secret, form });
  };
}

/** Sends a notice without the operator's name and menu. */
export async function sendNotice(
  pages: ConsolePages,
  req: Request,
  res: Response,
  view: NoticeView,
  status: number,
): Promise<void> {
  const frame = await pages.frame(req);
  pages.send(res, frame, noticePage(frame, view), status);
}

/** Answers 404, with the operator's menu. */
export function sendUnknown(pages: ConsolePages, { res, frame }: Visit): void {
  pages.send(res, frame, noticePage(frame, { kind: 'unknown' }), 404);
}

/** True if a page of ours sent the request: by Sec-Fetch-Site, else by Origin. Without both headers it is refused. */
export function isOwnPage(req: Request, publicOrigin: string): boolean {
  const site = req.get('sec-fetch-site');
  return site === undefined ? req.get('origin') === publicOrigin : site === 'same-origin';
}

/**
 * True for a link on another site: the browser does not send our cookie (SameSite=Strict). A page of ours opens the
 * same address again, and then the cookie is sent.
 */
function isFollowedLink(req: Request): boolean {
  const site = req.get('sec-fetch-site');
  return (site === 'cross-site' || site === 'same-site') && req.get('sec-fetch-mode') === 'navigate';
}

export function formOf(req: Request): URLSearchParams {
  return new URLSearchParams(Buffer.isBuffer(req.body) ? req.body.toString('utf8') : '');
}
