import type * as OpenId from 'openid-client';
import { PENDING_MINUTES } from '../domain/access/operator.js';
import type { IdentityProvider, ProviderAnswer, ProviderIdentity } from '../ports/access/identity-provider.js';
import type { OutboundHttp } from '../ports/outbound-http.js';

interface Deps {
  options: { issuer: string; clientId: string; clientSecret: string; name?: string };
  /** Where the provider sends browsers back to. */
  redirectUrl: string;
  send: OutboundHttp;
}

const SCOPE = 'openid email profile';
const ANSWER_MS = 5_000;
const MOST_BYTES = 1024 * 1024;
/**
 * Addresses and algorithms of the provider are read again after this time; its keys whenever an unknown one is used.
 */
const METADATA_MS = 60 * 60_000;

/** Loaded by the first sign-in: most installations have no provider. */
const openIdClient = (): Promise<typeof OpenId> => import('openid-client');

/**
 * A provider of OpenID Connect (Core 1.0, code flow with PKCE, RFC 7636). Its answers are bounded in time and size, and
 * redirects are not followed. The ID token's signature is checked with the provider's keys, even though the token comes
 * from the provider itself.
 */
export function openIdConnect({ options, redirectUrl, send }: Deps): IdentityProvider {
  const { issuer, clientId, clientSecret, name = new URL(issuer).host } = options;
  let read: { configuration: Promise<OpenId.Configuration>; at: number } | undefined;

  async function discovered(): Promise<OpenId.Configuration> {
    const client = await openIdClient();
    const mayBeHttp = issuer.startsWith('http:') ? [client.allowInsecureRequests] : [];
    return client.discovery(new URL(issuer), clientId, undefined, authentication(client, clientSecret), {
      [client.customFetch]: boundedFetch(send),
      execute: [...mayBeHttp, client.enableNonRepudiationChecks],
    });
  }

  function configuration(): Promise<OpenId.Configuration> {
    if (read !== undefined && performance.now() - read.at < METADATA_MS) return read.configuration;
    const fresh = discovered();
    read = { configuration: fresh, at: performance.now() };
    fresh.catch(() => {
      read = undefined;
    });
    return fresh;
  }

  return {
    name,
    signInAddress: ({ state, nonce, codeVerifier }, fresh) =>
      answering(async () => {
        const client = await openIdClient();
        const parameters: Record<string, string> = {
          redirect_uri: redirectUrl,
          scope: SCOPE,
          state,
          nonce,
          code_challenge: await client.calculatePKCECodeChallenge(codeVerifier),
          code_challenge_method: 'S256',
          ...(fresh ? { prompt: 'login', max_age: '0' } : {}),
        };
        return client.buildAuthorizationUrl(await configuration(), parameters).href;
      }),
    identify: (query, { state, nonce, codeVerifier }, fresh) =>
      answering(async () => {
        const client = await openIdClient();
        const known = await configuration();
        const tokens = await client.authorizationCodeGrant(known, new URL(`${redirectUrl}?${query}`), {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: codeVerifier,
          idTokenExpected: true,
          // The password is asked for when the sign-in begins, and a sign-in may take this long.
          maxAge: fresh ? PENDING_MINUTES * 60 : undefined,
        });
        const token = tokens.claims();
        if (token === undefined) throw new Error('there is no ID token');
        // Many providers keep the e-mail out of the ID token.
        const more =
          token['email'] === undefined && known.serverMetadata().userinfo_endpoint !== undefined
            ? await client.fetchUserInfo(known, tokens.access_token, token.sub)
            : {};
        return identityOf(token, more);
      }),
  };
}

type Claims = Readonly<Record<string, unknown>>;

/** A claim of the ID token wins over the same claim of the userinfo endpoint. */
function identityOf(token: Claims, more: Claims): ProviderIdentity {
  const claims: Claims = { ...more, ...token };
  // Both come from one source: userinfo must not confirm the address of the ID token, nor the other way round.
  const { email, email_verified: verified } = token['email'] === undefined ? more : token;
  const { name, auth_time: authTime } = claims;
  return {
    email: typeof email === 'string' ? email : undefined,
    emailVerified: verified === true,
    name: typeof name === 'string' ? name : undefined,
    authenticatedAt: typeof authTime === 'number' ? new Date(authTime * 1000) : undefined,
    claims,
  };
}

/** HTTP Basic, as every provider must support it; the secret in the body if the provider does not list Basic. */
function authentication(client: typeof OpenId, secret: string): OpenId.ClientAuth {
  const [basic, post] = [client.ClientSecretBasic(secret), client.ClientSecretPost(secret)];
  return (server, ...rest) => {
    const known = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    return (known.includes('client_secret_basic') ? basic : post)(server, ...rest);
  };
}

/** No answer came, or one that says that the provider itself is at fault. */
class Unreachable extends Error {}

function boundedFetch(send: OutboundHttp): OpenId.CustomFetch {
  return async (url, { method, headers, body }) => {
    if (method !== 'GET' && method !== 'POST') throw new TypeError(`unexpected method ${method}`);
    const text = body instanceof URLSearchParams || typeof body === 'string' ? String(body) : undefined;
    const request = { method, url, headers, timeoutMs: ANSWER_MS, maxAnswerBytes: MOST_BYTES, body: text } as const;
    const answer = await send(request).catch((error: unknown) => {
      throw new Unreachable(`${new URL(url).origin}: ${messageOf(error)}`, { cause: error });
    });
    if (answer.status >= 500) throw new Unreachable(`${new URL(url).origin} answers ${answer.status}`);
    return new Response(answer.status === 204 || answer.status === 304 ? null : answer.body, {
      status: answer.status,
      headers: answer.headers,
    });
  };
}

/** If the provider fails or its answer is wrong, this is returned as a fault and not thrown. */
async function answering<T>(ask: () => Promise<T>): Promise<ProviderAnswer<T>> {
  try {
    return { ok: true, value: await ask() };
  } catch (error) {
    const causes = causesOf(error);
    const kind = causes.some((cause) => cause instanceof Unreachable) ? 'unreachable' : 'refused';
    return { ok: false, fault: { kind, reason: causes.map(messageOf).join(': ').slice(0, 500) } };
  }
}

function causesOf(error: unknown): Error[] {
  if (!(error instanceof Error)) return [];
  return [error, ...causesOf(error.cause)];
}

/** With the provider's own word for it (RFC 6749, 5.2), where there is one. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error';
  return 'error' in error && typeof error.error === 'string' ? `${error.message} (${error.error})` : error.message;
}
