import { accept } from '../../../../domain/error-codes.js';
import {
  type ListedClient,
  type OAuthClients,
  type OAuthScope,
  USUAL_OAUTH_SCOPES,
} from '../../../../ports/access/client-keys.js';
import type { ClientManagement, MadeClient } from '../../../../usecases/manage/oauth-clients.js';
import type { AdminAnswer, AdminCall, AdminRequest } from '../admin-route.js';

interface Deps {
  clients: ClientManagement;
  oauthClients: Pick<OAuthClients, 'list'>;
}

interface NewClient {
  client_id: string;
  name: string;
  scopes?: OAuthScope[];
  connection?: string;
  secret?: string;
}

export function clientCalls({ clients, oauthClients }: Deps): Record<string, AdminCall> {
  return {
    async adminListClients({ tenantId }) {
      return accept({ data: { clients: (await oauthClients.list(tenantId)).map(clientView) } });
    },
    async adminAddClient({ tenantId, by, body }: AdminRequest<NewClient>) {
      const { client_id: clientId, name, scopes = USUAL_OAUTH_SCOPES, connection: connectionId, secret } = body;
      const made = await clients.add({ tenantId, by }, { clientId, name, scopes, connectionId, secret });
      return made.ok ? accept(madeAnswer(made.value)) : made;
    },
    async adminAddClientSecret({ tenantId, by, params, body }: AdminRequest<{ secret?: string }>) {
      const made = await clients.addSecret({ tenantId, by }, params['client'] ?? '', body.secret);
      return made.ok ? accept(madeAnswer(made.value)) : made;
    },
    async adminRevokeClientSecret({ tenantId, by, params }: AdminRequest) {
      const { client = '', secret = '' } = params;
      const revoked = await clients.revokeSecret({ tenantId, by }, client, secret);
      return revoked.ok ? accept({ data: clientView(revoked.value.client) }) : revoked;
    },
    async adminRevokeClient({ tenantId, by, params }: AdminRequest) {
      const revoked = await clients.revoke({ tenantId, by }, params['client'] ?? '');
      return revoked.ok ? accept({ data: revoked.value }) : revoked;
    },
  };
}

function madeAnswer({ client, secret }: MadeClient): AdminAnswer {
  const view = clientView(client);
  return { data: { ...view, secret: secret ?? null }, kept: { ...view, secret: null } };
}

function clientView({ clientId, name, scopes, connectionId, revoked, secrets }: ListedClient): object {
  return {
    client_id: clientId,
    name,
    scopes,
    connection: connectionId ?? null,
    state: revoked ? 'revoked' : 'active',
    secrets: secrets.map(({ secretId, createdAt }) => ({ secret_id: secretId, created_at: createdAt.toISOString() })),
  };
}
