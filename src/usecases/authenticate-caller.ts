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

/** Credentials of one party that are looked up; more are a sender's mistake, and work for us. */
const MAX_CREDENTIALS = 10;

/**
 * Finds the connection of a cXML call-up: the buying organisation by every credential of From that we know, which must not
 * contradict each other, proven by the secret in Sender (RULES 2). A refusal never says which part was wrong.
 */
export function authenticateCxml(deps: Deps): (caller: CxmlCaller) => Promise<Outcome<Connection>> {
  return async (caller) => {
    const own = caller.from.filter((credential) => credential.type !== 'marketplace');
    const named = (own.length === 0 ? caller.from : own).slice(0, MAX_CREDENTIALS);
    const details = { protocol: 'cxml', domain: named[0]?.domain ?? null };
    const candidates = isAmbiguous(named) ? [] : await meantByAll(deps.connections, named);
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

/** Two names in one domain: nobody can say which organisation is meant. */
function isAmbiguous(named: readonly PartyCredential[]): boolean {
  return named.some((a) => named.some((b) => a.domain.toLowerCase() === b.domain.toLowerCase() && !sameParty(a, b)));
}

/** Credentials that nobody has told us of are passed over; those we know must lead to the same connections. */
async function meantByAll(connections: ConnectionRepository, named: readonly PartyCredential[]): Promise<ConnectionCandidate[]> {
  const found = await Promise.all(named.map(({ domain, identity }) => connections.findByCredential({ kind: 'cxml', domain, identity })));
  const [first = [], ...others] = found.filter((candidates) => candidates.length > 0);
  return first.filter((candidate) => others.every((list) => list.some((other) => isSame(other.connection, candidate.connection))));
}

function isSame(a: Connection, b: Connection): boolean {
  return a.tenantId === b.tenantId && a.connectionId === b.connectionId;
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
