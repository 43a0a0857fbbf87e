import { type Connection, isInUse } from '../../domain/access/connection.js';
import { digestOf } from '../../domain/digest.js';
import { type Outcome, accept, refuseWithNote } from '../../domain/error-codes.js';
import type { ApiKey, ApiKeyRepository, ApiScope, OAuthClients } from '../../ports/access/client-keys.js';
import type { ConnectionRepository } from '../../ports/access/connection-repository.js';
import type { AccessTokens, OpenBuyGrant, OpenBuyTokens } from '../../ports/access/tokens.js';

interface Deps {
  apiKeys: Pick<ApiKeyRepository, 'findByDigest'>;
  clients: Pick<OAuthClients, 'find'>;
  connections: Pick<ConnectionRepository, 'find'>;
  tokens: OpenBuyTokens;
  /** Of OAuth clients. */
  accessTokens: Pick<AccessTokens, 'verify'>;
  /** Finds the owner of a key; wrong keys count as guesses. */
  ownerOfKey: (key: string, scope: ApiScope, address?: string) => Promise<Outcome<ApiKey>>;
  demoEnabled: boolean;
}

type AccessGrant = NonNullable<Awaited<ReturnType<AccessTokens['verify']>>>;

/** A buyer's system that searches for one of its people. */
export interface OpenBuyCaller {
  connection: Connection;
  /** Empty: the buyer's system did not say. */
  email: string;
}

export interface OpenBuyAccess {
  /** The connection of a key with the scope `open-buy`. Refuses with INVALID_CREDENTIALS, RATE_LIMITED. */
  prove(credentials: string, address?: string): Promise<Outcome<Connection>>;
  /** A token for one hour. It ends earlier if the key is revoked or the connection is disabled. */
  tokenFor(credentials: string, email: string): Promise<string>;
  /**
   * Who shows a token: one of `tokenFor`, or the access token of an OAuth client with the scope `open-buy`, which names
   * no person. Refuses with INVALID_CREDENTIALS.
   */
  callerOf(token: string | undefined): Promise<Outcome<OpenBuyCaller>>;
}

/** Who may search, and for which connection (open-buy.md 1). */
export function openBuyAccess(deps: Deps): OpenBuyAccess {
  const { apiKeys, clients, connections, tokens, accessTokens, ownerOfKey, demoEnabled } = deps;
  async function connectionOf(
    { tenantId, connectionId = '', name }: Pick<ApiKey, 'tenantId' | 'connectionId' | 'name'>,
    what: 'API key' | 'OAuth client',
  ): Promise<Outcome<Connection>> {
    const connection = await connections.find(tenantId, connectionId);
    if (connection !== undefined && isInUse(connection, demoEnabled)) return accept(connection);
    const state = connection === undefined ? 'does not exist any more' : 'is disabled (punchout connection enable)';
    const note = `The connection ${connectionId} of the ${what} "${name}" ${state}`;
    return refuseWithNote('INVALID_CREDENTIALS', note, { owner: { tenantId } });
  }

  return {
    async prove(credentials, address) {
      const owner = await ownerOfKey(credentials, 'open-buy', address);
      return owner.ok ? connectionOf(owner.value, 'API key') : owner;
    },
    tokenFor: (credentials, email) => tokens.issue({ keyDigest: digestOf(credentials), email }),
    async callerOf(token) {
      if (token === undefined)
        return refuseWithNote(
          'INVALID_CREDENTIALS',
          'There is no token: the header Authorization with "Bearer <token>" is missing',
        );
      const grant = await tokens.verify(token);
      if (grant !== undefined) return callerOfKey(grant);
      const access = await accessTokens.verify(token);
      return access === undefined
        ? refuseWithNote('INVALID_CREDENTIALS', 'The token is not valid or has expired')
        : callerOfClient(access);
    },
  };

  async function callerOfKey({ keyDigest, email }: OpenBuyGrant): Promise<Outcome<OpenBuyCaller>> {
    const owner = await apiKeys.findByDigest(keyDigest);
    if (owner === undefined || !owner.scopes.includes('open-buy') || (owner.demo && !demoEnabled))
      return refuseWithNote('INVALID_CREDENTIALS', 'The API key of the token was revoked or has expired');
    const connection = await connectionOf(owner, 'API key');
    return connection.ok ? accept({ connection: connection.value, email }) : connection;
  }

  async function callerOfClient(grant: AccessGrant): Promise<Outcome<OpenBuyCaller>> {
    const owner = { tenantId: grant.tenantId };
    const client = (await clients.find(grant.clientId))?.client;
    if (client === undefined || client.tenantId !== grant.tenantId || (client.demo && !demoEnabled))
      return refuseWithNote('INVALID_CREDENTIALS', 'The OAuth client of the access token was revoked', { owner });
    const has = (scopes: readonly string[]): boolean => scopes.includes('open-buy');
    if (!has(client.scopes) || !has(grant.scope.split(' ')))
      return refuseWithNote('INVALID_CREDENTIALS', 'The access token has no scope open-buy', { owner });
    const connection = await connectionOf(client, 'OAuth client');
    return connection.ok ? accept({ connection: connection.value, email: '' }) : connection;
  }
}
