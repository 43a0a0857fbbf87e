import { type ErrorCode, type Refusal, ERROR_CODES, unlessAway } from '../../domain/error-codes.js';
import { TENANT_ID } from '../../domain/access/tenant.js';
import type { TransmissionKey } from '../../domain/transmission/transmission.js';
import type {
  ConnectionRepository,
  CredentialName,
  TenantRepository,
} from '../../ports/access/connection-repository.js';
import type { Logger } from '../../ports/logger.js';
import { INSTALLATION, type MessageLog, type NewMessage } from '../../ports/transmission/message-log.js';
import { limitAttempts } from '../access/limit-attempts.js';

interface Deps {
  messages: Pick<MessageLog, 'note'>;
  connections: Pick<ConnectionRepository, 'findByCredential'>;
  tenants: Pick<TenantRepository, 'find' | 'list'>;
  log: Pick<Logger, 'warn'>;
  /** Called for each refusal, also for those that are not stored one by one. */
  refused: (code: ErrorCode) => void;
}

type Document = Pick<NewMessage, 'kind' | 'contentType' | 'payloadId' | 'digest'> & {
  /** Without secrets. Computed only if it is stored, from at most `most` bytes. */
  content: (most: number) => string;
  /** Size in bytes of the request or answer. */
  size: number;
};

/** A request and its answer, without secrets, and the result. */
export interface Exchange {
  received: Document;
  /** Absent for a refused request whose answer says no more than its code. */
  answered?: Document;
  /** Set as soon as the caller is known. */
  connection?: { tenantId: string; connectionId?: string };
  transmission?: TransmissionKey & { connectionId?: string };
  /** Names that the caller claimed. A refused call-up is shown to the tenant that it named. */
  names?: readonly CredentialName[];
  /** The tenant that the address of the request names. */
  claimedTenant?: string;
  refusal?: Refusal;
  /** The caller's address, as it is counted. */
  address: string;
  /** The caller's address, as it is seen. */
  seenAddress: string;
  reference: string;
  at: Date;
}

export type NoteExchange = (exchange: Exchange) => Promise<void>;

/** Limits per minute for unidentified callers: one kind from one address, one address, one connection, all together. */
const OF_KIND = { rows: 5 };
const OF_ADDRESS = { rows: 30, bytes: 512 * 1024 };
const OF_CONNECTION = { rows: 120, bytes: 2 * 1024 * 1024 };
/** Of an owner, where no connection is known: everybody who is misconfigured shares it. */
const OF_NO_CONNECTION = { rows: 300, bytes: 4 * 1024 * 1024 };
const OF_ALL = { rows: 600, bytes: 8 * 1024 * 1024 };
/** Maximum characters stored per document of such a caller. */
const MOST_CHARACTERS = 64 * 1024;
const MOST_OF_FIELD = 500;
/** Longest address in text: IPv6 with a zone. */
const MOST_OF_ADDRESS = 64;

type Owner = { tenantId: string; connectionId?: string | undefined };
/** Subject of a summary. It holds no refusal, because a refusal's texts can keep the whole request in memory. */
type Subject = Owner & { code?: ErrorCode; whose: '' | ' like this' | ' from the same address' };

/**
 * Stores both documents of a call-up, and one row for each other refused request, for the integration engineer; each
 * refusal also leaves one warning in the process log. Without a known tenant it belongs to the only tenant, or else to
 * the installation. Of unidentified callers, and of refused requests without a document, the first attempts of a
 * minute are stored and logged, up to 64 KiB of each document, and of the others only their number.
 */
export function noteExchange(deps: Deps): NoteExchange {
  const { messages, log } = deps;
  const attempts = limitAttempts<Subject>({
    summarise({ tenantId, connectionId, code, whose }, times) {
      const content = `${times} more attempts${whose} were refused within a minute. They are not shown one by one.`;
      messages.note({
        tenantId,
        connectionId,
        at: new Date(),
        direction: 'in',
        kind: 'Refused attempts',
        contentType: 'text/plain',
        content,
        code,
      });
      log.warn({ code, times, tenant: tenantId, connection: connectionId }, 'more requests were refused');
    },
  });

  /** True if this attempt is stored. */
  function admits({ received, answered, address }: Exchange, refusal: Refusal, owner: Owner): boolean {
    const { tenantId, connectionId } = owner;
    // Requests without a document must not use up the room of refused call-ups.
    const sort = answered === undefined ? 'request' : 'document';
    const whose = JSON.stringify([tenantId, connectionId, sort]);
    const bytes = Math.min(received.size, MOST_CHARACTERS) + Math.min(answered?.size ?? 0, MOST_CHARACTERS);
    const subject: Subject = { tenantId, connectionId, whose: '' };
    return attempts.admit(bytes, [
      {
        key: `${whose} ${address} ${received.kind.slice(0, 100)} ${refusal.code} ${checkOf(refusal)}`,
        subject: { ...subject, code: refusal.code, whose: ' like this' },
        ...OF_KIND,
      },
      { key: `${whose} ${address}`, subject: { ...subject, whose: ' from the same address' }, ...OF_ADDRESS },
      { key: whose, subject, ...(connectionId === undefined ? OF_NO_CONNECTION : OF_CONNECTION) },
      { key: `all ${sort}`, subject, ...OF_ALL },
    ]);
  }

  return async (exchange) => {
    const { received, answered, transmission, refusal, reference, at } = exchange;
    if (refusal !== undefined) deps.refused(refusal.code);
    const owner = await ownerOf(deps, exchange);
    const { tenantId, connectionId } = owner;
    const isStranger = exchange.connection === undefined && transmission === undefined;
    const isBounded = refusal !== undefined && (isStranger || answered === undefined);
    if (isBounded && !admits(exchange, refusal, owner)) return;
    const refused = refusal === undefined ? undefined : refusedFields(refusal, exchange);
    const outcome = {
      transmissionId: transmission?.transmissionId,
      ...refused,
    };
    const documents = answered === undefined ? [received] : [received, answered];
    for (const [index, { content, size: _, ...document }] of documents.entries()) {
      const direction = index === 0 ? 'in' : 'out';
      const text = content(isBounded ? MOST_CHARACTERS : Infinity);
      const message: NewMessage = {
        tenantId,
        connectionId,
        at,
        direction,
        reference,
        ...document,
        ...outcome,
        content: text,
      };
      messages.note(isBounded ? cutShort(message) : message);
    }
    if (refused === undefined) return;
    log.warn(
      {
        code: refused.code,
        reason: refused.reason.slice(0, MOST_OF_FIELD),
        kind: received.kind.slice(0, 100),
        tenant: tenantId,
        connection: connectionId,
        session: transmission?.transmissionId,
        address: refused.address,
        reference,
      },
      'refused',
    );
  };
}

/** Name of the failed check: a note without the names in it. */
function checkOf({ note = '' }: Refusal): string {
  return note.slice(0, 60).replace(/[:"].*$/s, '');
}

function cutShort({ kind, contentType, payloadId, reason, content, ...message }: NewMessage): NewMessage {
  return {
    ...message,
    kind: kind.slice(0, MOST_OF_FIELD),
    contentType: contentType.slice(0, MOST_OF_FIELD),
    payloadId: payloadId?.slice(0, MOST_OF_FIELD),
    reason: reason?.slice(0, MOST_OF_FIELD),
    content:
      content.length > MOST_CHARACTERS
        ? `${content.slice(0, MOST_CHARACTERS)}\n[${content.length} characters]`
        : content,
  };
}

function reasonOf(refusal: Refusal): { code: ErrorCode; reason: string } {
  const { code, reason, note, details = {} } = refusal;
  const said = note ?? reason;
  const { error, line, column } = details;
  const place = line === undefined ? '' : ` (line ${String(line)}, column ${String(column)})`;
  return { code, reason: `${said ?? (typeof error === 'string' ? error : ERROR_CODES[code])}${place}` };
}

function refusedFields(
  refusal: Refusal,
  { seenAddress }: Exchange,
): { code: ErrorCode; reason: string; address: string } {
  return { ...reasonOf(refusal), address: seenAddress.slice(0, MOST_OF_ADDRESS) };
}

/** Who reads about this exchange. Where the database does not answer, the installation. */
async function ownerOf(deps: Deps, { connection, transmission, refusal, ...claims }: Exchange): Promise<Owner> {
  if (connection !== undefined) return connection;
  if (transmission !== undefined) return { tenantId: transmission.tenantId, connectionId: transmission.connectionId };
  if (refusal?.owner !== undefined) return refusal.owner;
  try {
    return (await claimed(deps, claims)) ?? { tenantId: INSTALLATION };
  } catch (error) {
    unlessAway(error);
    return { tenantId: INSTALLATION };
  }
}

/** The connection or tenant that the caller names, else the only tenant. */
async function claimed(
  { connections, tenants }: Deps,
  { names = [], claimedTenant }: Pick<Exchange, 'names' | 'claimedTenant'>,
): Promise<Owner | undefined> {
  for (const name of names) {
    const [candidate] = await connections.findByCredential(name);
    if (candidate !== undefined)
      return { tenantId: candidate.connection.tenantId, connectionId: candidate.connection.connectionId };
  }
  const isId = claimedTenant !== undefined && TENANT_ID.test(claimedTenant);
  const tenant = isId ? await tenants.find(claimedTenant) : undefined;
  if (tenant !== undefined) return { tenantId: tenant.tenantId };
  const [only, ...others] = await tenants.list();
  return only !== undefined && others.length === 0 ? { tenantId: only.tenantId } : undefined;
}
