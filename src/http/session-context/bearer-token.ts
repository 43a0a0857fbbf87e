import type { Request } from 'express';

/** RFC 6750, 2.1; undefined where there is none. */
export function bearerToken(req: Request): string | undefined {
  return /^Bearer +([\w.~+/=-]+) *$/i.exec(req.get('authorization') ?? '')?.[1];
}
