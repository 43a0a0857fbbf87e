import type { Request, Response } from 'express';
import type { SessionFinder } from '../browser/session-finder.js';

/** Sets the CORS headers for an origin. `answered`: the request was a preflight and is finished. */
export type FrontendCors = (req: Request, res: Response) => Promise<'answered' | 'go_on'>;

interface Deps {
  publicOrigin: string;
  sessions: Pick<SessionFinder, 'find'>;
  /** Origins of the frontends of one tenant, or of all tenants. */
  frontendOrigins(tenantId?: string): Promise<readonly string[]>;
}

const HEADER_NAMES = /^[a-z0-9-]+(\s*,\s*[a-z0-9-]+)*$/i;

/**
 * CORS with credentials for a tenant's listed frontends (architecture.md decision 1). A preflight carries no cookie, so
 * any tenant's frontend may send it. The request itself is readable only for a frontend of the session's own tenant.
 * All others get no CORS header, so their browsers block the answer.
 */
export function frontendCors({ publicOrigin, sessions, frontendOrigins }: Deps): FrontendCors {
  async function mayRead(req: Request, res: Response, origin: string): Promise<boolean> {
    if (!(await frontendOrigins()).includes(origin)) return false;
    if (req.method === 'OPTIONS') return true;
    const session = await sessions.find(req, res);
    return session === undefined || (await frontendOrigins(session.transmission.tenantId)).includes(origin);
  }

  return async (req, res) => {
    res.vary('Origin');
    const origin = req.get('origin');
    // If the state cannot be read, the route itself reports it.
    if (origin === undefined || origin === publicOrigin || !(await mayRead(req, res, origin).catch(() => false)))
      return 'go_on';
    res.set({
      'Access-Control-Allow-Origin': origin,
      'Access-Control-Allow-Credentials': 'true',
      'Access-Control-Expose-Headers': 'Retry-After, X-Request-Id',
    });
    if (req.method !== 'OPTIONS' || req.get('access-control-request-method') === undefined) return 'go_on';
    const wanted = req.get('access-control-request-headers') ?? '';
    res.vary('Access-Control-Request-Headers');
    res.set({
      'Access-Control-Allow-Methods': 'GET, POST, PUT, PATCH, DELETE',
      'Access-Control-Max-Age': '600',
      ...(HEADER_NAMES.test(wanted) ? { 'Access-Control-Allow-Headers': wanted } : {}),
    });
    res.status(204).end();
    return 'answered';
  };
}
