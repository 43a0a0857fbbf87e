import { MAX_NAME_LENGTH, isPossibleName } from '../../domain/access/party-match.js';
import { newSecret } from '../../domain/digest.js';
import { type Outcome, type Refusal, accept, refuse } from '../../domain/error-codes.js';
import { PROTOCOL_RULES } from '../../domain/transmission/protocol-rules.js';
import type { Protocol } from '../../domain/transmission/protocol.js';
import type { CredentialName, SavedConnection, SecretKeeping } from '../../ports/access/connection-repository.js';
import type { Atomically, ChangeOf, ManagedDirectory } from '../../ports/managed-directory.js';
import { type ChangedConnection, lockedConnection, settled } from './within-change.js';

/** A secret of the buyer's, or one that is made now and shown once. */
export interface WantedSecret {
  text?: string | undefined;
  /** By default only a slow hash is stored; a middleware that gets its api_key with carts needs a sealed copy. */
  keep?: SecretKeeping | undefined;
}

export interface AccessChanges {
  /** Adding what is there changes nothing. */
  addCredential(of: ChangeOf, name: CredentialName): Promise<Outcome<ChangedConnection>>;
  removeCredential(of: ChangeOf, credentialId: string): Promise<Outcome<ChangedConnection>>;
  /** The two newest are valid: a third replaces the older one. */
  addSecret(of: ChangeOf, secret: WantedSecret): Promise<Outcome<ChangedConnection>>;
  removeSecret(of: ChangeOf, secretId: string): Promise<Outcome<ChangedConnection>>;
}

/** Names and secrets of a connection. Each change is one transaction with its audit row. */
export function accessChanges({ atomically }: { atomically: Atomically }): AccessChanges {
  return {
    addCredential: (of, name) =>
      atomically(async (directory) => {
        const locked = await lockedConnection(directory, of);
        if (!locked.ok) return locked;
        const fault = accessFault(locked.value.protocol, [name]);
        if (fault !== undefined) return fault;
        const isNew = await addCredential(directory, of, name);
        const details: Record<string, string> = isNew ? { credential: nameText(name) } : {};
        return settled(directory, of, 'credential-added', { details });
      }),
    removeCredential: (of, credentialId) =>
      atomically(async (directory) => {
        const locked = await lockedConnection(directory, of);
        if (!locked.ok) return locked;
        const { tenantId, connectionId } = of;
        const known = await directory.connections.credentials(tenantId, connectionId);
        const name = known.find((credential) => credential.credentialId === credentialId);
        if (name === undefined || !(await directory.connections.removeCredential(tenantId, connectionId, credentialId)))
          return refuse('RESOURCE_NOT_FOUND', `The connection ${tenantId}/${connectionId} has no such credential.`);
        return settled(directory, of, 'credential-removed', { details: { credential: nameText(name) } });
      }),
    addSecret: (of, secret) =>
      atomically(async (directory) => {
        const locked = await lockedConnection(directory, of);
        if (!locked.ok) return locked;
        const fault = accessFault(locked.value.protocol, [], secret);
        if (fault !== undefined) return fault;
        const added = await addSecret(directory, of, locked.value, secret);
        if (!added.ok) return added;
        const { made, secretId } = added.value;
        return settled(directory, of, 'secret-added', { made, details: { secret: secretId } });
      }),
    removeSecret: (of, secretId) =>
      atomically(async (directory) => {
        const locked = await lockedConnection(directory, of);
        if (!locked.ok) return locked;
        const { tenantId, connectionId } = of;
        const owner = PROTOCOL_RULES[locked.value.protocol].isMiddleware
          ? directory.middlewareKeys.remove(tenantId, connectionId, secretId)
          : directory.connections.removeSecret(tenantId, connectionId, secretId);
        if (!(await owner))
          return refuse('RESOURCE_NOT_FOUND', `The connection ${tenantId}/${connectionId} has no such secret.`);
        return settled(directory, of, 'secret-removed', { details: { secret: secretId } });
      }),
  };
}

/** For people: `NetworkId:AN01000000123`, or the user name of OCI. */
export function nameText({ kind, domain, identity }: CredentialName): string {
  return kind === 'oci' ? identity : `${domain}:${identity}`;
}

/** What is wrong with names and a secret for a connection of this protocol, before anything is written. */
export function accessFault(
  protocol: Protocol,
  names: readonly CredentialName[],
  secret?: WantedSecret,
): { ok: false; refusal: Refusal } | undefined {
  const { isMiddleware } = PROTOCOL_RULES[protocol];
  for (const name of names) {
    const fault = nameFault(protocol, name);
    if (fault !== undefined) return refuse('INVALID_REQUEST', fault, { field: 'credentials' });
  }
  const fault = secret?.text === undefined ? undefined : secretFault(isMiddleware, secret.text);
  return fault === undefined ? undefined : refuse('INVALID_REQUEST', fault, { field: 'secret' });
}

function nameFault(protocol: Protocol, name: CredentialName): string | undefined {
  if (PROTOCOL_RULES[protocol].isMiddleware)
    return 'A middleware proves itself with its api_key alone: leave credentials out.';
  if (name.kind !== protocol) return `A connection of ${protocol} takes no credential of ${name.kind}.`;
  if (name.identity === '' || (name.kind === 'cxml') !== (name.domain !== ''))
    return 'A credential of cXML has a domain and an identity, that of OCI an identity.';
  return isPossibleName(name)
    ? undefined
    : `A credential has at most ${MAX_NAME_LENGTH} characters in its domain, and in its identity.`;
}

/** Shorter keys can be guessed from their digest. */
const MIN_KEY_LENGTH = 16;

function secretFault(isMiddleware: boolean, text: string): string | undefined {
  if (text.trim() === '') return 'The secret is empty.';
  return isMiddleware && text.length < MIN_KEY_LENGTH
    ? `The api_key needs ${MIN_KEY_LENGTH} characters or more.`
    : undefined;
}

/** Takes a name that `accessFault` has checked. False: the connection had it already. */
export async function addCredential(
  { connections }: ManagedDirectory,
  { tenantId, connectionId }: ChangeOf,
  name: CredentialName,
): Promise<boolean> {
  const before = await connections.credentials(tenantId, connectionId);
  await connections.addCredential(tenantId, connectionId, name);
  return (await connections.credentials(tenantId, connectionId)).length > before.length;
}

/**
 * Takes a secret that `accessFault` has checked. Stored as a slow hash, the key of a middleware as a digest. `made`
 * only where it was not given.
 */
export async function addSecret(
  { connections, middlewareKeys }: ManagedDirectory,
  { tenantId, connectionId }: ChangeOf,
  { protocol, settings }: Pick<SavedConnection, 'protocol' | 'settings'>,
  { text, keep }: WantedSecret,
): Promise<Outcome<{ secretId: string; made?: string }>> {
  const secret = text ?? newSecret();
  const { isMiddleware } = PROTOCOL_RULES[protocol];
  if (isMiddleware) {
    // The key travels with carts only where the middleware needs it so (setting repost.sendApiKey).
    const kept = keep ?? (settings.repost?.sendApiKey === true ? 'recoverable' : 'hashed');
    if (!(await middlewareKeys.add(tenantId, connectionId, secret, kept)))
      return refuse('RESOURCE_CONFLICT', 'This api_key is in use; take another.', { field: 'secret' });
  } else await connections.addSecret(tenantId, connectionId, secret, keep ?? 'hashed');
  const [newest] = isMiddleware
    ? await middlewareKeys.list(tenantId, connectionId)
    : await connections.secrets(tenantId, connectionId);
  const secretId = newest?.secretId ?? '';
  return accept(text === undefined ? { secretId, made: secret } : { secretId });
}
