import { isAway } from '../../domain/error-codes.js';
import type { ConnectorEvents } from '../../domain/transmission/connector-event.js';
import type { Transmission, TransmissionStatus } from '../../domain/transmission/transmission.js';
import type { TransmissionRepository } from '../../ports/transmission/transmission-repository.js';
import type { LeftSessions } from './left-sessions.js';

interface Deps {
  transmissions: Pick<TransmissionRepository, 'end' | 'find'>;
  left: Pick<LeftSessions, 'add' | 'has'>;
  emit<Name extends keyof ConnectorEvents>(name: Name, event: ConnectorEvents[Name]): void;
}

export interface EndedSession {
  /** False: it was over already, perhaps since this very moment (by a transfer, the shop, the clock). */
  byThis: boolean;
  /** What it is now; `closing`: the database takes no writes, and is told later. */
  status: TransmissionStatus | 'closing';
}

/**
 * Ends a session without a transfer; its cart is deleted by a job of the same commit. A buyer can always leave: where
 * the database takes no writes, the session is over for them, and closed later.
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
      // What was over when it was read needs no end.
      if (transmission.status !== 'open' && transmission.status !== 'active')
        return { byThis: false, status: transmission.status };
      left.add(transmission);
      return { byThis: true, status: 'closing' };
    }
    const { status } = (await transmissions.find(transmission)) ?? transmission;
    return { byThis: false, status };
  };
}
