import type { Response } from 'express';
import { ERROR_CODES, type ErrorCode, type Refusal } from '../../domain/error-codes.js';
import { setRetryAfter } from '../answers/error-answers.js';
import { statusOf } from '../error-statuses.js';
import { learn } from '../exchange-facts.js';

/** Punchout Rocket's words, and its own sentence where it has one; a middleware written to it knows no others. */
const WORDS: Partial<Record<ErrorCode, { error_code: string; message?: string }>> = {
  INVALID_CREDENTIALS: { error_code: 'unauthorized', message: 'The api_key is not valid' },
  CLONE_REFUSED: { error_code: 'sso_unavailable', message: 'Cannot generate SSO token for this user' },
};

/** Says no in the dialect of the custom store integration. Never with what was sent: it holds the api_key. */
export function sendRefusal(res: Response, refusal: Refusal, id?: string): void {
  const { code, reason } = refusal;
  learn(res, { refusal });
  const status = statusOf('customStore', code);
  setRetryAfter(res, refusal);
  const { error_code, message } = WORDS[code] ?? { error_code: status >= 500 ? 'internal_error' : 'invalid_request' };
  const sentence =
    message ??
    (code === 'RETURN_URL_REFUSED'
      ? `Invalid field: gateway_base_url. ${reason ?? ERROR_CODES[code]}`
      : (reason ?? ERROR_CODES[code]));
  res
    .status(status)
    .json({ status: 'error', error_code, message: id === undefined ? sentence : `${sentence} Reference: ${id}` });
}
