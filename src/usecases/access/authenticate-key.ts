import { type Connection, isInUse } from '../../domain/access/connection.js';
import { digestOf } from '../../domain/digest.js';
import { type Outcome, accept, refuse, refuseWithNote } from '../../domain/error-codes.js';
import type { Protocol } from '../../domain/transmission/protocol.js';
import type { ApiKey, ApiKeyRepository, ApiScope, MiddlewareKeys } from '../../ports/access/client-keys.js';
import type { ConnectionRepository } from '../../ports/access/connection-repository.js';
import type { GuessLimits } from '../../ports/access/guess-limits.js';
import { limited, type ProvenLately } from './prove-caller.js';
import type { TransferPayload } from '../../domain/transmission/transfer-payload.js';

interface KeyDeps {
  apiKeys: ApiKeyRepository;
  guesses: GuessLimits;
  lately: ProvenLately;
  demoEnabled: boolean;
}

const NO_KEY = 'There is no API key: the header Authorization with "Bearer <key>" is missing';
const UNKNOWN_KEY = 'The API key is not known: it is misspelled, was revoked or has expired';

interface Deps {
  connections: ConnectionRepository;
  demoEnabled: boolean;
}

/**
 * Finds the tenant of a Bearer key with the required scope. Wrong keys count as guesses, limited by `address` if there
 * is one. A key with a recent success is not limited.
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
    const owner = found.value;
    if (owner?.scopes.includes(scope) === true) return accept(owner);
    const details = { protocol: 'api_key' };
    if (owner !== undefined) {
      const note = `The API key "${owner.name}" (${owner.keyId}) lacks the scope ${scope}`;
      return refuseWithNote('INVALID_CREDENTIALS', note, { details, owner: { tenantId: owner.tenantId } });
    }
    return refuseWithNote('INVALID_CREDENTIALS', digest === undefined ? NO_KEY : UNKNOWN_KEY, { details });
  };
}

/** The connection for a JSON call-up: the one it names, or else the tenant's only one of that protocol. */
export function chooseConnection(
  deps: Deps,
): (tenantId: string, wanted: { protocol: Protocol; connectionId?: string }) => Promise<Outcome<Connection>> {
  return async (tenantId, { protocol, connectionId }) => {
    const usable = (await deps.connections.list(tenantId)).filter(
      (connection) => connection.protocol === protocol && isInUse(connection, deps.demoEnabled),
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

/**
 * Adds the api_key to a shown form, as in Punchout Rocket's example. Only for a connection that allows it, because the
 * buyer's browser sees the key (architecture.md decision 14). The stored payload never contains it.
 */
export function addApiKey({
  keys,
}: {
  keys: Pick<MiddlewareKeys, 'recoverable'>;
}): (connection: Connection, shown: Outcome<TransferPayload>) => Promise<Outcome<TransferPayload>> {
  return async ({ tenantId, connectionId, settings }, shown) => {
    if (!shown.ok || shown.value.kind !== 'repost' || settings.repost?.sendApiKey !== true) return shown;
    const key = await keys.recoverable(tenantId, connectionId);
    return key === undefined
      ? shown
      : accept({ ...shown.value, fields: [{ name: 'api_key', value: key }, ...shown.value.fields] });
  };
}
