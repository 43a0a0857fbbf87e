import { randomUUID } from 'node:crypto';
import { type Connection, isInUse } from '../../domain/access/connection.js';
import { type Outcome, accept } from '../../domain/error-codes.js';
import {
  MAX_CREDENTIALS,
  MAX_NAME_LENGTH,
  agrees,
  isAmbiguous,
  isPossibleName,
  ownCredentials,
} from '../../domain/access/party-match.js';
import type { PartyCredential } from '../../domain/transmission/setup-request.js';
import type { ConnectionCandidate, ConnectionRepository } from '../../ports/access/connection-repository.js';
import type { GuessLimits, SecretVerifier } from '../../ports/access/guess-limits.js';
import { disabledNote, namesOf, secretNote } from './caller-notes.js';
import { limited, provenBySecret, recall } from './prove-caller.js';

interface Deps {
  connections: Pick<ConnectionRepository, 'findByCredential' | 'recoverableSecrets'>;
  secrets: SecretVerifier;
  guesses: GuessLimits;
  demoEnabled: boolean;
}

/** A SharedSecret of Sender and the credential that it belongs to. */
export type SenderSecret = PartyCredential & { secret: string };

export interface CxmlCaller {
  from: PartyCredential[];
  to: PartyCredential[];
  sender: PartyCredential[];
  sharedSecrets: SenderSecret[];
  /** True if this secret made Sender's CredentialMac. Absent if there is no CredentialMac that is valid now. */
  madeWith?: (secret: string) => boolean;
  /** Reason why no CredentialMac of Sender is valid now, whatever the names and secrets are. */
  macFault?: string | undefined;
  /** Address of the caller. Undefined: guesses are not limited. */
  address?: string | undefined;
}

export interface OciCaller extends OciLogin {
  /** Other readings of its parameters, tried in turn. */
  others?: readonly OciLogin[];
  /** Address of the caller. Undefined: guesses are not limited. */
  address?: string | undefined;
}

export interface OciLogin {
  username: string;
  password: string;
}

/** Maximum number of secrets tried per call-up: each costs slow hashes. */
const MAX_SECRETS = 4;
/** Maximum number of secrets of one connection. */
const SECRETS_OF_ONE = 2;

/**
 * Finds the connection of a cXML call-up. The buying organisation is found by every known credential of From and
 * Sender, which must not contradict each other. To must match the connection. The proof is a secret in Sender or a
 * CredentialMac (cxml.md 2, T27). A refusal never tells the caller which part was wrong, except for an outdated
 * CredentialMac, which holds for every secret; its `note`, for the tenant's own log, does. Names that are too long to
 * be registered are refused before any look-up. A call-up is one guess, however many secrets it holds. RATE_LIMITED
 * after too many wrong guesses.
 */
export function authenticateCxml(deps: Deps): (caller: CxmlCaller) => Promise<Outcome<Connection>> {
  return async (caller) => {
    const from = ownCredentials(caller.from);
    const sender = ownCredentials(caller.sender);
    const refused = (note: string, reason?: string): Outcome<Connection> =>
      refusal('cxml', note, { domain: from[0]?.domain.slice(0, MAX_NAME_LENGTH) ?? null }, reason);
    const tooLong = [
      ...(from.every(isPossibleName) ? [] : ['From']),
      ...(sender.every(isPossibleName) ? [] : ['Sender']),
    ];
    if (tooLong.length > 0)
      return refused(`${tooLong.join(' and ')}: a name has more than ${MAX_NAME_LENGTH} characters`);
    if (caller.macFault !== undefined && caller.sharedSecrets.length === 0)
      return refused(`Sender: ${caller.macFault}`, caller.macFault);
    const ambiguous = [...(isAmbiguous(from) ? ['From'] : []), ...(isAmbiguous(sender) ? ['Sender'] : [])];
    const candidates = ambiguous.length > 0 ? [] : await meantByAll(deps.connections, from);
    const usable = candidates.filter(({ connection }) => isInUse(connection, deps.demoEnabled));
    const addressed = usable.filter(({ connection: { settings } }) => agrees(settings.cxml.to, caller.to));
    const sentBy = addressed.filter(({ connection: { settings } }) =>
      agrees(settings.cxml.sender ?? [], caller.sender),
    );
    const fitting = await withoutForeignSender(deps.connections, sentBy, sender);
    const found = await proven(deps, fitting, caller);
    if (!found.ok) return found;
    if (found.value !== undefined) return accept(found.value);
    const disabled = disabledNote(candidates, 'From: ');
    const failed = (): string => {
      if (ambiguous.length > 0) return `${ambiguous.join(' and ')}: two identities of one domain`;
      if (usable.length === 0) return disabled ?? `From: no connection has the credential ${namesOf(from)}`;
      if (addressed.length === 0) return `To: ${namesOf(caller.to)} is not what the connection expects (cxml.to)`;
      if (sentBy.length === 0)
        return `Sender: ${namesOf(caller.sender)} is not what the connection expects (cxml.sender)`;
      if (fitting.length === 0) return `Sender: ${namesOf(caller.sender)} belongs to another connection`;
      return secretNote(fitting, caller);
    };
    return refused(failed());
  };
}

/** `reason`: only a reason that holds for every name and secret alike. */
function refusal(
  protocol: 'cxml' | 'oci',
  note: string,
  details: Record<string, string | null> = {},
  reason?: string,
): Outcome<never> {
  return {
    ok: false,
    refusal: {
      code: 'INVALID_CREDENTIALS',
      reason,
      details: { protocol, ...details },
      note,
    },
  };
}

/**
 * Checks a CredentialMac if there is one, then the secrets. A caller with a recent success is not limited and waits for
 * no other.
 */
async function proven(
  { connections, secrets, guesses }: Deps,
  fitting: ConnectionCandidate[],
  { madeWith, sharedSecrets, from, address }: CxmlCaller,
): Promise<Outcome<Connection | undefined>> {
  const given = secretsInOrder(sharedSecrets, from);
  for (const secret of given) {
    const recalled = recall(secrets, fitting, secret);
    if (recalled !== undefined) return accept(recalled);
  }
  const names = ownCredentials(from).map(({ domain, identity }) => [domain.toLowerCase(), identity.toLowerCase()]);
  // The same MAC is never sent twice at once.
  const guess = {
    name: JSON.stringify(names),
    address,
    secret: madeWith === undefined ? JSON.stringify(given) : randomUUID(),
  };
  return limited(guesses, [guess], async () => {
    const byMac = madeWith === undefined ? undefined : await provenByMac(connections, fitting, madeWith);
    if (byMac !== undefined || (madeWith !== undefined && given.length === 0)) return byMac;
    // Without a secret the same work is done.
    for (const secret of given.length === 0 ? [''] : given) {
      const connection = await provenBySecret(secrets, fitting, secret, guess);
      if (connection !== undefined) return connection;
    }
    return undefined;
  });
}

/** Secrets of credentials that From has too come first. */
function secretsInOrder(sharedSecrets: readonly SenderSecret[], from: readonly PartyCredential[]): string[] {
  const isOfFrom = ({ domain, identity }: SenderSecret): boolean => agrees([{ domain, identity }], from);
  const inOrder = [...sharedSecrets.filter(isOfFrom), ...sharedSecrets.filter((given) => !isOfFrom(given))];
  return [...new Set(inOrder.map(({ secret }) => secret))].slice(0, MAX_SECRETS);
}

/**
 * Finds the connection of an OCI call-up by user name and password. A name that is too long to be registered is refused
 * before any look-up. A call-up is one guess for each name in it, however many readings are tried.
 */
export function authenticateOci(deps: Deps): (caller: OciCaller) => Promise<Outcome<Connection>> {
  return async ({ username, password, others = [], address }) => {
    const readings = await Promise.all([{ username, password }, ...others].map((login) => readingOf(deps, login)));
    for (const { fitting, login } of readings) {
      const recalled = recall(deps.secrets, fitting, login.password);
      if (recalled !== undefined) return accept(recalled);
    }
    const possible = readings.filter(({ isPossible }) => isPossible);
    const names = [...new Set(possible.map(({ login }) => login.username.trim().toLowerCase()))];
    const named = names.filter((name) => name !== '');
    const secret = JSON.stringify(possible.map(({ login }) => login));
    const guesses = (named.length > 0 ? named : names).map((name) => ({ name, address, secret }));
    const found = await limited(deps.guesses, guesses, async () => {
      for (const { fitting, login } of possible) {
        const guess = { name: login.username.trim().toLowerCase(), address };
        const connection = await provenBySecret(deps.secrets, fitting, login.password, guess);
        if (connection !== undefined) return connection;
      }
      return undefined;
    });
    if (!found.ok) return found;
    return found.value === undefined ? refusal('oci', ociNote(readings)) : accept(found.value);
  };
}

interface OciReading {
  login: OciLogin;
  /** The name is short enough to be registered. */
  isPossible: boolean;
  candidates: ConnectionCandidate[];
  fitting: ConnectionCandidate[];
}

async function readingOf({ connections, demoEnabled }: Deps, login: OciLogin): Promise<OciReading> {
  const identity = login.username;
  const isPossible = isPossibleName({ domain: '', identity });
  const candidates =
    isPossible && identity !== '' ? await connections.findByCredential({ kind: 'oci', domain: '', identity }) : [];
  const fitting = candidates.filter(({ connection }) => isInUse(connection, demoEnabled));
  return { login, isPossible, candidates, fitting };
}

/** Describes what was wrong with the last reading. */
function ociNote(readings: readonly OciReading[]): string {
  const last = readings.at(-1);
  const username = last?.login.username ?? '';
  if (last?.isPossible === false) return `The user name has more than ${MAX_NAME_LENGTH} characters`;
  if (username === '') return 'The user name is missing';
  if (last !== undefined && last.fitting.length > 0) return 'The password is wrong';
  return disabledNote(last?.candidates ?? [], '') ?? `No connection has the user name "${username.slice(0, 100)}"`;
}

/** Unknown credentials are skipped. All known ones must lead to the same connections. */
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

/** Compares the identity exactly as registered; if none matches, ignoring letter case (cxml.md 2). */
async function meantBy(
  connections: Deps['connections'],
  { domain, identity }: PartyCredential,
): Promise<ConnectionCandidate[]> {
  const found = await connections.findByCredential({ kind: 'cxml', domain, identity });
  const exact = found.filter((candidate) => candidate.identity === identity);
  return exact.length > 0 ? exact : found;
}

/**
 * A Sender that is registered as another organisation may not act for this one, unless the connection names it as its
 * hub.
 */
async function withoutForeignSender(
  connections: Deps['connections'],
  candidates: ConnectionCandidate[],
  sender: readonly PartyCredential[],
): Promise<ConnectionCandidate[]> {
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

/**
 * Only for connections that accept a CredentialMac. An unknown name costs as many queries and secret checks as a known
 * one.
 */
async function provenByMac(
  connections: Deps['connections'],
  candidates: ConnectionCandidate[],
  madeWith: (secret: string) => boolean,
): Promise<Connection | undefined> {
  const allowing = candidates.filter(({ connection }) => connection.settings.cxml.allowMac === true);
  const tries = allowing.length === 0 ? [undefined] : allowing.map(({ connection }) => connection);
  for (const connection of tries) {
    const secrets = await connections.recoverableSecrets(connection?.tenantId ?? '', connection?.connectionId ?? '');
    const fits = Array.from(
      { length: Math.max(SECRETS_OF_ONE, secrets.length) },
      (_, index) => madeWith(secrets[index] ?? '') && index < secrets.length,
    );
    if (connection !== undefined && fits.includes(true)) return connection;
  }
  return undefined;
}
