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

/** A received event: its parsed order and its original document. */
export interface ReceivedEvent extends ReadOrderEvent {
  document: string;
}

export interface WebhookReceiverOptions {
  /**
   * The hook secret of your shop (`whsec_…`, from `punchout shops add`), or both while you change it. The shop's key
   * works too, but a program that only receives should not hold a key for the API.
   */
  key: string | readonly string[];
  /** The revision of the last stored event; 0 if there is none. */
  lastRevision: () => Promise<string | number | bigint>;
  /**
   * Stores the event and its revision in one transaction, and only if that revision is higher than the stored one (the
   * same event may arrive twice at the same time). Rejects on failure: the event is then sent again.
   */
  store: (event: ReceivedEvent) => Promise<unknown>;
  /** The number of your shop; requests for other shops are refused. Absent: any shop. */
  shop?: string | number;
  /**
   * Require the timestamped signature in addition to Shopware Connect's, so that a captured request is useless after 5
   * minutes. Default false.
   */
  requireTimestamp?: boolean;
  /**
   * Require X-Punchout-Signature, which also binds a request to its method and address. If present, it must always be
   * valid. Default false.
   */
  requireSignature?: boolean;
  /** Path and query under which you registered the hook, if a proxy in front changes them: `/shop/hook`. */
  path?: string;
  /** Default '5mb'. */
  limit?: string;
  /** Called if an event could not be stored; by default the error is written to standard error. */
  onError?: (error: unknown) => void;
}

/** Middleware of Express 4 or 5. */
export type WebhookReceiver = (req: IncomingMessage, res: ServerResponse, next: (error?: unknown) => void) => void;

/**
 * Express middleware for a subscriber of order events, for one address: GET returns the last revision, POST takes the
 * next event. Mount it before body parsers. Answers 401 to requests that are not signed with `key`, 400 to anything but
 * an event, 500 if the event could not be stored.
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
  // A shop that shares its key with its hooks signs Shopware Connect's header with that key.
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
      res.status(400).type('text/plain').send('This is not an order event.');
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
