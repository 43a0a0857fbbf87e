import type { Request, RequestHandler, Response } from 'express';
import { digestOf } from '../../domain/digest.js';
import type { Refusal } from '../../domain/error-codes.js';
import type { TransmissionKey } from '../../domain/transmission/transmission.js';
import type { Logger } from '../../ports/logger.js';
import type { CredentialName } from '../../ports/access/connection-repository.js';
import { parseFlatForm, parseFlatQuery } from '../../protocols/form/parse-flat-form.js';
import { redactForm, redactJson, redactUrls, redactXml } from '../../protocols/redact.js';
import { countedAddress } from './network-list.js';
import type { Exchange } from '../../usecases/reading/note-exchange.js';

/** What a route learns of its caller on the way; the log reads it when the answer is out. */
export interface ExchangeFacts {
  /** What came in. */
  kind?: string;
  payloadId?: string;
  connection?: { tenantId: string; connectionId?: string };
  transmission?: TransmissionKey;
  names?: readonly CredentialName[];
  /** Names of form fields that hold a secret beside the usual ones. */
  secretNames?: readonly string[];
  refusal?: Refusal;
}

export function learn(res: Response, facts: ExchangeFacts): void {
  const { locals } = res as { locals: { exchange?: ExchangeFacts } };
  Object.assign((locals.exchange ??= {}), facts);
}

/** Keeps request and answer of a call-up or transfer, redacted, when the answer is out; never in its way. Requests of which a route learns nothing are passed over. */
export function exchangeLog(note: (exchange: Exchange) => Promise<void>, log: Logger): RequestHandler {
  return (req, res, next) => {
    const at = new Date();
    const sent: { body?: unknown } = {};
    const send = res.send.bind(res);
    res.send = (body?: unknown) => {
      sent.body = body;
      return send(body);
    };
    res.once('finish', () => {
      const { exchange } = res.locals as { exchange?: ExchangeFacts };
      if (exchange === undefined) return;
      const { kind = 'call-up', payloadId, secretNames, ...facts } = exchange;
      const bytes = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
      const numbered = payloadId === undefined ? {} : { payloadId, digest: digestOf(bytes) };
      note({
        at,
        received: { kind, contentType: req.get('content-type') ?? '', content: () => receivedText(req, bytes, secretNames), size: bytes.length + req.originalUrl.length, ...numbered },
        answered: { kind: 'Response', contentType: String(res.getHeader('content-type') ?? ''), content: () => answeredText(res, sent.body), size: sizeOf(sent.body) },
        address: countedAddress(req.ip),
        ...facts,
      }).catch((error: unknown) => {
        log.warn({ err: error }, 'an exchange was not logged');
      });
    });
    next();
  };
}

function sizeOf(body: unknown): number {
  return Buffer.isBuffer(body) || typeof body === 'string' ? body.length : 0;
}

function receivedText(req: Request, bytes: Buffer, secretNames: readonly string[] | undefined): string {
  const type = req.get('content-type') ?? '';
  // A part may be encoded, and a secret in it with it; an order is kept whole elsewhere.
  if (/^\s*multipart\//i.test(type)) return `[multipart, ${bytes.length} bytes]`;
  if (/[/+]json\b/i.test(type)) return redactJson(bytes.toString('utf8'));
  if (req.method === 'GET' || /x-www-form-urlencoded/i.test(type)) {
    const query = parseFlatQuery(req.originalUrl.split('?').slice(1).join('?'), 'utf-8');
    const body = parseFlatForm(bytes, 'utf-8');
    return query.ok && body.ok ? redactForm([...body.value, ...query.value], secretNames) : '[not a form]';
  }
  return redactXml(textOf(bytes));
}

/** Documents in UTF-16 are shown too. */
function textOf(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.toString('utf16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return Buffer.from(bytes.subarray(0, bytes.length & ~1)).swap16().toString('utf16le');
  return bytes.toString('utf8');
}

/** Pages are not kept: they say what their status and the reason say. */
function answeredText(res: Response, body: unknown): string {
  const { statusCode } = res;
  const type = String(res.getHeader('content-type') ?? '');
  const text = Buffer.isBuffer(body) ? body.toString('utf8') : typeof body === 'string' ? body : '';
  if (type.startsWith('text/html') || text === '') return `HTTP ${statusCode}`;
  return type.includes('xml') ? redactXml(text) : redactUrls(text);
}
