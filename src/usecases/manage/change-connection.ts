import type { ConnectionDocument } from '../../domain/access/connection.js';
import { changedSettings, mergeSettings } from '../../domain/access/merge-settings.js';
import { type Outcome, accept, refuse } from '../../domain/error-codes.js';
import type { Protocol } from '../../domain/transmission/protocol.js';
import type { CredentialName, SavedConnection } from '../../ports/access/connection-repository.js';
import type { Atomically, ChangeOf, ManagedDirectory } from '../../ports/managed-directory.js';
import { accessFault, addCredential, addSecret, nameText, type WantedSecret } from './connection-secrets.js';
import { type ChangedConnection, lockedConnection, settled, textOf } from './within-change.js';

interface Deps {
  atomically: Atomically;
  /** Completes settings by the presets of their profile and by defaults, or refuses them. */
  completeSettings: (given: object, protocol: Protocol) => Outcome<ConnectionDocument>;
}

export interface NewConnection {
  name: string;
  protocol: Protocol;
  settings: object;
  credentials?: readonly CredentialName[];
  secret?: WantedSecret;
  /** It opens no session until it is enabled. */
  disabled?: boolean;
}

/** What is named is changed, and nothing else. */
export interface ConnectionChange {
  name?: string | undefined;
  /** Merged into the settings that were given before (domain/access/merge-settings.ts). */
  settings?: object | undefined;
  /** In place of all settings that were given before. */
  allSettings?: object | undefined;
  disabled?: boolean | undefined;
  /** Added to those that are there. */
  credentials?: readonly CredentialName[];
  secret?: WantedSecret | undefined;
}

export interface ConnectionChanges {
  create(of: ChangeOf, wish: NewConnection): Promise<Outcome<ChangedConnection>>;
  change(of: ChangeOf, change: ConnectionChange): Promise<Outcome<ChangedConnection>>;
  /** Refused while sessions of the connection are live: disable it first. */
  remove(of: ChangeOf): Promise<Outcome<{ removed: true }>>;
}

export const CONNECTION_ID = /^[a-z0-9][a-z0-9-]{1,47}$/;

/** Each change is one transaction with its audit row. */
export function connectionChanges({ atomically, completeSettings }: Deps): ConnectionChanges {
  return {
    create: (of, { name, protocol, settings, credentials = [], secret, disabled = false }) =>
      atomically(async (directory) => {
        const { tenantId, connectionId } = of;
        if (!CONNECTION_ID.test(connectionId))
          return refuse(
            'INVALID_REQUEST',
            `"${connectionId.slice(0, 60)}" is no connection id: ${CONNECTION_ID.source}`,
            {
              field: 'connection_id',
            },
          );
        const tenant = await directory.tenants.entry(tenantId, 'lock');
        if (tenant === undefined) return refuse('RESOURCE_NOT_FOUND', `There is no tenant ${tenantId}.`);
        if ((await directory.connections.entry(tenantId, connectionId)) !== undefined)
          return refuse('RESOURCE_CONFLICT', `There is a connection ${tenantId}/${connectionId} already.`);
        const completed = completeSettings(settings, protocol);
        if (!completed.ok) return completed;
        const fault = accessFault(protocol, credentials, secret);
        if (fault !== undefined) return fault;
        const saved = { tenantId, connectionId, name, protocol, demo: false, settings: completed.value };
        await directory.connections.save(saved, settings);
        if (disabled) await directory.connections.setDisabled(tenantId, connectionId, true);
        const added = await withAdditions(directory, of, saved, credentials, secret);
        if (!added.ok) return added;
        return settled(directory, of, 'connection-created', {
          made: added.value.made,
          details: {
            after: textOf({ name, protocol, settings }),
            ...(disabled ? { state: 'disabled' } : {}),
            ...added.value.details,
          },
        });
      }),

    change: (of, change) =>
      atomically(async (directory) => {
        const locked = await lockedConnection(directory, of);
        if (!locked.ok) return locked;
        const entry = locked.value;
        const { name = entry.name, disabled, credentials = [], secret } = change;
        const fault = accessFault(entry.protocol, credentials, secret);
        if (fault !== undefined) return fault;
        const given = change.allSettings ?? mergeSettings(entry.given, change.settings ?? {});
        const changes = changedSettings({ name: entry.name, settings: entry.given }, { name, settings: given });
        const details: Record<string, string> = {};
        let settings: ConnectionDocument = entry.settings;
        if (changes.length > 0) {
          const completed = completeSettings(given, entry.protocol);
          if (!completed.ok) return completed;
          settings = completed.value;
          await directory.connections.save({ ...entry, name, settings }, given);
          details['changes'] = textOf(changes);
        }
        if (disabled !== undefined && disabled !== (entry.disabledAt !== undefined)) {
          await directory.connections.setDisabled(of.tenantId, of.connectionId, disabled);
          details['state'] = disabled ? 'disabled' : 'enabled';
        }
        const added = await withAdditions(directory, of, { ...entry, settings }, credentials, secret);
        if (!added.ok) return added;
        return settled(directory, of, 'connection-changed', {
          made: added.value.made,
          details: { ...details, ...added.value.details },
        });
      }),

    remove: (of) =>
      atomically(async (directory) => {
        const locked = await lockedConnection(directory, of);
        if (!locked.ok) return locked;
        const { tenantId, connectionId, by } = of;
        const live = await directory.connections.liveSessions(tenantId, connectionId);
        if (live > 0)
          return refuse(
            'RESOURCE_CONFLICT',
            `The connection ${tenantId}/${connectionId} has ${live} live ${live === 1 ? 'session' : 'sessions'}: ` +
              'disable it, and remove it when they have ended.',
            { live_sessions: live },
          );
        await directory.connections.remove(tenantId, connectionId);
        const { name, protocol, given } = locked.value;
        await directory.audit.note({
          tenantId,
          event: 'connection-removed',
          actor: by,
          details: { connection: connectionId, before: textOf({ name, protocol, settings: given }) },
        });
        return accept({ removed: true });
      }),
  };
}

/** Adds credentials and a secret, all that are not there yet. */
async function withAdditions(
  directory: ManagedDirectory,
  of: ChangeOf,
  entry: Pick<SavedConnection, 'protocol' | 'settings'>,
  credentials: readonly CredentialName[],
  secret: WantedSecret | undefined,
): Promise<Outcome<{ made?: string; details: Record<string, string> }>> {
  const details: Record<string, string> = {};
  const fresh: string[] = [];
  for (const name of credentials) if (await addCredential(directory, of, name)) fresh.push(nameText(name));
  if (fresh.length > 0) details['credentials'] = textOf(fresh);
  if (secret === undefined) return accept({ details });
  const added = await addSecret(directory, of, entry, secret);
  if (!added.ok) return added;
  return accept({
    details: { ...details, secret: added.value.secretId },
    ...(added.value.made === undefined ? {} : { made: added.value.made }),
  });
}
