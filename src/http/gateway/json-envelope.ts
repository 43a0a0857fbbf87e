import type { Request, Response } from 'express';
import { type ErrorCode, type Refusal, SENTENCES } from '../../domain/error-codes.js';
import { requestLanguage } from '../callers/request-site.js';
import { type DecimalText, formatDecimal, parseDecimal } from '../../domain/decimal.js';
import { statusOf } from '../error-statuses.js';
import { learn } from '../exchange-facts.js';

/** An answer before it is sent: what an Idempotency-Key keeps. */
export interface JsonAnswer {
  status: number;
  /** JSON text. */
  body: string;
  /** `Retry-After`, seconds. */
  retryAfter?: number;
  /** Given again for an Idempotency-Key. */
  replayed?: boolean;
  /** What the answer refuses with. It is not kept for an Idempotency-Key. */
  refusal?: Refusal;
  /** What an Idempotency-Key keeps in place of the body: a secret is shown once. */
  kept?: string;
  /** Version of what the answer shows. */
  etag?: string;
  /** `WWW-Authenticate` of a 401; `Bearer` where absent. */
  challenge?: string;
  /** Of the body, where it is not JSON. */
  contentType?: string;
}

/** PunchFlow's error envelope: German unless Accept-Language says otherwise, details in English keys. */
export function refusalAnswer(req: Request, refusal: Refusal, id?: string): JsonAnswer {
  const seconds = refusal.details?.['retry_after_seconds'];
  return {
    retryAfter: typeof seconds === 'number' ? seconds : undefined,
    status: statusOf('gateway', refusal.code),
    body: JSON.stringify({ success: false, error: errorView(req, refusal, id) }),
    refusal,
  };
}

/** The `error` member of an envelope, and of a batch's single results. */
export function errorView(
  req: Request,
  refusal: Refusal,
  id?: string,
): { code: ErrorCode; message: string; details: object } {
  const message = SENTENCES[refusal.code][requestLanguage(req, 'de') === 'de' ? 'de' : 'en'];
  const details = {
    ...refusal.details,
    error: refusal.details?.['error'] ?? refusal.reason,
    id,
  };
  return { code: refusal.code, message, details };
}

export function dataAnswer(data: object, status = 200): JsonAnswer {
  return { status, body: exactJson({ success: true, data }) };
}

export function sendAnswer(res: Response, answer: JsonAnswer): void {
  const { status, body, replayed, retryAfter, etag, challenge = 'Bearer', contentType, refusal } = answer;
  if (refusal !== undefined) learn(res, { refusal });
  if (retryAfter !== undefined) res.set('Retry-After', String(retryAfter));
  if (status === 503) res.set('Retry-After', '5');
  if (status === 401) res.set('WWW-Authenticate', challenge);
  if (replayed === true) res.set('Idempotent-Replayed', 'true');
  if (etag !== undefined) res.set('ETag', etag);
  res
    .status(status)
    .set('Content-Type', contentType ?? 'application/json; charset=utf-8')
    .send(body);
}

export function sendJsonRefusal(req: Request, res: Response, refusal: Refusal, id?: string): void {
  sendAnswer(res, refusalAnswer(req, refusal, id));
}

export function sendData(res: Response, data: object, status = 200): void {
  sendAnswer(res, dataAnswer(data, status));
}

/** A number that is written into JSON digit by digit as it is: 881510.00 stays 881510.00 and never was a float. */
export class ExactNumber {
  readonly text: string;

  /** Throws a RangeError for what is no decimal text. */
  constructor(text: DecimalText) {
    this.text = formatDecimal(parseDecimal(text));
  }
}

/** JSON text of plain values, in which ExactNumbers stand as number literals. Undefined members are left out. */
export function exactJson(value: unknown): string {
  if (value instanceof ExactNumber) return value.text;
  if (Array.isArray(value)) return `[${value.map(exactJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${exactJson(member)}`).join(',')}}`;
}
