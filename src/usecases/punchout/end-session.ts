import type { ConnectorEvents } from '../../domain/transmission/connector-event.js';
import type { Transmission, TransmissionStatus } from '../../domain/transmission/transmission.js';
import type { TransmissionRepository } from '../../ports/transmission/transmission-repository.js';

interface Deps {
  transmissions: Pick<TransmissionRepository, 'end' | 'find'>;
  emit<Name extends keyof ConnectorEvents>(name: Name, event: ConnectorEvents[Name]): void;
}

export interface EndedSession {
  /** False: it was over already, perhaps since this very moment (by a transfer, the shop, the clock). */
  byThis: boolean;
  /** What it is now. */
  status: TransmissionStatus;
}

/** Ends a session without a transfer; its cart is deleted by a job of the same commit. */
export function endSession({ transmissions, emit }: Deps): (transmission: Transmission) => Promise<EndedSession> {
  return async (transmission) => {
    if (await transmissions.end(transmission, 'closed', 'buyer')) {
      emit('logout', { transmission });
      return { byThis: true, status: 'closed' };
    }
    const { status } = (await transmissions.find(transmission)) ?? transmission;
    return { byThis: false, status };
  };
}
