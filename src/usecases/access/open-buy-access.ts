import { type Connection, isInUse } from '../../domain/access/connection.js';
import { digestOf } from '../../domain/digest.js';
import { type Outcome, accept, refuseWithNote } from '../../domain/error-codes.js';
import type { ApiKey, ApiKeyRepository, ApiScope } from '../../ports/access/client-keys.js';
import type { ConnectionRepository } from '../../ports/access/connection-repository.js';
import type { OpenBuyTokens } from '../../ports/access/tokens.js';

interface Deps {
  apiKeys: Pick<ApiKeyRepository, 'findByDigest'>;
  connections: Pick<ConnectionRepository, 'find'>;
  tokens: OpenBuyTokens;
  /** Finds the owner of a key; wrong keys count as guesses. */
  ownerOfKey: (key: string, scope: ApiScope, address?: string) => Promise<Outcome<ApiKey>>;
  demoEnabled: boolean;
}

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
  /** Who shows a token. Refuses with INVALID_CREDENTIALS. */
  callerOf(token: string | undefined): Promise<Outcome<OpenBuyCaller>>;
}

/** Who may search, and for which connection (open-buy.md 1). */
export function openBuyAccess({ apiKeys, connections, tokens, ownerOfKey, demoEnabled }: Deps): OpenBuyAccess {
  async function connectionOf({ tenantId, connectionId = '', name }: ApiKey): Promise<Outcome<Connection>> {
    const connection = await connections.find(tenantId, connectionId);
    if (connection !== undefined && isInUse(connection, demoEnabled)) return accept(connection);
    const state = connection === undefined ? 'does not exist any more' : 'is disabled (punchout connection enable)';
    const note = `The connection ${connectionId} of the API key "${name}" ${state}`;
    return refuseWithNote('INVALID_CREDENTIALS', note, { owner: { tenantId } });
  }

  return {
    async prove(credentials, address) {
      const owner = await ownerOfKey(credentials, 'open-buy', address);
      return owner.ok ? connectionOf(owner.value) : owner;
    },
    tokenFor: (credentials, email) => tokens.issue({ keyDigest: digestOf(credentials), email }),
    async callerOf(token) {
      const grant = token === undefined ? undefined : await tokens.verify(token);
      if (grant === undefined)
        return refuseWithNote(
          'INVALID_CREDENTIALS',
          token === undefined
            ? 'There is no token: the header Authorization with "Bearer <token>" is missing'
            : 'The token is not valid or has expired',
        );
      const owner = await apiKeys.findByDigest(grant.keyDigest);
      if (owner === undefined || !owner.scopes.includes('open-buy') || (owner.demo && !demoEnabled))
        return refuseWithNote('INVALID_CREDENTIALS', 'The API key of the token was revoked or has expired');
      const connection = await connectionOf(owner);
      return connection.ok ? accept({ connection: connection.value, email: grant.email }) : connection;
    },
  };
}
