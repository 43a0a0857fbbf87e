import type { Request, Response } from 'express';
import type { SessionFinder } from '../browser/session-finder.js';

/** Says what an origin may read; `answered`: it was a preflight, and it is over. */
export type FrontendCors = (req: Request, res: Response) => Promise<'answered' | 'go_on'>;

interface Deps {
  publicOrigin: string;
  sessions: Pick<SessionFinder, 'find'>;
  /** Origins of frontends: of one tenant, or of all. */
  frontendOrigins(tenantId?: string): Promise<readonly string[]>;
}

const HEADER_NAMES = /^[a-z0-9-]+(\s*,\s*[a-z0-9-]+)*$/i;

/**
 * CORS with credentials for the listed frontends of a tenant (architecture.md decision 1). A preflight brings no cookie
 * and may be any tenant's; what follows is shown only to a frontend of the session's own tenant. Everybody else gets no
 * CORS header, so their browsers show them nothing.
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
    // Where the state cannot be read, the route itself says so.
    if (origin === undefined || origin === publicOrigin || !(await mayRead(req, res, origin).catch(() => false)))
      return 'go_on';
    res.set({
      'Access-Control-Allow-Origin': origin,
      'Access-Control-Allow-Credentials': 'true',
      'Access-Control-Expose-Headers': 'Retry-After',
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
