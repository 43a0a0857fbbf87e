import { type Outcome, accept, refuse } from '../../domain/error-codes.js';
import type { AccessTokens } from '../../ports/access/tokens.js';
import type { OAuthClient, OAuthClients } from '../../ports/access/client-keys.js';
import type { GuessLimits, SecretVerifier } from '../../ports/access/guess-limits.js';
import { limited } from './prove-caller.js';

interface Deps {
  clients: Pick<OAuthClients, 'find'>;
  secrets: SecretVerifier;
  guesses: GuessLimits;
  demoEnabled: boolean;
}

/** The client of an id and a secret; takes the same time where there is none. Refuses INVALID_CREDENTIALS, and RATE_LIMITED after too many failures from `address`. */
export function authenticateClient({
  clients,
  secrets,
  guesses,
  demoEnabled,
}: Deps): (clientId: string, secret: string, address?: string) => Promise<Outcome<OAuthClient>> {
  return async (clientId, secret, address) => {
    const found = await clients.find(clientId);
    const usable = found !== undefined && (demoEnabled || !found.client.demo) ? found : undefined;
    const hashes = usable?.secretHashes ?? [];
    if (usable !== undefined && secrets.recalls(secret, hashes)) return accept(usable.client);
    const guess = { name: `client ${clientId}`, address, secret };
    const fitting = await limited(guesses, [guess], async () =>
      (await secrets.verify(secret, hashes, guess)) ? usable?.client : undefined,
    );
    if (!fitting.ok) return fitting;
    return fitting.value === undefined ? refuse('INVALID_CREDENTIALS') : accept(fitting.value);
  };
}

/** Who a bearer token proves, for a tenant: INVALID_CREDENTIALS, or INSUFFICIENT_SCOPE. A revoked client's tokens end with it. */
export function authenticateBearer({
  tokens,
  clients,
  demoEnabled,
}: Pick<Deps, 'clients' | 'demoEnabled'> & { tokens: AccessTokens }): (
  token: string | undefined,
  tenantId: string,
  scope: string,
) => Promise<Outcome<OAuthClient>> {
  return async (token, tenantId, scope) => {
    const grant = token === undefined ? undefined : await tokens.verify(token);
    if (grant === undefined || grant.tenantId !== tenantId) return refuse('INVALID_CREDENTIALS');
    const found = await clients.find(grant.clientId);
    if (found === undefined || found.client.tenantId !== tenantId || (found.client.demo && !demoEnabled))
      return refuse('INVALID_CREDENTIALS');
    return grant.scope.split(' ').includes(scope) ? accept(found.client) : refuse('INSUFFICIENT_SCOPE');
  };
}
