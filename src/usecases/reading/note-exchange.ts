import type { ErrorCode, Refusal } from '../../domain/error-codes.js';
import { ERROR_CODES } from '../../domain/error-codes.js';
import type { TransmissionKey } from '../../domain/transmission/transmission.js';
import type { ConnectionRepository, CredentialName } from '../../ports/access/connection-repository.js';
import type { MessageLog, NewMessage } from '../../ports/transmission/message-log.js';
import type { TenantRepository } from '../../ports/access/tenant-repository.js';

interface Deps {
  messages: Pick<MessageLog, 'note'>;
  connections: Pick<ConnectionRepository, 'findByCredential'>;
  tenants: Pick<TenantRepository, 'list'>;
}

type Document = Pick<NewMessage, 'kind' | 'contentType' | 'content' | 'payloadId' | 'digest'>;

/** A request and its answer, without secrets, and what became of them. */
export interface Exchange {
  received: Document;
  answered: Document;
  /** Known as soon as the caller is. */
  connection?: { tenantId: string; connectionId?: string };
  transmission?: TransmissionKey;
  /** Who the caller said he is; a refused one is shown to the tenant that he named. */
  names?: readonly CredentialName[];
  refusal?: Refusal;
  at: Date;
}

/**
 * Keeps both documents of a call-up for the integration engineer. One that names nobody we know belongs to no tenant: it is shown where
 * the installation has a single one, else it stands in the process log alone.
 */
export function noteExchange(deps: Deps): (exchange: Exchange) => Promise<void> {
  return async ({ received, answered, connection, transmission, names = [], refusal, at }) => {
    const owner = connection ?? (transmission === undefined ? await named(deps, names) : { tenantId: transmission.tenantId, connectionId: undefined });
    if (owner === undefined) return;
    const { tenantId, connectionId } = owner;
    const outcome = { ...reasonOf(refusal), ...(transmission === undefined ? {} : { transmissionId: transmission.transmissionId }) };
    deps.messages.note({ tenantId, connectionId, at, direction: 'in', ...received, ...outcome });
    deps.messages.note({ tenantId, connectionId, at, direction: 'out', ...answered, ...outcome });
  };
}

function reasonOf(refusal: Refusal | undefined): { code?: ErrorCode; reason?: string } {
  if (refusal === undefined) return {};
  const { code, reason, note, details = {} } = refusal;
  const said = note ?? reason;
  const { error, line, column } = details;
  const place = line === undefined ? '' : ` (line ${String(line)}, column ${String(column)})`;
  return { code, reason: `${said ?? (typeof error === 'string' ? error : ERROR_CODES[code])}${place}` };
}

async function named({ connections, tenants }: Deps, names: readonly CredentialName[]): Promise<{ tenantId: string; connectionId?: string } | undefined> {
  for (const name of names) {
    const [candidate] = await connections.findByCredential(name);
    if (candidate !== undefined) return { tenantId: candidate.connection.tenantId, connectionId: candidate.connection.connectionId };
  }
  const [only, ...others] = await tenants.list();
  return only !== undefined && others.length === 0 ? { tenantId: only.tenantId } : undefined;
}
