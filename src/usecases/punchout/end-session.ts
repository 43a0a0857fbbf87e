import { isAway, type Outcome, accept, refuse } from '../../domain/error-codes.js';
import type { ConnectorEvents } from '../../domain/transmission/connector-event.js';
import {
  type Transmission,
  type TransmissionStatus,
  type TransmissionKey,
  transmissionKeyOf,
} from '../../domain/transmission/transmission.js';
import type { TransmissionRepository } from '../../ports/transmission/transmission-repository.js';
import type { Logger } from '../../ports/logger.js';

interface Deps {
  transmissions: Pick<TransmissionRepository, 'end' | 'find'>;
  left: Pick<LeftSessions, 'add' | 'has'>;
  emit<Name extends keyof ConnectorEvents>(name: Name, event: ConnectorEvents[Name]): void;
}

export interface EndedSession {
  /** False: the session had already ended, perhaps at this moment (by a transfer, the shop or a time-out). */
  byThis: boolean;
  /** Current status. `closing`: the database accepts no writes; the end is stored later. */
  status: TransmissionStatus | 'closing';
}

/**
 * Ends a session without a transfer. A job of the same commit deletes its cart. A buyer can always leave: if the
 * database accepts no writes, the session is over for the buyer and is closed later.
 */
export function endSession({ transmissions, left, emit }: Deps): (transmission: Transmission) => Promise<EndedSession> {
  return async (transmission) => {
    try {
      if (await transmissions.end(transmission, 'closed', 'buyer')) {
        emit('logout', { transmission });
        return { byThis: true, status: 'closed' };
      }
    } catch (error) {
      if (!isAway(error)) throw error;
      if (left.has(transmission)) return { byThis: true, status: 'closing' };
      // A session that was already over needs no end.
      if (transmission.status !== 'open' && transmission.status !== 'active')
        return { byThis: false, status: transmission.status };
      left.add(transmission);
      return { byThis: true, status: 'closing' };
    }
    const { status } = (await transmissions.find(transmission)) ?? transmission;
    return { byThis: false, status };
  };
}

interface LeftDeps {
  transmissions: Pick<TransmissionRepository, 'end' | 'find'>;
  emit<Name extends keyof ConnectorEvents>(name: Name, event: ConnectorEvents[Name]): void;
  log: Logger;
}

const AGAIN_MS = 2_000;
/** About 200 bytes each. If there are more, the oldest end by their own time-out. */
const MOST = 10_000;

/**
 * Sessions that buyers left while the database accepted no writes. They are over for this process and are stored as
 * closed as soon as writes work. If the process stops before, they end by their time-out.
 */
export interface LeftSessions {
  add(key: TransmissionKey): void;
  has(key: TransmissionKey): boolean;
  /** Stores the ends that can be stored now. */
  flush(): Promise<void>;
}

export function leftSessions({ transmissions, emit, log }: LeftDeps): LeftSessions {
  const left = new Map<string, TransmissionKey>();
  let timer: NodeJS.Timeout | undefined;

  async function write(name: string, key: TransmissionKey): Promise<void> {
    if (await transmissions.end(key, 'closed', 'buyer')) {
      const transmission = await transmissions.find(key);
      if (transmission !== undefined) emit('logout', { transmission });
    }
    left.delete(name);
  }

  async function flush(): Promise<void> {
    for (const [name, key] of left) {
      try {
        await write(name, key);
      } catch (error) {
        log.warn({ err: error, sessions: left.size }, 'sessions that buyers left could not be closed; will try again');
        // One failing entry must not block the others.
        if (!isAway(error)) left.delete(name);
        else return;
      }
    }
  }

  function schedule(): void {
    timer ??= setTimeout(() => {
      timer = undefined;
      void flush().finally(() => {
        if (left.size > 0) schedule();
      });
    }, AGAIN_MS).unref();
  }

  return {
    add(key) {
      const [earliest] = left.keys();
      if (left.size >= MOST && earliest !== undefined) left.delete(earliest);
      left.set(nameOf(key), { tenantId: key.tenantId, transmissionId: key.transmissionId });
      schedule();
    },
    has: (key) => left.has(nameOf(key)),
    async flush() {
      clearTimeout(timer);
      timer = undefined;
      await flush();
    },
  };
}

function nameOf({ tenantId, transmissionId }: TransmissionKey): string {
  return `${tenantId}\0${transmissionId}`;
}

interface CancelDeps {
  transmissions: Pick<TransmissionRepository, 'end' | 'find'>;
  emit: <Name extends keyof ConnectorEvents>(name: Name, event: ConnectorEvents[Name]) => void;
}

export interface Cancelled {
  sessionId: string;
  cancelledAt: Date;
}

/**
 * Ends a session from outside. A job of the same commit deletes its cart. A session that was already cancelled (or left
 * by its buyer) gives the same answer again. Refuses with TRANSMISSION_NOT_FOUND, SESSION_EXPIRED, SESSION_TRANSFERRED
 * and ORDER_CREATED.
 */
export function cancelSession({
  transmissions,
  emit,
}: CancelDeps): (tenantId: string, sessionId: string, actor: string) => Promise<Outcome<Cancelled>> {
  return async (tenantId, sessionId, actor) => {
    if (transmissionKeyOf(sessionId) === undefined) return refuse('TRANSMISSION_NOT_FOUND');
    const key = { tenantId, transmissionId: sessionId };
    const ended = await transmissions.end(key, 'cancelled', actor);
    const transmission = await transmissions.find(key);
    if (transmission === undefined) return refuse('TRANSMISSION_NOT_FOUND');
    if (ended) emit('logout', { transmission });
    switch (transmission.status) {
      case 'cancelled':
      case 'closed':
        return accept({ sessionId, cancelledAt: transmission.endedAt ?? transmission.expiresAt });
      case 'expired':
        return refuse('SESSION_EXPIRED', undefined, {
          session_id: sessionId,
          expired_at: transmission.expiresAt.toISOString(),
        });
      case 'transferred':
        return refuse('SESSION_TRANSFERRED', undefined, { session_id: sessionId });
      case 'order_created':
        return refuse('ORDER_CREATED', undefined, { session_id: sessionId });
      default:
        throw new Error(`a session that is ${transmission.status} was not ended`);
    }
  };
}
