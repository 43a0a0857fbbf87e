import { type Outcome, accept, refuse } from '../../domain/error-codes.js';
import { API_SCOPES, CONNECTION_SCOPES, OAUTH_SCOPES } from '../../ports/access/client-keys.js';
import type { ManagedDirectory } from '../../ports/managed-directory.js';
import { unknownConnection } from './read-connections.js';

const SCOPES: Record<'key' | 'client', readonly string[]> = { key: API_SCOPES, client: OAUTH_SCOPES };

interface Scoped {
  what: keyof typeof SCOPES;
  scopes: readonly string[];
  connectionId?: string | undefined;
}

/** A key or client for a buyer's system is of one connection and for one thing; the others are of none. */
export async function connectionFits(
  { connections }: ManagedDirectory,
  tenantId: string,
  { what, scopes, connectionId }: Scoped,
): Promise<Outcome<true>> {
  const ofConnection = CONNECTION_SCOPES.filter((scope) => SCOPES[what].includes(scope));
  const own = ofConnection.find((scope) => scopes.includes(scope));
  if (own !== undefined && scopes.length > 1)
    return refuse('INVALID_REQUEST', `The scope ${own} stands alone: make a ${what} of its own for the buyer.`, {
      field: 'scopes',
    });
  if ((own !== undefined) !== (connectionId !== undefined))
    return refuse(
      'INVALID_REQUEST',
      `A ${what} with the scope ${ofConnection.join(' or ')} names its connection; others name none.`,
      { field: 'connection' },
    );
  if (connectionId === undefined || (await connections.find(tenantId, connectionId)) !== undefined) return accept(true);
  const { refusal } = await unknownConnection(connections, tenantId, connectionId);
  return refuse('INVALID_REQUEST', refusal.reason, { field: 'connection' });
}
