import type { Request, RequestHandler, Response } from 'express';
import type { ProviderFailure, ProviderSignIn } from '../../../usecases/access/sign-in-by-provider.js';
import { isHarmlessLook } from '../../callers/request-site.js';
import type { ConsolePages } from '../console-pages.js';
import { consolePath } from '../own-address.js';
import type { OperatorCookie } from './operator-cookie.js';
import { originOf } from './sign-in-routes.js';

export interface ProviderDeps {
  pages: ConsolePages;
  cookie: OperatorCookie;
  /** Of a browser that is at the provider. */
  pendingCookie: OperatorCookie;
  provider: ProviderSignIn | undefined;
}

/**
 * Sign-in at the OpenID provider. Both addresses answer with a redirect, so that no code stays in the address bar. The
 * cookie of the new sign-in is not sent with that redirect, which another site caused: the guard opens the page again.
 */
export function providerRoutes({
  pages,
  cookie,
  pendingCookie,
  provider,
}: ProviderDeps): Record<'begin' | 'finish', RequestHandler> {
  const toSignIn = (res: Response, next: string, failed?: ProviderFailure): void => {
    const query = new URLSearchParams(failed === undefined ? { next } : { next, failed });
    res.redirect(303, `${pages.base}/sign-in?${query.toString()}`);
  };

  return {
    async begin(req, res, next) {
      if (provider === undefined) {
        next();
        return;
      }
      const wanted = consolePath(pages.base, textOf(req.query['next']));
      // Only our own pages may begin a sign-in. A link on another site could begin one that the person does not want.
      if (!isFromOwnPage(req) || isHarmlessLook(req)) {
        toSignIn(res, wanted);
        return;
      }
      const wish = { next: wanted, fresh: req.query['fresh'] === '1', earlier: cookie.read(req) };
      const begun = await provider.begin(wish);
      if (!begun.ok) {
        toSignIn(res, wanted, begun.fault.kind);
        return;
      }
      pendingCookie.set(res, begun.value.secret);
      res.redirect(303, begun.value.address);
    },
    async finish(req, res, next) {
      if (provider === undefined) {
        next();
        return;
      }
      const pending = pendingCookie.read(req);
      if (pending === undefined || isHarmlessLook(req)) {
        toSignIn(res, pages.base, 'expired');
        return;
      }
      const query = req.originalUrl.split('?').slice(1).join('?');
      const finished = await provider.finish(pending, query, originOf(req));
      if (!finished.ok) {
        toSignIn(res, finished.next ?? pages.base, finished.failure);
        return;
      }
      pendingCookie.clear(res);
      cookie.set(res, finished.secret);
      res.redirect(303, finished.next);
    },
  };
}

/** By Sec-Fetch-Site; an old browser sends none, and a followed link has no Origin. */
function isFromOwnPage(req: Request): boolean {
  const site = req.get('sec-fetch-site');
  return site === undefined || site === 'same-origin' || site === 'none';
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
