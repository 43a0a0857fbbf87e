import type { ConnectorEvents } from '../../domain/transmission/connector-event.js';
import type { Transmission } from '../../domain/transmission/transmission.js';
import type { TransmissionRepository } from '../../ports/transmission/transmission-repository.js';

interface Deps {
  transmissions: TransmissionRepository;
  emit<Name extends keyof ConnectorEvents>(name: Name, event: ConnectorEvents[Name]): void;
}

/** Ends a session without a transfer; its cart is deleted by a job of the same commit. */
export function endSession(deps: Deps): (transmission: Transmission) => Promise<void> {
  return async (transmission) => {
    if (await deps.transmissions.end(transmission, 'closed', 'buyer')) deps.emit('logout', { transmission });
  };
}
