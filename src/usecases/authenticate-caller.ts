import type { Connection } from '../domain/connection.js';
import { type Outcome, accept, refuse } from '../domain/error-codes.js';
import type { PartyCredential } from '../domain/setup-request.js';
import type { ConnectionCandidate, ConnectionRepository } from '../ports/connection-repository.js';
import type { SecretVerifier } from '../ports/secret-verifier.js';

interface Deps {
  connections: ConnectionRepository;
  secrets: SecretVerifier;
  demoEnabled: boolean;
}

export interface CxmlCaller {
  from: PartyCredential[];
  to: PartyCredential[];
  sender: PartyCredential[];
  sharedSecret?: string;
}

/**
 * Finds the connection of a cXML call-up: the buying organisation by From, proven by the secret in Sender (RULES 2).
 * A refusal never says which part was wrong.
 */
export function authenticateCxml(deps: Deps): (caller: CxmlCaller) => Promise<Outcome<Connection>> {
  return async (caller) => {
    const named = caller.from.find((credential) => credential.type !== 'marketplace') ?? caller.from[0];
    const details = { protocol: 'cxml', domain: named?.domain ?? null };
    const candidates = named === undefined ? [] : await deps.connections.findByCredential({ kind: 'cxml', domain: named.domain, identity: named.identity });
    const fitting = candidates.filter(({ connection }) => isUsable(connection, deps.demoEnabled) && addresses(connection, caller.to));
    const connection = await provenBy(deps.secrets, fitting, caller.sharedSecret ?? '');
    return connection === undefined ? refuse('INVALID_CREDENTIALS', undefined, details) : accept(connection);
  };
}

/** Finds the connection of an OCI call-up by user name and password. */
export function authenticateOci(deps: Deps): (caller: { username: string; password: string }) => Promise<Outcome<Connection>> {
  return async ({ username, password }) => {
    const candidates = username === '' ? [] : await deps.connections.findByCredential({ kind: 'oci', domain: '', identity: username });
    const fitting = candidates.filter(({ connection }) => isUsable(connection, deps.demoEnabled));
    const connection = await provenBy(deps.secrets, fitting, password);
    return connection === undefined ? refuse('INVALID_CREDENTIALS', undefined, { protocol: 'oci' }) : accept(connection);
  };
}

/** Verifies at least once, so that an unknown name takes as long as a wrong secret. */
async function provenBy(secrets: SecretVerifier, candidates: ConnectionCandidate[], secret: string): Promise<Connection | undefined> {
  if (candidates.length === 0) await secrets.verify(secret, []);
  for (const candidate of candidates) {
    if (await secrets.verify(secret, candidate.secretHashes)) return candidate.connection;
  }
  return undefined;
}

function isUsable(connection: Connection, demoEnabled: boolean): boolean {
  return demoEnabled || !connection.demo;
}

function addresses(connection: Connection, to: PartyCredential[]): boolean {
  const expected = connection.settings.cxml.to;
  return expected.length === 0 || expected.some((ours) => to.some((theirs) => sameParty(ours, theirs)));
}

function sameParty(a: PartyCredential, b: PartyCredential): boolean {
  return a.domain.toLowerCase() === b.domain.toLowerCase() && a.identity.toLowerCase() === b.identity.toLowerCase();
}
