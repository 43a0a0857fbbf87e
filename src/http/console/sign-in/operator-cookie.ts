import type { CookieOptions, Request, Response } from 'express';
import { PENDING_MINUTES } from '../../../domain/access/operator.js';
import { cookieValue } from '../../browser/cookie-jar.js';

/** A cookie of the console. It holds a secret and nothing else. */
export interface OperatorCookie {
  read(req: Request): string | undefined;
  set(res: Response, secret: string): void;
  clear(res: Response): void;
}

/** The cookie of a browser that is at the OpenID provider, which sends it back by a link: SameSite=Lax. */
export function pendingCookie(publicUrl: string): OperatorCookie {
  return cookieOf(publicUrl, 'punchout.pending', 'lax', PENDING_MINUTES * 60_000);
}

/** Never sent with a request that another site caused; on https bound to this host. Ends with the browser. */
export function operatorCookie(publicUrl: string): OperatorCookie {
  return cookieOf(publicUrl, 'punchout.operator', 'strict');
}

/** The cookie of a browser that has opened the link of a hand-over. */
export function handOverCookie(publicUrl: string): OperatorCookie {
  return cookieOf(publicUrl, 'punchout.handover', 'strict');
}

function cookieOf(publicUrl: string, shortName: string, sameSite: 'lax' | 'strict', maxAge?: number): OperatorCookie {
  const secure = publicUrl.startsWith('https:');
  const name = `${secure ? '__Host-' : ''}${shortName}`;
  const attributes: CookieOptions = { path: '/', httpOnly: true, secure, sameSite };
  return {
    read: (req) => cookieValue(req.headers.cookie, name),
    set: (res, secret) => {
      res.cookie(name, secret, maxAge === undefined ? attributes : { ...attributes, maxAge });
    },
    clear: (res) => {
      res.clearCookie(name, attributes);
    },
  };
}
