import { type Outcome, accept, refuse } from '../../domain/error-codes.js';
import type { AccessTokens } from '../../ports/access/access-tokens.js';
import type { OAuthClient, OAuthClients } from '../../ports/access/oauth-clients.js';
import type { SecretVerifier } from '../../ports/access/secret-verifier.js';

interface Deps {
  clients: Pick<OAuthClients, 'find'>;
  secrets: SecretVerifier;
  demoEnabled: boolean;
}

/** The client of an id and a secret; takes the same time where there is none. */
export function authenticateClient({ clients, secrets, demoEnabled }: Deps): (clientId: string, secret: string) => Promise<OAuthClient | undefined> {
  return async (clientId, secret) => {
    const found = await clients.find(clientId);
    const usable = found !== undefined && (demoEnabled || !found.client.demo) ? found : undefined;
    return (await secrets.verify(secret, usable?.secretHashes ?? [])) ? usable?.client : undefined;
  };
}

/** Who a bearer token proves, for a tenant: INVALID_CREDENTIALS, or INSUFFICIENT_SCOPE. A revoked client's tokens end with it. */
export function authenticateBearer({ tokens, clients, demoEnabled }: Pick<Deps, 'clients' | 'demoEnabled'> & { tokens: AccessTokens }): (token: string | undefined, tenantId: string, scope: string) => Promise<Outcome<OAuthClient>> {
  return async (token, tenantId, scope) => {
    const grant = token === undefined ? undefined : await tokens.verify(token);
    if (grant === undefined || grant.tenantId !== tenantId) return refuse('INVALID_CREDENTIALS');
    const found = await clients.find(grant.clientId);
    if (found === undefined || found.client.tenantId !== tenantId || (found.client.demo && !demoEnabled)) return refuse('INVALID_CREDENTIALS');
    return grant.scope.split(' ').includes(scope) ? accept(found.client) : refuse('INSUFFICIENT_SCOPE');
  };
}
