import type { Connection } from '../../domain/access/connection.js';
import { digestOf } from '../../domain/digest.js';
import { type Outcome, accept, refuse } from '../../domain/error-codes.js';
import type { Protocol } from '../../domain/transmission/transmission.js';
import type { ApiKey, ApiKeyRepository, ApiScope } from '../../ports/access/api-key-repository.js';
import type { ConnectionRepository } from '../../ports/access/connection-repository.js';

interface Deps {
  apiKeys: ApiKeyRepository;
  connections: ConnectionRepository;
  demoEnabled: boolean;
}

/** The tenant behind a Bearer key with the scope that is needed. */
export function authenticateKey(deps: Pick<Deps, 'apiKeys' | 'demoEnabled'>): (key: string | undefined, scope: ApiScope) => Promise<Outcome<ApiKey>> {
  return async (key, scope) => {
    const found = key === undefined || key === '' ? undefined : await deps.apiKeys.findByDigest(digestOf(key));
    const usable = found !== undefined && (deps.demoEnabled || !found.demo) && found.scopes.includes(scope);
    return usable ? accept(found) : refuse('INVALID_CREDENTIALS', undefined, { protocol: 'api_key' });
  };
}

/** The connection that a JSON call-up means: the one it names, else the tenant's only one of that protocol. */
export function chooseConnection(deps: Pick<Deps, 'connections' | 'demoEnabled'>): (tenantId: string, wanted: { protocol: Protocol; connectionId?: string }) => Promise<Outcome<Connection>> {
  return async (tenantId, { protocol, connectionId }) => {
    const usable = (await deps.connections.list(tenantId)).filter((connection) => connection.protocol === protocol && (deps.demoEnabled || !connection.demo));
    const fitting = connectionId === undefined ? usable : usable.filter((connection) => connection.connectionId === connectionId);
    const [only, ...others] = fitting;
    if (only !== undefined && others.length === 0) return accept(only);
    return refuse('INVALID_REQUEST', only === undefined ? `There is no such ${protocol} connection.` : `There are several ${protocol} connections: name one.`, { field: 'connection' });
  };
}
