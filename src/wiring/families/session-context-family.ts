import type { RequestHandler } from 'express';
import { managedRoutes } from '../../http/session-context/managed-routes.js';
import { ownRoutes } from '../../http/session-context/own-routes.js';
import {
  SESSION_CONTEXT_PREFIX,
  TOKEN_PREFIX,
  sessionContextRouter,
  tokenRouter,
} from '../../http/session-context/router.js';
import { tokenRoute } from '../../http/session-context/token-route.js';
import { OAUTH_SCOPES } from '../../ports/access/client-keys.js';
import { authenticateBearer, authenticateClient } from '../../usecases/access/authenticate-client.js';
import { contextAttributes } from '../../usecases/context/read-context.js';
import { addressesOf, type BrowserSide, frontendOrigins } from './browser-side.js';
import type { Parts } from '../shared-use-cases.js';

type SessionContextParts = Pick<
  Parts,
  | 'accessTokens'
  | 'admission'
  | 'customerTokens'
  | 'guesses'
  | 'log'
  | 'oauthClients'
  | 'options'
  | 'secrets'
  | 'readBody'
  | 'sessionContext'
  | 'tenants'
  | 'verifier'
>;

/** `/session-context` (session context) and `/oauth/token`, by prefix. */
export function sessionContextFamily(
  parts: SessionContextParts,
  { sessions, cors }: BrowserSide,
): Record<string, RequestHandler> {
  const {
    sessionContext,
    oauthClients: clients,
    accessTokens: tokens,
    customerTokens: customers,
    tenants,
    log,
  } = parts;
  const { demoEnabled, publicUrl } = addressesOf(parts);
  const calls = { ...sessionContext, customers, attributes: contextAttributes(sessionContext) };
  const shared = { limitAddress: parts.admission.limitAddress, readBody: parts.readBody, log };
  return {
    [SESSION_CONTEXT_PREFIX]: sessionContextRouter({
      managed: managedRoutes({
        ...calls,
        proven: parts.admission.proven,
        authenticate: authenticateBearer({ tokens, clients, demoEnabled }),
      }),
      own: ownRoutes({
        ...calls,
        proven: parts.admission.proven,
        sessions,
        cors,
        publicOrigin: publicUrl,
        frontendOrigins: frontendOrigins(tenants),
      }),
      ...shared,
    }),
    [TOKEN_PREFIX]: tokenRouter({
      token: tokenRoute({
        authenticate: authenticateClient({ clients, secrets: parts.verifier, guesses: parts.guesses, demoEnabled }),
        guessAddress: parts.admission.guessAddress,
        proven: parts.admission.proven,
        tokens,
        knownScopes: OAUTH_SCOPES,
      }),
      ...shared,
    }),
  };
}
