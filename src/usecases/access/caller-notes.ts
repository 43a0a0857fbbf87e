import type { PartyCredential } from '../../domain/transmission/setup-request.js';
import type { ConnectionCandidate } from '../../ports/access/connection-repository.js';

/** What was wrong with the proof of a caller whose names fit. */
export function secretNote(
  fitting: ConnectionCandidate[],
  { madeWith, sharedSecrets }: { madeWith?: unknown; sharedSecrets: readonly unknown[] },
): string {
  if (madeWith !== undefined && sharedSecrets.length === 0) {
    return fitting.some(({ connection }) => connection.settings.cxml.allowMac === true)
      ? 'Sender: the CredentialMac is wrong'
      : 'Sender: the connection takes no CredentialMac (cxml.allowMac)';
  }
  return sharedSecrets.length === 0 ? 'Sender: there is no SharedSecret' : 'Sender: the SharedSecret is wrong';
}

/** Undefined if no connection is disabled. */
export function disabledNote(candidates: readonly ConnectionCandidate[], place: string): string | undefined {
  const [disabled] = candidates.filter(({ connection }) => connection.disabledAt !== undefined);
  return disabled === undefined
    ? undefined
    : `${place}connection ${disabled.connection.connectionId} is disabled (punchout connection enable)`;
}

/** For a note: domains and identities, never secrets. */
export function namesOf(party: readonly PartyCredential[]): string {
  return party.length === 0
    ? '(none)'
    : party
        .slice(0, 3)
        .map(({ domain, identity }) => `${domain.slice(0, 60)} "${identity.slice(0, 100)}"`)
        .join(', ');
}
