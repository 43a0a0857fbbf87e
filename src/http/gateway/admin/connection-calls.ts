import { accept } from '../../../domain/error-codes.js';
import type { Protocol } from '../../../domain/transmission/protocol.js';
import type { CredentialName } from '../../../ports/access/connection-repository.js';
import type { ChangeOf } from '../../../ports/managed-directory.js';
import type { ConnectionChanges } from '../../../usecases/manage/change-connection.js';
import type { AccessChanges, WantedSecret } from '../../../usecases/manage/connection-secrets.js';
import type { ConnectionReads, ShownConnection } from '../../../usecases/manage/read-connections.js';
import type { ChangedConnection } from '../../../usecases/manage/within-change.js';
import type { AdminAnswer, AdminCall, AdminRequest } from './admin-route.js';

interface Deps {
  reads: ConnectionReads;
  changes: ConnectionChanges;
  access: AccessChanges;
  profiles: readonly { name: string; platform: string; protocol: string; settings: object }[];
}

interface NameWish {
  domain?: string;
  identity: string;
}

interface SecretWish {
  secret?: string;
  recoverable?: boolean;
}

export const DEFAULT_LIMIT = 20;

export function connectionCalls({ reads, changes, access, profiles }: Deps): Record<string, AdminCall> {
  return {
    async adminListConnections({ tenantId, query }: AdminRequest<unknown, { limit?: number; cursor?: string }>) {
      const { limit = DEFAULT_LIMIT, cursor } = query;
      const { connections, next } = await reads.list(tenantId, {
        limit,
        ...(cursor === undefined ? {} : { after: cursor }),
      });
      return accept({
        data: { connections: connections.map(lineView), pagination: { limit, next_cursor: next ?? null } },
      });
    },

    async adminGetConnection({ tenantId, params }: AdminRequest) {
      const shown = await reads.show(tenantId, params['connection'] ?? '');
      return shown.ok ? accept(shownAnswer(shown.value)) : shown;
    },

    async adminCreateConnection({
      tenantId,
      by,
      body,
    }: AdminRequest<{
      connection_id: string;
      name: string;
      protocol: Protocol;
      settings: object;
      credentials?: NameWish[];
      secret?: SecretWish;
    }>) {
      const { connection_id: connectionId, name, protocol, settings, credentials = [], secret } = body;
      const made = await changes.create(
        { tenantId, connectionId, by },
        {
          name,
          protocol,
          settings,
          credentials: credentials.map((wish) => nameOf(protocol, wish)),
          ...(secret === undefined ? {} : { secret: wantedSecret(secret) }),
        },
      );
      return made.ok ? accept(madeAnswer(made.value)) : made;
    },

    async adminChangeConnection(
      request: AdminRequest<{ name?: string; settings?: object; all_settings?: object; disabled?: boolean }>,
    ) {
      const { name, settings, all_settings: allSettings, disabled } = request.body;
      const changed = await changes.change(changeOf(request), { name, settings, allSettings, disabled });
      return changed.ok ? accept(shownAnswer(changed.value.connection)) : changed;
    },

    async adminRemoveConnection(request: AdminRequest) {
      const removed = await changes.remove(changeOf(request));
      return removed.ok ? accept({ data: removed.value }) : removed;
    },

    async adminAddCredential(request: AdminRequest<NameWish>) {
      const of = changeOf(request);
      const shown = await reads.show(of.tenantId, of.connectionId);
      if (!shown.ok) return shown;
      const added = await access.addCredential(of, nameOf(shown.value.protocol, request.body));
      return added.ok ? accept(shownAnswer(added.value.connection)) : added;
    },

    async adminRemoveCredential(request: AdminRequest) {
      const removed = await access.removeCredential(changeOf(request), request.params['credential'] ?? '');
      return removed.ok ? accept(shownAnswer(removed.value.connection)) : removed;
    },

    async adminAddSecret(request: AdminRequest<SecretWish>) {
      const added = await access.addSecret(changeOf(request), wantedSecret(request.body));
      return added.ok ? accept(madeAnswer(added.value)) : added;
    },

    async adminRevokeSecret(request: AdminRequest) {
      const revoked = await access.removeSecret(changeOf(request), request.params['secret'] ?? '');
      return revoked.ok ? accept(shownAnswer(revoked.value.connection)) : revoked;
    },

    adminListProfiles: async () => accept({ data: { profiles } }),
  };
}

function changeOf({ tenantId, by, version, params }: AdminRequest): ChangeOf {
  return { tenantId, connectionId: params['connection'] ?? '', by, version };
}

/** What does not fit the protocol is refused by the use case. */
function nameOf(protocol: Protocol, { domain = '', identity }: NameWish): CredentialName {
  return { kind: protocol === 'oci' ? 'oci' : 'cxml', domain, identity };
}

function wantedSecret({ secret, recoverable }: SecretWish): WantedSecret {
  return { text: secret, keep: recoverable === undefined ? undefined : recoverable ? 'recoverable' : 'hashed' };
}

function shownAnswer(connection: ShownConnection): AdminAnswer {
  return { data: connectionView(connection), version: connection.version };
}

/** A repeated request does not get the secret again. */
function madeAnswer({ connection, secret }: ChangedConnection): AdminAnswer {
  const view = connectionView(connection);
  return {
    data: { ...view, secret: secret ?? null },
    kept: { ...view, secret: null },
    version: connection.version,
  };
}

function connectionView(connection: ShownConnection): object {
  return { ...lineView(connection), given_settings: connection.given, settings: connection.settings };
}

function lineView(connection: ShownConnection): object {
  const { connectionId, name, protocol, disabledAt, version, createdAt, credentials, secrets } = connection;
  return {
    connection_id: connectionId,
    name,
    protocol,
    disabled: disabledAt !== undefined,
    disabled_at: disabledAt?.toISOString() ?? null,
    version,
    created_at: createdAt.toISOString(),
    credentials: credentials.map((credential) => ({
      credential_id: credential.credentialId,
      domain: credential.kind === 'oci' ? null : credential.domain,
      identity: credential.identity,
      created_at: credential.createdAt.toISOString(),
    })),
    secrets: secrets.map((secret) => ({
      secret_id: secret.secretId,
      created_at: secret.createdAt.toISOString(),
      recoverable: secret.recoverable,
    })),
  };
}
