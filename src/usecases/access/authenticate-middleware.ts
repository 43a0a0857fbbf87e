import type { Connection } from '../../domain/access/connection.js';
import { digestOf } from '../../domain/digest.js';
import { type Outcome, accept, refuse } from '../../domain/error-codes.js';
import type { ConnectionRepository } from '../../ports/access/connection-repository.js';
import type { GuessLimits } from '../../ports/access/guess-limits.js';
import type { MiddlewareKeys } from '../../ports/access/client-keys.js';
import { limited, type ProvenLately } from './prove-caller.js';

interface Deps {
  keys: Pick<MiddlewareKeys, 'findConnections'>;
  connections: Pick<ConnectionRepository, 'find'>;
  guesses: GuessLimits;
  lately: ProvenLately;
  demoEnabled: boolean;
}

type Opened = [Connection, ...Connection[]];

/**
 * The connections that an api_key opens, one at least, all of one tenant (source 004). Wrong keys are guesses, limited by
 * `address`, if there is one; a key that was right lately is not.
 */
export function authenticateMiddleware({
  keys,
  connections,
  guesses,
  lately,
  demoEnabled,
}: Deps): (apiKey: string, address?: string) => Promise<Outcome<Opened>> {
  async function openedBy(digest: string): Promise<Opened | undefined> {
    const found = await Promise.all(
      (await keys.findConnections(digest)).map(({ tenantId, connectionId }) =>
        connections.find(tenantId, connectionId),
      ),
    );
    const [first, ...others] = found.filter(
      (connection) => connection !== undefined && connection.protocol === 'repost' && (demoEnabled || !connection.demo),
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
      ? refuse('INVALID_CREDENTIALS', undefined, { protocol: 'repost' })
      : accept(opened.value);
  };
}

/** The one that an `end_customer_id` means: the one that lists it, else the only one that lists none. */
export function connectionFor(connections: readonly Connection[], endCustomerId: number): Connection | undefined {
  const listing = connections.filter(({ settings }) => settings.repost?.endCustomers.includes(endCustomerId) === true);
  const [connection, ...others] =
    listing.length > 0
      ? listing
      : connections.filter(({ settings }) => (settings.repost?.endCustomers ?? []).length === 0);
  return others.length === 0 ? connection : undefined;
}
