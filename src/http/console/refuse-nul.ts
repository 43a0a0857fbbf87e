import type { Request, RequestHandler, Response } from 'express';

/**
 * Refuses addresses and forms with the character NUL: PostgreSQL's text takes none, so nothing of ours has such a name,
 * and no page of ours sends one.
 */
export function refuseNul(refuse: (req: Request, res: Response) => Promise<void>): RequestHandler {
  return async (req, res, next) => {
    const body: unknown = req.body;
    const isRefused = req.originalUrl.includes('%00') || (Buffer.isBuffer(body) && holdsNul(body));
    if (isRefused) await refuse(req, res);
    else next();
  };
}

function holdsNul(form: Buffer): boolean {
  return form.includes(0) || form.includes('%00');
}
