import type { RequestHandler } from 'express';

/** Lets only requests for our own addresses into the router; every page of the shop passes for the price of one comparison. */
export function ownAddresses(prefixes: readonly string[], router: RequestHandler): RequestHandler {
  const ours = new RegExp(`^(?:${prefixes.map((prefix) => prefix.replaceAll('.', '\\.')).join('|')})(?:[/?]|$)`, 'i');
  return (req, res, next) => {
    if (ours.test(req.url)) return router(req, res, next);
    next();
  };
}
