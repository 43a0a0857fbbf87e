import type { IncomingMessage, ServerResponse } from 'node:http';
import bodyParser from 'body-parser';
import type { ErrorRequestHandler, Response, Router } from 'express';
import makeRouter from 'router';
import {
  isSignedByOneOf,
  isRequestSigned,
  REQUEST_HEADER,
  readSignatureHeaders,
} from '../protocols/hmac/payload-signature.js';
import { areWebhookHeadersGood, webhookSecret } from '../protocols/hmac/webhook-signature.js';
import { writeLastRevision, type ReadOrderEvent, readOrderEvent } from '../protocols/order-xml/read-order-event.js';

/** An event as it arrived; its order is read, its document as it was sent. */
export interface ReceivedEvent extends ReadOrderEvent {
  document: string;
}

export interface WebhookReceiverOptions {
  /**
   * The hook secret of your shop (`whsec_…`, from `punchout shops add`), or both while you change it. The shop's key does
   * as well, but a program that only receives does not need what opens the API.
   */
  key: string | readonly string[];
  /** The revision of the last event that is stored; 0 where there is none. */
  lastRevision: () => Promise<string | number | bigint>;
  /**
   * Stores the event and its revision in one transaction, and only if that revision is beyond the stored one (the same event may come
   * twice at the same time). Rejects when it could not: the event is sent again.
   */
  store: (event: ReceivedEvent) => Promise<unknown>;
  /** The number of your shop; requests for others are refused. Absent: any. */
  shop?: string | number;
  /**
   * Ask for the timestamped signature beside Shopware Connect's, so that a request that somebody has captured is worth
   * nothing after 5 minutes. Default false.
   */
  requireTimestamp?: boolean;
  /**
   * Ask for X-Punchout-Signature, which binds a request to its method and address too. Where it is there, it must be
   * right in any case. Default false.
   */
  requireSignature?: boolean;
  /** Path and query under which you registered the hook, where a proxy in front changes them: `/shop/hook`. */
  path?: string;
  /** Default '5mb'. */
  limit?: string;
  /** Told why something could not be stored; by default it stands on standard error. */
  onError?: (error: unknown) => void;
}

/** Middleware of Express 4 or 5. */
export type WebhookReceiver = (req: IncomingMessage, res: ServerResponse, next: (error?: unknown) => void) => void;

/**
 * The subscriber's half of order events as Express middleware, for one address: GET tells the last revision, POST takes
 * the next event. Mount it before body parsers. Answers 401 to what is not signed with `key`, 400 to what is no event,
 * 500 when it could not be stored.
 */
export function webhookReceiver({
  key,
  lastRevision,
  store,
  shop,
  requireTimestamp = false,
  requireSignature = false,
  path,
  limit = '5mb',
  onError = printed,
}: WebhookReceiverOptions): WebhookReceiver {
  const keys = typeof key === 'string' ? [key] : key;
  const secrets = keys.map(webhookSecret);
  // A shop that shares its key with its hooks signs Shopware Connect's header with the key itself.
  const plainKeys = [...keys, ...secrets];
  const router = (makeRouter as unknown as () => Router)();
  router.use(bodyParser.raw({ type: () => true, limit, inflate: false }));

  router.use((req, res, next) => {
    const payload = req.method === 'POST' && Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
    const claim = readSignatureHeaders(req.rawHeaders);
    const now = new Date();
    const isSigned =
      claim !== undefined &&
      (shop === undefined || claim.shop === String(shop)) &&
      isSignedByOneOf(plainKeys, payload, claim.signature);
    if (!isSigned || (requireTimestamp && !areWebhookHeadersGood(keys, req.headers, payload, now))) {
      res.status(401).type('text/plain').send('The signature is not valid.');
      return;
    }
    const request = { method: req.method, path: path ?? req.originalUrl, payload };
    if (claim.request === undefined ? requireSignature : !isRequestSigned(secrets, request, claim.request, now)) {
      res
        .status(401)
        .type('text/plain')
        .send(`${REQUEST_HEADER} is missing, or not right for ${request.method} ${request.path} at this time.`);
      return;
    }
    res.locals['payload'] = payload;
    next();
  });
  router.get('/', async (_req, res) => {
    sendRevision(res, BigInt(await lastRevision()));
  });
  router.post('/', async (_req, res) => {
    const document = new TextDecoder().decode(res.locals['payload'] as Uint8Array);
    const event = readOrderEvent(document);
    if (!event.ok) {
      res.status(400).type('text/plain').send('This is no order event.');
      return;
    }
    if (BigInt(event.value.revision) > BigInt(await lastRevision())) await store({ ...event.value, document });
    sendRevision(res, BigInt(await lastRevision()));
  });
  router.use((_req, res) => {
    res.set('Allow', 'GET, POST').sendStatus(405);
  });
  const failed: ErrorRequestHandler = (error: unknown, _req, res, next) => {
    if (res.headersSent) return next(error);
    const status =
      typeof error === 'object' &&
      error !== null &&
      'status' in error &&
      typeof error.status === 'number' &&
      error.status < 500
        ? error.status
        : 500;
    if (status === 500) onError(error);
    res
      .status(status)
      .type('text/plain')
      .send(status === 500 ? 'The event could not be stored.' : 'The request cannot be read.');
  };
  router.use(failed);
  return router as unknown as WebhookReceiver;
}

function printed(error: unknown): void {
  console.error(error);
}

function sendRevision(res: Response, revision: bigint): void {
  res
    .status(200)
    .set({ 'Content-Type': 'text/xml; charset=UTF-8', 'Cache-Control': 'no-store' })
    .send(writeLastRevision(revision.toString()));
}
