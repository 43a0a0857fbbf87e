import type { Connection } from '../../domain/access/connection.js';
import { type Outcome, accept } from '../../domain/error-codes.js';
import { MAX_CREDENTIALS, agrees, isAmbiguous, ownCredentials } from '../../domain/access/party-match.js';
import type { PartyCredential } from '../../domain/transmission/setup-request.js';
import type { ConnectionCandidate, ConnectionRepository } from '../../ports/access/connection-repository.js';
import type { SecretVerifier } from '../../ports/access/secret-verifier.js';

interface Deps {
  connections: Pick<ConnectionRepository, 'findByCredential' | 'recoverableSecrets'>;
  secrets: SecretVerifier;
  demoEnabled: boolean;
}

/** A SharedSecret of Sender, with the credential that it belongs to. */
export type SenderSecret = PartyCredential & { secret: string };

export interface CxmlCaller {
  from: PartyCredential[];
  to: PartyCredential[];
  sender: PartyCredential[];
  sharedSecrets: SenderSecret[];
  /** Only where Sender has a CredentialMac: whether it was made with this secret and is valid now. */
  madeWith?: (secret: string) => boolean;
}

/** Most secrets of one call-up that are tried: each costs a slow hash. */
const MAX_SECRETS = 4;

/**
 * Finds the connection of a cXML call-up: the buying organisation by every credential of From and Sender that we know,
 * which must not contradict each other, addressed as the connection says, and proven by a secret in Sender or a
 * CredentialMac (RULES 2, SECURITY T27). A refusal never tells the caller which part was wrong; its `note`, for the
 * tenant's own log, does.
 */
export function authenticateCxml(deps: Deps): (caller: CxmlCaller) => Promise<Outcome<Connection>> {
  return async (caller) => {
    const from = ownCredentials(caller.from);
    const sender = ownCredentials(caller.sender);
    const ambiguous = [...(isAmbiguous(from) ? ['From'] : []), ...(isAmbiguous(sender) ? ['Sender'] : [])];
    const candidates = ambiguous.length > 0 ? [] : await meantByAll(deps.connections, from);
    const usable = candidates.filter(({ connection }) => deps.demoEnabled || !connection.demo);
    const addressed = usable.filter(({ connection: { settings } }) => agrees(settings.cxml.to, caller.to));
    const sentBy = addressed.filter(({ connection: { settings } }) =>
      agrees(settings.cxml.sender ?? [], caller.sender),
    );
    const fitting = await withoutForeignSender(deps.connections, sentBy, sender);
    const connection = await proven(deps, fitting, caller);
    if (connection !== undefined) return accept(connection);
    const failed = (): string => {
      if (ambiguous.length > 0) return `${ambiguous.join(' and ')}: two identities of one domain`;
      if (usable.length === 0) return `From: no connection has the credential ${namesOf(from)}`;
      if (addressed.length === 0) return `To: ${namesOf(caller.to)} is not what the connection expects (cxml.to)`;
      if (sentBy.length === 0)
        return `Sender: ${namesOf(caller.sender)} is not what the connection expects (cxml.sender)`;
      if (fitting.length === 0) return `Sender: ${namesOf(caller.sender)} belongs to another connection`;
      return secretNote(fitting, caller);
    };
    const note = failed();
    return {
      ok: false,
      refusal: { code: 'INVALID_CREDENTIALS', details: { protocol: 'cxml', domain: from[0]?.domain ?? null }, note },
    };
  };
}

/** Tries the CredentialMac, if there is one, then the secrets. */
async function proven(
  { connections, secrets }: Deps,
  fitting: ConnectionCandidate[],
  { madeWith, sharedSecrets, from }: CxmlCaller,
): Promise<Connection | undefined> {
  const byMac = madeWith === undefined ? undefined : await provenByMac(connections, fitting, madeWith);
  if (byMac !== undefined || (madeWith !== undefined && sharedSecrets.length === 0)) return byMac;
  // The secret of a credential that From has too is tried first. Without any secret the same work is done.
  const isOfFrom = ({ domain, identity }: SenderSecret): boolean => agrees([{ domain, identity }], from);
  const inOrder = [...sharedSecrets.filter(isOfFrom), ...sharedSecrets.filter((given) => !isOfFrom(given))].map(
    ({ secret }) => secret,
  );
  for (const secret of inOrder.length === 0 ? [''] : [...new Set(inOrder)].slice(0, MAX_SECRETS)) {
    const connection = await provenBySecret(secrets, fitting, secret);
    if (connection !== undefined) return connection;
  }
  return undefined;
}

function secretNote(fitting: ConnectionCandidate[], { madeWith, sharedSecrets }: CxmlCaller): string {
  if (madeWith !== undefined && sharedSecrets.length === 0) {
    return fitting.some(({ connection }) => connection.settings.cxml.allowMac === true)
      ? 'Sender: the CredentialMac is wrong or has run out'
      : 'Sender: the connection takes no CredentialMac (cxml.allowMac)';
  }
  return sharedSecrets.length === 0 ? 'Sender: there is no SharedSecret' : 'Sender: the SharedSecret is wrong';
}

/** For a note: domains and identities, never secrets. */
function namesOf(party: readonly PartyCredential[]): string {
  return party.length === 0
    ? '(none)'
    : party
        .slice(0, 3)
        .map(({ domain, identity }) => `${domain.slice(0, 60)} "${identity.slice(0, 100)}"`)
        .join(', ');
}

/** Finds the connection of an OCI call-up by user name and password. */
export function authenticateOci(
  deps: Deps,
): (caller: { username: string; password: string }) => Promise<Outcome<Connection>> {
  return async ({ username, password }) => {
    const candidates =
      username === '' ? [] : await deps.connections.findByCredential({ kind: 'oci', domain: '', identity: username });
    const fitting = candidates.filter(({ connection }) => deps.demoEnabled || !connection.demo);
    const connection = await provenBySecret(deps.secrets, fitting, password);
    if (connection !== undefined) return accept(connection);
    const note =
      username === ''
        ? 'The user name is missing'
        : fitting.length === 0
          ? `No connection has the user name "${username.slice(0, 100)}"`
          : 'The password is wrong';
    return { ok: false, refusal: { code: 'INVALID_CREDENTIALS', details: { protocol: 'oci' }, note } };
  };
}

/** Credentials that nobody has told us of are passed over; those we know must lead to the same connections. */
async function meantByAll(
  connections: Deps['connections'],
  named: readonly PartyCredential[],
): Promise<ConnectionCandidate[]> {
  const found = await Promise.all(
    named.slice(0, MAX_CREDENTIALS).map((credential) => meantBy(connections, credential)),
  );
  const [first = [], ...others] = found.filter((candidates) => candidates.length > 0);
  return first.filter((candidate) => others.every((list) => contains(list, candidate)));
}

/** By the identity exactly as it was registered; where nobody has it so, without regard to letter case (RULES 2). */
async function meantBy(
  connections: Deps['connections'],
  { domain, identity }: PartyCredential,
): Promise<ConnectionCandidate[]> {
  const found = await connections.findByCredential({ kind: 'cxml', domain, identity });
  const exact = found.filter((candidate) => candidate.identity === identity);
  return exact.length > 0 ? exact : found;
}

/** A Sender that we know as another organisation speaks for nobody else, unless the connection names it as its hub. */
async function withoutForeignSender(
  connections: Deps['connections'],
  candidates: ConnectionCandidate[],
  sender: readonly PartyCredential[],
): Promise<ConnectionCandidate[]> {
  if (candidates.length === 0) return candidates;
  const known = (
    await Promise.all(sender.slice(0, MAX_CREDENTIALS).map((credential) => meantBy(connections, credential)))
  ).filter((list) => list.length > 0);
  return candidates.filter(
    (candidate) =>
      (candidate.connection.settings.cxml.sender ?? []).length > 0 || known.every((list) => contains(list, candidate)),
  );
}

function contains(list: readonly ConnectionCandidate[], { connection }: ConnectionCandidate): boolean {
  return list.some(
    (other) =>
      other.connection.tenantId === connection.tenantId && other.connection.connectionId === connection.connectionId,
  );
}

/** Verifies at least once, so that an unknown name takes as long as a wrong secret. */
async function provenBySecret(
  secrets: SecretVerifier,
  candidates: ConnectionCandidate[],
  secret: string,
): Promise<Connection | undefined> {
  if (candidates.length === 0) await secrets.verify(secret, []);
  for (const candidate of candidates) {
    if (await secrets.verify(secret, candidate.secretHashes)) return candidate.connection;
  }
  return undefined;
}

/** Of connections that take one. Asks the database at least once, for the same reason. */
async function provenByMac(
  connections: Deps['connections'],
  candidates: ConnectionCandidate[],
  madeWith: (secret: string) => boolean,
): Promise<Connection | undefined> {
  const allowing = candidates.filter(({ connection }) => connection.settings.cxml.allowMac === true);
  if (allowing.length === 0) await connections.recoverableSecrets('', '');
  for (const { connection } of allowing) {
    if ((await connections.recoverableSecrets(connection.tenantId, connection.connectionId)).some(madeWith))
      return connection;
  }
  return undefined;
}
