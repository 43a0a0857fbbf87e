import { newSecret } from '../../domain/digest.js';
import { type Outcome, accept, refuse } from '../../domain/error-codes.js';
import type { ListedClient, OAuthScope } from '../../ports/access/client-keys.js';
import type { Atomically, ManagedDirectory } from '../../ports/managed-directory.js';
import { connectionFits } from './connection-scope.js';

interface Of {
  tenantId: string;
  by: string;
}

export interface ClientWish {
  clientId: string;
  name: string;
  scopes: readonly OAuthScope[];
  /** With the scope `open-buy`, and only with it. */
  connectionId?: string | undefined;
  /** Of 16 characters or more. Undefined: one is made. */
  secret?: string | undefined;
}

/** `secret`: made just now. It is shown once, and stored as a slow hash. */
export interface MadeClient {
  client: ListedClient;
  secret?: string | undefined;
}

export interface ClientManagement {
  /**
   * With a first secret. Refused if the id is taken; `mayExist`: an own client is changed and gets a further secret.
   */
  add(of: Of, wish: ClientWish, more?: { mayExist?: boolean }): Promise<Outcome<MadeClient>>;
  /** The two newest secrets are valid. */
  addSecret(of: Of, clientId: string, given?: string): Promise<Outcome<MadeClient>>;
  revokeSecret(of: Of, clientId: string, secretId: string): Promise<Outcome<MadeClient>>;
  /** Ends the client and its tokens, at once. */
  revoke(of: Of, clientId: string): Promise<Outcome<{ revoked: true }>>;
}

const CLIENT_ID = /^[A-Za-z0-9][\w.-]{2,99}$/;
const SHORTEST_SECRET = 16;

/** OAuth clients of a tenant. Each change is one transaction with its audit row. */
export function clientManagement({ atomically }: { atomically: Atomically }): ClientManagement {
  return {
    add: ({ tenantId, by }, { clientId, name, scopes, connectionId, secret }, { mayExist = false } = {}) =>
      atomically(async (directory) => {
        if (!CLIENT_ID.test(clientId))
          return refuse('INVALID_REQUEST', `"${clientId.slice(0, 60)}" is no client id: ${CLIENT_ID.source}`, {
            field: 'client_id',
          });
        const fault = secretFault(secret);
        if (fault !== undefined) return fault;
        if ((await directory.tenants.entry(tenantId, 'lock')) === undefined)
          return refuse('RESOURCE_NOT_FOUND', `There is no tenant ${tenantId}.`);
        const fits = await connectionFits(directory, tenantId, { what: 'client', scopes, connectionId });
        if (!fits.ok) return fits;
        const before = await clientOf(directory, tenantId, clientId);
        const isThere = before !== undefined && !before.revoked;
        const taken = refuse('RESOURCE_CONFLICT', `The id ${clientId} is taken.`, { field: 'client_id' });
        if (isThere && !mayExist) return taken;
        // A client of the demo stays one: its known secret must not outlive the demo.
        const demo = isThere && before.demo;
        const client = { tenantId, clientId, name, scopes: [...scopes], connectionId, demo };
        if (!(await directory.oauthClients.save(client))) return taken;
        const details: Record<string, string> = { client: clientId, name, scopes: scopes.join(',') };
        if (connectionId !== undefined) details['connection'] = connectionId;
        const event = isThere ? 'client-changed' : 'client-added';
        await directory.audit.note({ tenantId, event, actor: by, details });
        return withSecret(directory, { tenantId, by }, clientId, secret);
      }),
    addSecret: (of, clientId, given) =>
      atomically(async (directory) => secretFault(given) ?? withSecret(directory, of, clientId, given)),
    revokeSecret: ({ tenantId, by }, clientId, secretId) =>
      atomically(async (directory) => {
        if (!(await directory.oauthClients.removeSecret(tenantId, clientId, secretId)))
          return refuse('RESOURCE_NOT_FOUND', `The client ${clientId.slice(0, 60)} has no such secret.`);
        const details = { client: clientId, secret: secretId };
        await directory.audit.note({ tenantId, event: 'client-secret-revoked', actor: by, details });
        return shown(directory, tenantId, clientId);
      }),
    revoke: ({ tenantId, by }, clientId) =>
      atomically(async (directory) => {
        if (!(await directory.oauthClients.revoke(tenantId, clientId))) return unknown(tenantId, clientId);
        await directory.audit.note({ tenantId, event: 'client-revoked', actor: by, details: { client: clientId } });
        return accept({ revoked: true });
      }),
  };
}

async function withSecret(
  directory: ManagedDirectory,
  { tenantId, by }: Of,
  clientId: string,
  given: string | undefined,
): Promise<Outcome<MadeClient>> {
  const made = given === undefined ? newSecret() : undefined;
  if (!(await directory.oauthClients.addSecret(tenantId, clientId, given ?? made ?? '')))
    return unknown(tenantId, clientId);
  await directory.audit.note({ tenantId, event: 'client-secret-added', actor: by, details: { client: clientId } });
  return shown(directory, tenantId, clientId, made);
}

async function shown(
  directory: ManagedDirectory,
  tenantId: string,
  clientId: string,
  secret?: string,
): Promise<Outcome<MadeClient>> {
  const client = await clientOf(directory, tenantId, clientId);
  return client === undefined ? unknown(tenantId, clientId) : accept({ client, secret });
}

async function clientOf(
  { oauthClients }: ManagedDirectory,
  tenantId: string,
  clientId: string,
): Promise<ListedClient | undefined> {
  return (await oauthClients.list(tenantId)).find((client) => client.clientId === clientId);
}

function secretFault(given: string | undefined): Outcome<never> | undefined {
  return given !== undefined && given.length < SHORTEST_SECRET
    ? refuse('INVALID_REQUEST', `A secret has ${SHORTEST_SECRET} characters at least.`, { field: 'secret' })
    : undefined;
}

function unknown(tenantId: string, clientId: string): Outcome<never> {
  return refuse('RESOURCE_NOT_FOUND', `There is no active client ${clientId.slice(0, 60)} of tenant ${tenantId}.`);
}
