import type { Request, RequestHandler, Response } from 'express';
import type { ErrorCode, Outcome, Refusal } from '../../domain/error-codes.js';
import type { AccessTokens } from '../../ports/access/tokens.js';
import type { OAuthClient } from '../../ports/access/client-keys.js';
import { setRetryAfter } from '../answers/error-answers.js';
import { learn } from '../exchange-facts.js';

interface Deps {
  authenticate: (clientId: string, secret: string, address: string | undefined) => Promise<Outcome<OAuthClient>>;
  guessAddress: (req: Request) => string | undefined;
  /** Called for requests with valid credentials. */
  proven: (req: Request) => void;
  tokens: Pick<AccessTokens, 'issue'>;
  knownScopes: readonly string[];
}

type Problem = 'invalid_request' | 'invalid_client' | 'unsupported_grant_type' | 'invalid_scope';

const LONGEST_CREDENTIAL = 512;

/** `POST /oauth/token`: client credentials (RFC 6749, 4.4), by Basic authentication or in the form. */
export function tokenRoute({ authenticate, guessAddress, proven, tokens, knownScopes }: Deps): RequestHandler {
  return async (req, res) => {
    res.set({ 'Cache-Control': 'no-store', Pragma: 'no-cache' });
    if (req.is('application/x-www-form-urlencoded') === false || !Buffer.isBuffer(req.body))
      return sendProblem(res, 'invalid_request', 'The body must be a form (application/x-www-form-urlencoded).');
    const form = new URLSearchParams(req.body.toString('utf8'));
    const twice = [...new Set(form.keys())].find((name) => form.getAll(name).length > 1);
    if (twice !== undefined) return sendProblem(res, 'invalid_request', 'A parameter is repeated.');

    const header = req.get('authorization');
    const basic = header === undefined ? undefined : basicCredentials(header);
    const inForm = given(form, 'client_secret') !== undefined;
    if (header !== undefined && inForm)
      return sendProblem(res, 'invalid_request', 'Send the credentials in the header or in the form, not in both.');
    const [clientId = '', secret = ''] =
      header === undefined ? [given(form, 'client_id'), given(form, 'client_secret')] : (basic ?? []);
    const named = given(form, 'client_id');
    if (basic !== undefined && named !== undefined && named !== basic[0])
      return sendProblem(res, 'invalid_request', 'client_id differs from the header.');
    const usable =
      clientId !== '' &&
      secret !== '' &&
      clientId.length <= LONGEST_CREDENTIAL &&
      secret.length <= LONGEST_CREDENTIAL &&
      !`${clientId}${secret}`.includes('\0');
    const found = usable ? await authenticate(clientId, secret, guessAddress(req)) : undefined;
    if (found?.ok === false && found.refusal.code === 'RATE_LIMITED') {
      setRetryAfter(res, found.refusal);
      const reason = found.refusal.reason ?? 'Too many requests.';
      return sendProblem(res, 'temporarily_unavailable', reason, 429, found.refusal);
    }
    if (found?.ok !== true)
      return sendProblem(res, 'invalid_client', 'The client credentials are not valid.', 401, found?.refusal);
    proven(req);
    const client = found.value;
    learn(res, { connection: { tenantId: client.tenantId } });

    const grantType = given(form, 'grant_type');
    if (grantType === undefined) return sendProblem(res, 'invalid_request', 'grant_type is missing.');
    if (grantType !== 'client_credentials')
      return sendProblem(res, 'unsupported_grant_type', 'Only client_credentials.');
    const wanted =
      given(form, 'scope')
        ?.split(' ')
        .filter((scope) => scope !== '') ?? client.scopes;
    const strange = wanted.find((scope) => !knownScopes.includes(scope) || !client.scopes.some((own) => own === scope));
    if (strange !== undefined)
      return sendProblem(res, 'invalid_scope', 'The client does not have one of these scopes.');

    const scope = [...new Set(wanted)].join(' ');
    const { token, expiresInSeconds } = await tokens.issue({
      tenantId: client.tenantId,
      clientId: client.clientId,
      scope,
    });
    res.json({ access_token: token, token_type: 'Bearer', expires_in: expiresInSeconds, scope });
  };
}

/** RFC 6749, 5.2. */
export function sendProblem(
  res: Response,
  error: Problem | 'server_error' | 'temporarily_unavailable',
  description: string,
  status = error === 'invalid_client' ? 401 : 400,
  refusal: Refusal = { code: codeOf(error, status), reason: description },
): void {
  learn(res, { refusal });
  if (status === 401) res.set('WWW-Authenticate', 'Basic realm="oauth", charset="UTF-8"');
  if (status === 503) res.set('Retry-After', '5');
  res
    .status(status)
    .set({ 'Cache-Control': 'no-store', Pragma: 'no-cache' })
    .json({ error, error_description: description });
}

function codeOf(error: Parameters<typeof sendProblem>[1], status: number): ErrorCode {
  if (error === 'invalid_client') return 'INVALID_CREDENTIALS';
  if (error === 'invalid_scope') return 'INSUFFICIENT_SCOPE';
  if (error === 'server_error') return 'INTERNAL_ERROR';
  if (error === 'temporarily_unavailable') return status === 429 ? 'RATE_LIMITED' : 'SERVICE_UNAVAILABLE';
  return status === 413 ? 'REQUEST_TOO_LARGE' : 'INVALID_REQUEST';
}

/** A parameter without a value counts as not sent (RFC 6749, 3.2). */
function given(form: URLSearchParams, name: string): string | undefined {
  const value = form.get(name);
  return value === null || value === '' ? undefined : value;
}

/** Both parts are form-encoded before they are joined (RFC 6749, 2.3.1). */
function basicCredentials(header: string): [clientId: string, secret: string] | undefined {
  const pair = /^Basic +([A-Za-z0-9+/]+={0,2}) *$/i.exec(header)?.[1];
  const [, clientId, secret] = /^([^:]*):([\s\S]*)$/.exec(Buffer.from(pair ?? '', 'base64').toString('utf8')) ?? [];
  if (clientId === undefined || secret === undefined) return undefined;
  return [formDecoded(clientId), formDecoded(secret)];
}

function formDecoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
