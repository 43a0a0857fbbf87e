import type { Connection } from '../../domain/access/connection.js';
import { digestOf } from '../../domain/digest.js';
import { type Outcome, accept, refuse } from '../../domain/error-codes.js';
import type { Protocol } from '../../domain/transmission/transmission.js';
import type { ApiKey, ApiKeyRepository, ApiScope } from '../../ports/access/api-key-repository.js';
import type { ConnectionRepository } from '../../ports/access/connection-repository.js';
import type { GuessLimits } from '../../ports/access/guess-limits.js';
import { limited } from './prove-caller.js';
import type { ProvenLately } from './proven-lately.js';

interface KeyDeps {
  apiKeys: ApiKeyRepository;
  guesses: GuessLimits;
  lately: ProvenLately;
  demoEnabled: boolean;
}

interface Deps {
  connections: ConnectionRepository;
  demoEnabled: boolean;
}

/**
 * The tenant behind a Bearer key with the scope that is needed. Wrong keys are guesses, limited by `address`, if there is
 * one; a key that was right lately is not.
 */
export function authenticateKey({
  apiKeys,
  guesses,
  lately,
  demoEnabled,
}: KeyDeps): (key: string | undefined, scope: ApiScope, address?: string) => Promise<Outcome<ApiKey>> {
  async function find(digest: string): Promise<ApiKey | undefined> {
    const found = await apiKeys.findByDigest(digest);
    if (found === undefined || (found.demo && !demoEnabled)) return undefined;
    lately.add('key', digest);
    return found;
  }

  return async (key, scope, address) => {
    const digest = key === undefined || key === '' ? undefined : digestOf(key);
    const guess = {
      name: `key ${digest}`,
      secret: '',
      address: digest === undefined || lately.has('key', digest) ? undefined : address,
    };
    const found = await limited(guesses, [guess], async () => (digest === undefined ? undefined : find(digest)));
    if (!found.ok) return found;
    return found.value?.scopes.includes(scope) === true
      ? accept(found.value)
      : refuse('INVALID_CREDENTIALS', undefined, { protocol: 'api_key' });
  };
}

/** The connection that a JSON call-up means: the one it names, else the tenant's only one of that protocol. */
export function chooseConnection(
  deps: Deps,
): (tenantId: string, wanted: { protocol: Protocol; connectionId?: string }) => Promise<Outcome<Connection>> {
  return async (tenantId, { protocol, connectionId }) => {
    const usable = (await deps.connections.list(tenantId)).filter(
      (connection) => connection.protocol === protocol && (deps.demoEnabled || !connection.demo),
    );
    const fitting =
      connectionId === undefined ? usable : usable.filter((connection) => connection.connectionId === connectionId);
    const [only, ...others] = fitting;
    if (only !== undefined && others.length === 0) return accept(only);
    return refuse(
      'INVALID_REQUEST',
      only === undefined
        ? `There is no such ${protocol} connection.`
        : `There are several ${protocol} connections: name one.`,
      { field: 'connection' },
    );
  };
}
