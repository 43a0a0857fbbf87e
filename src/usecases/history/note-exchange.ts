import { type ErrorCode, type Refusal, ERROR_CODES } from '../../domain/error-codes.js';
import type { TransmissionKey } from '../../domain/transmission/transmission.js';
import type {
  ConnectionRepository,
  CredentialName,
  TenantRepository,
} from '../../ports/access/connection-repository.js';
import type { MessageLog, NewMessage } from '../../ports/transmission/message-log.js';
import { limitAttempts } from '../access/limit-attempts.js';

interface Deps {
  messages: Pick<MessageLog, 'note'>;
  connections: Pick<ConnectionRepository, 'findByCredential'>;
  tenants: Pick<TenantRepository, 'list'>;
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
  answered: Document;
  /** Set as soon as the caller is known. */
  connection?: { tenantId: string; connectionId?: string };
  transmission?: TransmissionKey;
  /** Names that the caller claimed. A refused call-up is shown to the tenant that it named. */
  names?: readonly CredentialName[];
  refusal?: Refusal;
  /** The caller's address, as it is counted. */
  address: string;
  at: Date;
}

/** Limits per minute for unidentified callers: one kind from one address, one address, one connection, all together. */
const OF_KIND = { rows: 5 };
const OF_ADDRESS = { rows: 30, bytes: 512 * 1024 };
const OF_CONNECTION = { rows: 120, bytes: 2 * 1024 * 1024 };
const OF_ALL = { rows: 600, bytes: 8 * 1024 * 1024 };
/** Maximum characters stored per document of such a caller. */
const MOST_CHARACTERS = 64 * 1024;
const MOST_OF_FIELD = 500;

type Owner = { tenantId: string; connectionId?: string | undefined };
/** Subject of a summary. It holds no refusal, because a refusal's texts can keep the whole request in memory. */
type Subject = Owner & { code?: ErrorCode; whose: '' | ' like this' | ' from the same address' };

/**
 * Stores both documents of a call-up for the integration engineer. If a call-up names no known caller it belongs to no
 * tenant: it is shown if the installation has only one tenant, otherwise it goes to the process log only. Of
 * unidentified callers the first attempts of a minute are stored, up to 64 KiB of each document, and of the others only
 * their number.
 */
export function noteExchange(deps: Deps): (exchange: Exchange) => Promise<void> {
  const { messages } = deps;
  const strangers = limitAttempts<Subject>({
    summarise: ({ tenantId, connectionId, code, whose }, times) =>
      messages.note({
        tenantId,
        connectionId,
        at: new Date(),
        direction: 'in',
        kind: 'Refused attempts',
        contentType: 'text/plain',
        content: `${times} more attempts${whose} were refused within a minute. They are not shown one by one.`,
        code,
      }),
  });

  return async ({ received, answered, connection, transmission, names = [], refusal, address, at }) => {
    const owner: Owner | undefined =
      connection ??
      (transmission === undefined
        ? await named(deps, names)
        : { tenantId: transmission.tenantId, connectionId: undefined });
    if (owner === undefined) return;
    const { tenantId, connectionId } = owner;
    const isStranger = connection === undefined && transmission === undefined;
    if (isStranger && refusal !== undefined) {
      const whose = JSON.stringify([tenantId, connectionId]);
      const bytes = Math.min(received.size, MOST_CHARACTERS) + Math.min(answered.size, MOST_CHARACTERS);
      const subject: Subject = { tenantId, connectionId, whose: '' };
      const admitted = strangers.admit(bytes, [
        {
          key: `${whose} ${address} ${received.kind.slice(0, 100)} ${refusal.code} ${checkOf(refusal)}`,
          subject: { ...subject, code: refusal.code, whose: ' like this' },
          ...OF_KIND,
        },
        { key: `${whose} ${address}`, subject: { ...subject, whose: ' from the same address' }, ...OF_ADDRESS },
        { key: whose, subject, ...OF_CONNECTION },
        { key: 'all', subject, ...OF_ALL },
      ]);
      if (!admitted) return;
    }
    const outcome = {
      ...reasonOf(refusal),
      transmissionId: transmission?.transmissionId,
    };
    for (const [direction, { content, size: _, ...document }] of [
      ['in', received],
      ['out', answered],
    ] as const) {
      const text = content(isStranger ? MOST_CHARACTERS : Infinity);
      const message: NewMessage = { tenantId, connectionId, at, direction, ...document, ...outcome, content: text };
      messages.note(isStranger ? cutShort(message) : message);
    }
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

function reasonOf(refusal: Refusal | undefined): { code?: ErrorCode; reason?: string } {
  if (refusal === undefined) return {};
  const { code, reason, note, details = {} } = refusal;
  const said = note ?? reason;
  const { error, line, column } = details;
  const place = line === undefined ? '' : ` (line ${String(line)}, column ${String(column)})`;
  return { code, reason: `${said ?? (typeof error === 'string' ? error : ERROR_CODES[code])}${place}` };
}

async function named(
  { connections, tenants }: Deps,
  names: readonly CredentialName[],
): Promise<{ tenantId: string; connectionId?: string } | undefined> {
  for (const name of names) {
    const [candidate] = await connections.findByCredential(name);
    if (candidate !== undefined)
      return { tenantId: candidate.connection.tenantId, connectionId: candidate.connection.connectionId };
  }
  const [only, ...others] = await tenants.list();
  return only !== undefined && others.length === 0 ? { tenantId: only.tenantId } : undefined;
}
