import { type Outcome, accept, refuseWithNote } from '../../domain/error-codes.js';
import type { AccessTokens } from '../../ports/access/tokens.js';
import type { OAuthClient, OAuthClients, MiddlewareKeys } from '../../ports/access/client-keys.js';
import type { GuessLimits, SecretVerifier } from '../../ports/access/guess-limits.js';
import { limited, type ProvenLately } from './prove-caller.js';
import { type Connection, isInUse } from '../../domain/access/connection.js';
import { PROTOCOL_RULES } from '../../domain/transmission/protocol-rules.js';
import { digestOf } from '../../domain/digest.js';
import type { ConnectionRepository } from '../../ports/access/connection-repository.js';

interface Deps {
  clients: Pick<OAuthClients, 'find'>;
  secrets: SecretVerifier;
  guesses: GuessLimits;
  demoEnabled: boolean;
}

/**
 * Finds the client by id and secret. Takes the same time for an unknown id. Refuses with INVALID_CREDENTIALS, and with
 * RATE_LIMITED after too many failures from `address`.
 */
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
    if (fitting.value !== undefined) return accept(fitting.value);
    const shownId = JSON.stringify(clientId.slice(0, 100));
    if (usable === undefined)
      return refuseWithNote('INVALID_CREDENTIALS', `No OAuth client has the client_id ${shownId}`);
    const { tenantId } = usable.client;
    return refuseWithNote('INVALID_CREDENTIALS', `The client_secret of ${shownId} is wrong`, { owner: { tenantId } });
  };
}

/**
 * Finds the client of a bearer token for a tenant. Refuses with INVALID_CREDENTIALS or INSUFFICIENT_SCOPE. Revoking a
 * client ends its tokens.
 */
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
    if (grant === undefined)
      return refuseWithNote(
        'INVALID_CREDENTIALS',
        token === undefined ? 'There is no access token' : 'The access token is not valid or has expired',
      );
    if (grant.tenantId !== tenantId)
      return refuseWithNote('INVALID_CREDENTIALS', `The access token belongs to another tenant than ${tenantId}`, {
        owner: { tenantId: grant.tenantId },
      });
    const found = await clients.find(grant.clientId);
    if (found === undefined || found.client.tenantId !== tenantId || (found.client.demo && !demoEnabled))
      return refuseWithNote('INVALID_CREDENTIALS', 'The OAuth client of the access token was revoked', {
        owner: { tenantId },
      });
    return grant.scope.split(' ').includes(scope)
      ? accept(found.client)
      : refuseWithNote('INSUFFICIENT_SCOPE', `The access token has the scope ${grant.scope.slice(0, 200)}`, {
          owner: { tenantId },
        });
  };
}

interface MiddlewareDeps {
  keys: Pick<MiddlewareKeys, 'findConnections'>;
  connections: Pick<ConnectionRepository, 'find'>;
  guesses: GuessLimits;
  lately: ProvenLately;
  demoEnabled: boolean;
}

type Opened = [Connection, ...Connection[]];

/**
 * The connections that an api_key opens: at least one, all of one tenant (custom store integration). Wrong keys count
 * as guesses, limited by `address` if there is one. A key with a recent success is not limited.
 */
export function authenticateMiddleware({
  keys,
  connections,
  guesses,
  lately,
  demoEnabled,
}: MiddlewareDeps): (apiKey: string, address?: string) => Promise<Outcome<Opened>> {
  async function openedBy(digest: string): Promise<Opened | undefined> {
    const found = await Promise.all(
      (await keys.findConnections(digest)).map(({ tenantId, connectionId }) =>
        connections.find(tenantId, connectionId),
      ),
    );
    const [first, ...others] = found.filter(
      (connection) =>
        connection !== undefined &&
        PROTOCOL_RULES[connection.protocol].isMiddleware &&
        isInUse(connection, demoEnabled),
    ) as Connection[];
    if (first === undefined) return undefined;
    lately.add('middleware', digest);
    return [first, ...others];
  }

  return async (apiKey, address) => {
    const digest = digestOf(apiKey);
    const guess = {
      name: `middleware ${digest}`,
      secret: '',
      address: lately.has('middleware', digest) ? undefined : address,
    };
    const opened = await limited(guesses, [guess], () => openedBy(digest));
    if (!opened.ok) return opened;
    return opened.value === undefined
      ? refuseWithNote('INVALID_CREDENTIALS', 'The api_key is not known: it is misspelled or was replaced', {
          details: { protocol: 'repost' },
        })
      : accept(opened.value);
  };
}

/** The connection for an `end_customer_id`: the one that lists it, or else the only one that lists none. */
export function connectionFor(connections: readonly Connection[], endCustomerId: number): Connection | undefined {
  const listing = connections.filter(({ settings }) => settings.repost?.endCustomers.includes(endCustomerId) === true);
  const [connection, ...others] =
    listing.length > 0
      ? listing
      : connections.filter(({ settings }) => (settings.repost?.endCustomers ?? []).length === 0);
  return others.length === 0 ? connection : undefined;
}
