import type { Request, RequestHandler, Response } from 'express';
import type { Logger } from '../ports/logger.js';
import type { NoteExchange } from '../usecases/history/note-exchange.js';
import { countedAddress } from './callers/network-list.js';
import { factsOf, watchesRefusal } from './exchange-facts.js';
import { referenceOf } from './reference.js';

/** Stores and logs what this request is refused with, after its answer is sent. Calling it again changes nothing. */
export type WatchRefusal = (req: Request, res: Response, kind?: string) => void;

/** What a refused request was about, by its address. */
const KINDS: readonly [path: RegExp, kind: string][] = [
  [/\/connector\/session\/login\b|\/sso\b/i, 'Login'],
  [/\/connector\/session\/logout\b/i, 'Logout'],
  [/\/connector\/session\b/i, 'Session'],
  [/\/v1\/punchout\/(?:oci\/)?setup\b/i, 'Call-up'],
  [/\/v1\/punchout\/order\b/i, 'Purchase order'],
  [/\/v1\/punchout\/(?:(?:oci\/)?transfer|return)\b/i, 'Transfer'],
  [/\/v1\/punchout\/indexes\b/i, 'Index'],
  [/\/v1\/punchout\b/i, 'API call'],
  [/\/api\/punchout\b/i, 'Middleware call'],
  [/\/sdk\b|\/api\/provider\b/i, 'Order call'],
  [/\/open-buy\b/i, 'Open Buy call'],
  [/\/session-context\b/i, 'Session context'],
  [/\/oauth\/token\b/i, 'Access token'],
];
const MOST_OF_PATH = 300;

/** For requests without a document: call-ups and transfers are stored with theirs (exchange-log.ts). */
export function watchRefusal(note: NoteExchange, log: Logger): WatchRefusal {
  return (req, res, kind) => {
    if (!watchesRefusal(res)) return;
    const at = new Date();
    res.once('finish', () => {
      const { kind: document, session, transmission = session, ...facts } = factsOf(res) ?? {};
      if (facts.refusal === undefined || document !== undefined) return;
      const [path = ''] = req.originalUrl.split('?', 1);
      const request = `${req.method} ${path.slice(0, MOST_OF_PATH)}`;
      note({
        at,
        received: {
          kind: facts.place ?? kind ?? KINDS.find(([pattern]) => pattern.test(path))?.[1] ?? 'Request',
          contentType: 'text/plain',
          content: () => request,
          size: request.length,
        },
        address: countedAddress(req.ip),
        seenAddress: req.ip ?? '',
        reference: referenceOf(res),
        transmission,
        connection: facts.connection,
        names: facts.names,
        claimedTenant: facts.claimedTenant,
        refusal: facts.refusal,
      }).catch((error: unknown) => {
        log.warn({ err: error, reference: referenceOf(res) }, 'a refusal was not logged');
      });
    });
  };
}

/** The same as a handler before the routes of a family. */
export function refusalLog(watch: WatchRefusal): RequestHandler {
  return (req, res, next) => {
    watch(req, res);
    next();
  };
}
