import type { Request } from 'express';

/** The API key of `Authorization: Bearer …` (PunchOut Session API). */
export function bearerKey(req: Request): string | undefined {
  return /^Bearer +([\x21-\x7e]+)$/i.exec(req.get('authorization') ?? '')?.[1];
}

/** RFC 6750, 2.1. Undefined if the request has no Bearer token. */
export function bearerToken(req: Request): string | undefined {
  return /^Bearer +([\w.~+/=-]+) *$/i.exec(req.get('authorization') ?? '')?.[1];
}
