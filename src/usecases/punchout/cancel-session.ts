import type { ConnectorEvents } from '../../domain/transmission/connector-event.js';
import { type Outcome, accept, refuse } from '../../domain/error-codes.js';
import { transmissionKeyOf } from '../../domain/transmission/transmission.js';
import type { TransmissionRepository } from '../../ports/transmission/transmission-repository.js';

interface Deps {
  transmissions: Pick<TransmissionRepository, 'end' | 'find'>;
  emit: <Name extends keyof ConnectorEvents>(name: Name, event: ConnectorEvents[Name]) => void;
}

export interface Cancelled {
  sessionId: string;
  cancelledAt: Date;
}

/**
 * Ends a session from outside; its cart is deleted by a job of the same commit. One that was cancelled (or left by its buyer) before
 * gives the same answer again. Refuses TRANSMISSION_NOT_FOUND, SESSION_EXPIRED, SESSION_TRANSFERRED and ORDER_CREATED.
 */
export function cancelSession({
  transmissions,
  emit,
}: Deps): (tenantId: string, sessionId: string, actor: string) => Promise<Outcome<Cancelled>> {
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
