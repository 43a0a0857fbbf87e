import type { Request, RequestHandler, Response } from 'express';
import { digestOf } from '../domain/digest.js';
import type { Logger } from '../ports/logger.js';
import { unwrapBody } from '../protocols/cxml/unwrap-body.js';
import { formCharset, parseFlatForm, parseFlatQuery } from '../protocols/form/parse-flat-form.js';
import { redactForm, redactJson, redactUrls, redactXml } from '../protocols/redact.js';
import { countedAddress } from './callers/network-list.js';
import { factsOf } from './exchange-facts.js';
import { loggedPath } from './logged-path.js';
import { referenceOf } from './reference.js';
import { decodeXmlBytes, decodeXmlStart, hasKnownEncoding } from '../protocols/xml/decode-xml-bytes.js';
import type { Exchange } from '../usecases/history/note-exchange.js';

/**
 * Stores request and answer of a call-up or transfer without secrets, after the answer is sent. A request is stored
 * only if its route names its kind.
 */
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
      const { kind, payloadId, secretNames, session: _, place: __, ...facts } = factsOf(res) ?? {};
      if (kind === undefined) return;
      const bytes = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
      const numbered = payloadId === undefined ? {} : { payloadId, digest: digestOf(bytes) };
      note({
        at,
        received: {
          kind,
          contentType: req.get('content-type') ?? '',
          content: (most) => receivedText(req, kind, bytes, most, secretNames),
          size: bytes.length + req.originalUrl.length,
          ...numbered,
        },
        answered: {
          kind: 'Response',
          contentType: String(res.getHeader('content-type') ?? ''),
          content: (most) => answeredText(res, kind, sent.body, most),
          size: sizeOf(sent.body),
        },
        address: countedAddress(req.ip),
        seenAddress: req.ip ?? '',
        reference: referenceOf(res),
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

/**
 * The request as received. If the document was inside a form, a MIME part or JSON, both the document and its wrapping
 * are shown. Of more than `most` bytes only the beginning is used.
 */
function receivedText(
  req: Request,
  kind: string,
  bytes: Buffer,
  most: number,
  secretNames: readonly string[] | undefined,
): string {
  const type = req.get('content-type') ?? '';
  if (bytes.length > most) return beginningOf(kind, bytes, most, type);
  // JSON if the route read it as JSON, whatever the Content-Type says.
  if (READ_AS_JSON.test(kind)) return redactJson(bytes.toString('utf8'));
  if (READ_AS_FORM.test(kind)) return formText(req, bytes, secretNames);
  const unwrapped = bytes.length === 0 ? undefined : unwrapBody(bytes, type);
  if (unwrapped?.ok === true) {
    const { source, contentType, wrappings } = unwrapped.value;
    const text = redactXml(typeof source === 'string' ? source : textOf(source, contentType));
    return wrappings.length === 0 ? text : `[${wrappings.join(', ')}]\n${text}`;
  }
  // A part may be encoded and hide a secret.
  if (/^\s*multipart\//i.test(type)) return `[multipart, ${bytes.length} bytes]`;
  if (/[/+]json\b/i.test(type)) return redactJson(bytes.toString('utf8'));
  if (req.method === 'GET' || /x-www-form-urlencoded/i.test(type)) return formText(req, bytes, secretNames);
  return bytes.length === 0 ? '' : `[no document, ${bytes.length} bytes]`;
}

/** Kinds of requests that hold no document, even if a value looks like XML. */
const READ_AS_JSON = /^(?:JSON|Clone|Open Buy)\b/;
/** Its answer may hold a token, in a member and not in a URL. */
const ANSWERS_TOKEN = /^Open Buy\b/;
const READ_AS_FORM = /^OCI\b/;

function formText(req: Request, bytes: Buffer, secretNames: readonly string[] | undefined): string {
  const charset = formCharset(req.get('content-type'));
  const query = parseFlatQuery(req.originalUrl.split('?').slice(1).join('?'), charset);
  const body = parseFlatForm(bytes, charset);
  return query.ok && body.ok ? redactForm([...body.value, ...query.value], secretNames) : '[not a form]';
}

/**
 * The beginning of XML that is not wrapped: the tag that marks a secret comes before the secret. Nothing is shown of a
 * truncated wrapping, because a secret in it might not be recognised.
 */
function beginningOf(kind: string, bytes: Buffer, most: number, type: string): string {
  const cut = `[cut, ${bytes.length} bytes]`;
  if (READ_AS_JSON.test(kind) || READ_AS_FORM.test(kind)) return cut;
  const start = bytes.subarray(0, most);
  const unwrapped = unwrapBody(start, type);
  if (!unwrapped.ok || unwrapped.value.wrappings.length > 0) return cut;
  const text = decodeXmlStart(start, type);
  return text?.startsWith('<') === true ? `${redactXml(text)}\n${cut}` : cut;
}

/** Invalid bytes are shown as U+FFFD. A text in an unknown encoding is not shown: it could hide a secret. */
function textOf(bytes: Buffer, contentType: string | undefined): string {
  const decoded = decodeXmlBytes(bytes, contentType);
  if (decoded.ok) return decoded.value;
  return hasKnownEncoding(bytes, contentType) ? bytes.toString('utf8') : `[unknown encoding, ${bytes.length} bytes]`;
}

/** Pages are not stored: status and reason say the same. */
function answeredText(res: Response, kind: string, body: unknown, most: number): string {
  const { statusCode } = res;
  const type = String(res.getHeader('content-type') ?? '');
  const whole = Buffer.isBuffer(body) ? body.toString('utf8') : typeof body === 'string' ? body : '';
  if (type.startsWith('text/html') || whole === '') return `HTTP ${statusCode}`;
  if (ANSWERS_TOKEN.test(kind) && type.includes('json'))
    return whole.length > most ? `[cut, ${whole.length} characters]` : redactJson(whole);
  const text = whole.slice(0, most);
  const shown = type.includes('xml') ? redactXml(text) : redactUrls(text);
  return text.length === whole.length ? shown : `${shown}\n[cut, ${whole.length} characters]`;
}

/**
 * One log line per request to our own routes. It holds fixed facts only, never a query, a header, a body or a token
 * (T62).
 */
export function requestLog(log: Logger): RequestHandler {
  return (req, res, next) => {
    const started = process.hrtime.bigint();
    res.once('finish', () => {
      log.info(
        {
          method: req.method,
          path: loggedPath(req.originalUrl),
          status: res.statusCode,
          reference: referenceOf(res),
          ms: Number((process.hrtime.bigint() - started) / 10_000n) / 100,
        },
        'request',
      );
    });
    next();
  };
}
