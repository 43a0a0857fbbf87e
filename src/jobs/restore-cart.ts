import type { Transmission, TransmissionKey } from '../domain/transmission/transmission.js';
import type { Job } from '../ports/job-queue.js';

interface Deps {
  find: (key: TransmissionKey) => Promise<Transmission | undefined>;
  /** Restores what is missing; nothing to do for a session that is over. */
  ready: (transmission: Transmission) => Promise<unknown>;
}

/** Finishes a cart whose lines took longer to restore than its login could wait. */
export async function restoreCart({ find, ready }: Deps, job: Job): Promise<void> {
  const transmission = await find({ tenantId: job.tenantId, transmissionId: String(job.input['transmissionId']) });
  if (transmission !== undefined) await ready(transmission);
}
