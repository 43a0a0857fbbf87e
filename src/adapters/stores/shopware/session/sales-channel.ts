import type { Deadline } from '../../exchange/deadline.js';
import { textAt } from '../../exchange/json-reading.js';
import type { StoreApi } from '../api/store-api.js';
import { storeFault } from '../api/store-fault.js';

export type SalesChannelId = (deadline: Deadline) => Promise<string>;

/** The sales channel that the access key belongs to: as it was given, else as the shop says, asked once. */
export function salesChannelOf(api: StoreApi, given: string | undefined): SalesChannelId {
  let known = given;
  return async (deadline) => {
    known ??= textAt(await api.read({ deadline }, { method: 'GET', path: '/context' }), 'salesChannel', 'id');
    if (known === undefined) throw storeFault('GET /store-api/context named no sales channel');
    return known;
  };
}
