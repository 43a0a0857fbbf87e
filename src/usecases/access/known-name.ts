import { isPossibleName } from '../../domain/access/party-match.js';
import type { ConnectionRepository, CredentialName } from '../../ports/access/connection-repository.js';

/** Whether one of a caller's names is registered. It proves nothing: only what a caller may cost depends on it. */
export function knownName(
  connections: Pick<ConnectionRepository, 'findByCredential'>,
): (names: readonly CredentialName[]) => Promise<boolean> {
  return async (names) => {
    for (const name of names.filter(isPossibleName))
      if ((await connections.findByCredential(name)).length > 0) return true;
    return false;
  };
}
