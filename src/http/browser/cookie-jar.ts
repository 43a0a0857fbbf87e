import type { CookieOptions, Request, Response } from 'express';

/**
 * Names and attributes of our cookies. They depend only on the scheme of the public URL (architecture.md decision 1).
 */
export interface CookieJar {
  readonly sessionName: string;
  readonly claimName: string;
  readonly probeName: string;
  readonly attributes: CookieOptions;
  /** True if the request carries one of our punchout cookies. No I/O. */
  knows(req: Request): boolean;
  read(req: Request, name: string): string | undefined;
  set(res: Response, name: string, value: string, maxAgeMs: number): void;
  /** Deleting repeats every attribute; otherwise a partitioned cookie stays. */
  clear(res: Response, name: string): void;
}

/**
 * On https: `SameSite=None; Secure; Partitioned` with the `__Host-` prefix, so that the session works in a cross-site
 * iframe and nowhere else. On http: `Lax`.
 */
export function cookieJar(publicUrl: string): CookieJar {
  const secure = publicUrl.startsWith('https:');
  const prefix = secure ? '__Host-' : '';
  const attributes: CookieOptions = secure
    ? { path: '/', httpOnly: true, secure: true, sameSite: 'none', partitioned: true }
    : { path: '/', httpOnly: true, sameSite: 'lax' };
  const names = {
    sessionName: `${prefix}connector.sid`,
    claimName: `${prefix}connector.claim`,
    probeName: `${prefix}connector.probe`,
  };
  return {
    ...names,
    attributes,
    knows: (req) => {
      const header = req.headers.cookie;
      return (
        header !== undefined && (header.includes(`${names.sessionName}=`) || header.includes(`${names.claimName}=`))
      );
    },
    read: (req, name) => cookieValue(req.headers.cookie, name),
    set: (res, name, value, maxAgeMs) => {
      res.cookie(name, value, { ...attributes, maxAge: maxAgeMs });
    },
    clear: (res, name) => {
      res.clearCookie(name, attributes);
    },
  };
}

/** The value of a cookie in a `Cookie` header. */
export function cookieValue(header: string | undefined, name: string): string | undefined {
  for (const part of header?.split(';') ?? []) {
    const equals = part.indexOf('=');
    if (equals > 0 && part.slice(0, equals).trim() === name) return part.slice(equals + 1).trim();
  }
  return undefined;
}
