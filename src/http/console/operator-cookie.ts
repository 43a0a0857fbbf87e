import type { CookieOptions, Request, Response } from 'express';
import { cookieValue } from '../browser/cookie-jar.js';

/** The cookie of a signed-in operator. It holds a secret and nothing else. */
export interface OperatorCookie {
  read(req: Request): string | undefined;
  set(res: Response, secret: string): void;
  clear(res: Response): void;
}

/** Never sent with a request that another site caused; on https bound to this host. Ends with the browser. */
export function operatorCookie(publicUrl: string): OperatorCookie {
  const secure = publicUrl.startsWith('https:');
  const name = `${secure ? '__Host-' : ''}punchout.operator`;
  const attributes: CookieOptions = { path: '/', httpOnly: true, secure, sameSite: 'strict' };
  return {
    read: (req) => cookieValue(req.headers.cookie, name),
    set: (res, secret) => {
      res.cookie(name, secret, attributes);
    },
    clear: (res) => {
      res.clearCookie(name, attributes);
    },
  };
}
