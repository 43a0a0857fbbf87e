import { type Acceptance, acceptanceOf } from '../../domain/access/acceptance.js';
import { type Outcome, accept } from '../../domain/error-codes.js';
import type { SeenStepReads } from '../../ports/access/seen-steps.js';
import type { ConnectionReads, ShownConnection } from './read-connections.js';

export interface ShownAcceptance extends Acceptance {
  connection: ShownConnection;
}

/** Whether the buyer's system has done everything once: call-up, login, cart, order. */
export type ReadAcceptance = (tenantId: string, connectionId: string) => Promise<Outcome<ShownAcceptance>>;

export function readAcceptance({
  reads,
  seenSteps,
}: {
  reads: Pick<ConnectionReads, 'show'>;
  seenSteps: SeenStepReads;
}): ReadAcceptance {
  return async (tenantId, connectionId) => {
    const shown = await reads.show(tenantId, connectionId);
    if (!shown.ok) return shown;
    const connection = shown.value;
    return accept({ ...acceptanceOf(connection.protocol, await seenSteps.of(tenantId, connectionId)), connection });
  };
}
