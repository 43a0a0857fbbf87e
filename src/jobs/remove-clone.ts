import type { CustomerClone } from '../domain/access/customer-clone.js';
import type { Job } from '../ports/job-queue.js';
import type { Store } from '../ports/store/store.js';

/** Removes the account that was made for a transmission, once that is over. */
export async function removeClone({ customers }: Pick<Store, 'customers'>, { tenantId, input }: Job): Promise<void> {
  const { transmissionId, clone } = input as { transmissionId: string; clone: CustomerClone | null };
  await customers?.remove({ tenantId, transmissionId, ...(clone === null ? {} : { clone }) });
}
