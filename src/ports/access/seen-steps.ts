import type { SeenSteps } from '../../domain/access/acceptance.js';

/** What the buyer's system of a connection has done, from its newest sessions. */
export interface SeenStepReads {
  of(tenantId: string, connectionId: string): Promise<SeenSteps>;
}
