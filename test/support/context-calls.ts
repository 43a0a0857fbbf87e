import type { RunningShop } from './running-shop.js';
import type { Answer } from './web-client.js';

export const CLIENT = { id: 'demo-client', secret: 'demo-client-secret' };
export const EXAMPLE_ID = '62528895-b561-4518-bfdc-2cbf52a07845';

export function tokenCall(
  shop: Pick<RunningShop, 'browser'>,
  form: Record<string, string> | string = {},
  headers: Record<string, string> = {},
): Promise<Answer> {
  return shop.browser().send('/oauth/token', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body: typeof form === 'string' ? form : new URLSearchParams(form).toString(),
  });
}

export function basic(id = CLIENT.id, secret = CLIENT.secret): Record<string, string> {
  return { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` };
}

/** An access token of the demo's client, or of another client. */
export async function accessToken(shop: Pick<RunningShop, 'browser'>, client = CLIENT): Promise<string> {
  const answer = await tokenCall(shop, {
    grant_type: 'client_credentials',
    client_id: client.id,
    client_secret: client.secret,
  });
  if (answer.status !== 200) throw new Error(answer.text);
  return answer.json().access_token;
}

export function contextPath(sessionId: string, tenant = 'demo'): string {
  return `/session-context/${tenant}/context/${encodeURIComponent(sessionId)}`;
}

export interface ContextCall {
  method?: string;
  token?: string | undefined;
  body?: unknown;
  headers?: Record<string, string>;
}

/** Any call of the family, by default with the access token of the demo's client. */
export async function contextCall(
  shop: Pick<RunningShop, 'browser'>,
  path: string,
  { method = 'GET', body, headers = {}, ...rest }: ContextCall = {},
): Promise<Answer> {
  const token = 'token' in rest ? rest.token : await accessToken(shop);
  return shop.browser().send(path, {
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
}

export function putContext(
  shop: Pick<RunningShop, 'browser'>,
  sessionId: string,
  body: unknown,
  { upsert, ...call }: ContextCall & { upsert?: string; tenant?: string } = {},
): Promise<Answer> {
  return contextCall(shop, `${contextPath(sessionId, call.tenant)}${upsert === undefined ? '' : `?upsert=${upsert}`}`, {
    ...call,
    method: 'PUT',
    body,
  });
}
