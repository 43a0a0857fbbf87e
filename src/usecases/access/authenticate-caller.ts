import type { Connection } from '../../domain/access/connection.js';
import { type Outcome, accept, refuse } from '../../domain/error-codes.js';
import { MAX_CREDENTIALS, MAX_NAME_LENGTH, agrees, isAmbiguous, isPossibleName, ownCredentials } from '../../domain/access/party-match.js';
import type { PartyCredential } from '../../domain/transmission/setup-request.js';
import type { ConnectionCandidate, ConnectionRepository } from '../../ports/access/connection-repository.js';
import type { Guess, GuessLimits } from '../../ports/access/guess-limits.js';
import type { SecretVerifier } from '../../ports/access/secret-verifier.js';

interface Deps {
  connections: Pick<ConnectionRepository, 'findByCredential' | 'recoverableSecrets'>;
  secrets: SecretVerifier;
  guesses: GuessLimits;
  demoEnabled: boolean;
}

export interface CxmlCaller {
  from: PartyCredential[];
  to: PartyCredential[];
  sender: PartyCredential[];
  sharedSecret?: string;
  /** A CredentialMac in place of the secret: whether it was made with this one, and holds at this moment. */
  madeWith?: (secret: string) => boolean;
  /** Where the call comes from; undefined: its guesses are not limited. */
  address?: string | undefined;
}

/**
 * Finds the connection of a cXML call-up: the buying organisation by every credential of From and Sender that we know, which must not
 * contradict each other, addressed as the connection says, and proven by the secret in Sender (RULES 2, SECURITY T27).
 * A refusal never says which part was wrong. Names that are too long to be registered are refused before any look-up.
 */
export function authenticateCxml(deps: Deps): (caller: CxmlCaller) => Promise<Outcome<Connection>> {
  return async (caller) => {
    const from = ownCredentials(caller.from);
    const sender = ownCredentials(caller.sender);
    const details = { protocol: 'cxml', domain: from[0]?.domain.slice(0, MAX_NAME_LENGTH) ?? null };
    if (![...from, ...sender].every(isPossibleName)) return refuse('INVALID_CREDENTIALS', undefined, details);
    const doubtful = isAmbiguous(from) || isAmbiguous(sender);
    const candidates = doubtful ? [] : await meantByAll(deps.connections, from);
    const agreeing = candidates.filter(({ connection: { settings, ...connection } }) => {
      const expected = settings.cxml;
      return (deps.demoEnabled || !connection.demo) && agrees(expected.to, caller.to) && agrees(expected.sender ?? [], caller.sender);
    });
    const fitting = await withoutForeignSender(deps.connections, agreeing, sender);
    const { madeWith, sharedSecret = '', address } = caller;
    const guess = { name: JSON.stringify(from.map(({ domain, identity }) => [domain.toLowerCase(), identity.toLowerCase()])), address };
    const proven = madeWith === undefined ? await provenBySecret(deps, fitting, sharedSecret, guess) : await limited(deps.guesses, guess, () => provenByMac(deps.connections, fitting, madeWith));
    return proven.ok && proven.value === undefined ? refuse('INVALID_CREDENTIALS', undefined, details) : (proven as Outcome<Connection>);
  };
}

/** Finds the connection of an OCI call-up by user name and password. A name that is too long to be registered is refused before any look-up. */
export function authenticateOci(deps: Deps): (caller: { username: string; password: string; address?: string | undefined }) => Promise<Outcome<Connection>> {
  return async ({ username, password, address }) => {
    if (!isPossibleName({ domain: '', identity: username })) return refuse('INVALID_CREDENTIALS', undefined, { protocol: 'oci' });
    const candidates = username === '' ? [] : await deps.connections.findByCredential({ kind: 'oci', domain: '', identity: username });
    const fitting = candidates.filter(({ connection }) => deps.demoEnabled || !connection.demo);
    const proven = await provenBySecret(deps, fitting, password, { name: username.toLowerCase(), address });
    return proven.ok && proven.value === undefined ? refuse('INVALID_CREDENTIALS', undefined, { protocol: 'oci' }) : (proven as Outcome<Connection>);
  };
}

/** Credentials that nobody has told us of are passed over; those we know must lead to the same connections. */
async function meantByAll(connections: Deps['connections'], named: readonly PartyCredential[]): Promise<ConnectionCandidate[]> {
  const found = await Promise.all(named.slice(0, MAX_CREDENTIALS).map((credential) => meantBy(connections, credential)));
  const [first = [], ...others] = found.filter((candidates) => candidates.length > 0);
  return first.filter((candidate) => others.every((list) => contains(list, candidate)));
}

/** By the identity exactly as it was registered; where nobody has it so, without regard to letter case (RULES 2). */
async function meantBy(connections: Deps['connections'], { domain, identity }: PartyCredential): Promise<ConnectionCandidate[]> {
  const found = await connections.findByCredential({ kind: 'cxml', domain, identity });
  const exact = found.filter((candidate) => candidate.identity === identity);
  return exact.length > 0 ? exact : found;
}

/** A Sender that we know as another organisation speaks for nobody else, unless the connection names it as its hub. */
async function withoutForeignSender(connections: Deps['connections'], candidates: ConnectionCandidate[], sender: readonly PartyCredential[]): Promise<ConnectionCandidate[]> {
  if (candidates.length === 0) return candidates;
  const known = (await Promise.all(sender.slice(0, MAX_CREDENTIALS).map((credential) => meantBy(connections, credential)))).filter((list) => list.length > 0);
  return candidates.filter((candidate) => (candidate.connection.settings.cxml.sender ?? []).length > 0 || known.every((list) => contains(list, candidate)));
}

function contains(list: readonly ConnectionCandidate[], { connection }: ConnectionCandidate): boolean {
  return list.some((other) => other.connection.tenantId === connection.tenantId && other.connection.connectionId === connection.connectionId);
}

/** Verifies at least once, so that an unknown name takes as long as a wrong secret. A caller that has proven itself lately is not limited, and waits for nobody. */
async function provenBySecret({ secrets, guesses }: Pick<Deps, 'secrets' | 'guesses'>, candidates: ConnectionCandidate[], secret: string, guess: Guess): Promise<Outcome<Connection | undefined>> {
  const recalled = candidates.find(({ secretHashes }) => secrets.recalls(secret, secretHashes));
  if (recalled !== undefined) return accept(recalled.connection);
  return limited(guesses, guess, async () => {
    if (candidates.length === 0) await secrets.verify(secret, [], guess);
    for (const candidate of candidates) if (await secrets.verify(secret, candidate.secretHashes, guess)) return candidate.connection;
    return undefined;
  });
}

/** Refuses RATE_LIMITED after too many failures from the same address. */
async function limited(guesses: GuessLimits, guess: Guess, attempt: () => Promise<Connection | undefined>): Promise<Outcome<Connection | undefined>> {
  const begun = guesses.begin(guess);
  if ('waitSeconds' in begun) return refuse('RATE_LIMITED', 'Too many wrong secrets came from this address.', { retry_after_seconds: begun.waitSeconds });
  let connection: Connection | undefined;
  try {
    connection = await attempt();
  } catch (error) {
    // Nobody knows whether it would have fitted.
    begun.end(true);
    throw error;
  }
  begun.end(connection !== undefined);
  return accept(connection);
}

/** Of connections that take one. Asks the database at least once, for the same reason. */
async function provenByMac(connections: Deps['connections'], candidates: ConnectionCandidate[], madeWith: (secret: string) => boolean): Promise<Connection | undefined> {
  const allowing = candidates.filter(({ connection }) => connection.settings.cxml.allowMac === true);
  if (allowing.length === 0) await connections.recoverableSecrets('', '');
  for (const { connection } of allowing) {
    if ((await connections.recoverableSecrets(connection.tenantId, connection.connectionId)).some(madeWith)) return connection;
  }
  return undefined;
}
