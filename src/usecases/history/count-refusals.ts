import type { MessageLog } from '../../ports/transmission/message-log.js';
import type { RefusalGroup, SessionSearch } from '../../ports/transmission/session-search.js';

interface Deps {
  search: Pick<SessionSearch, 'refusalGroups'>;
  /** Writes what this process has noted, so that the newest refusal is counted. */
  messages: Pick<MessageLog, 'flush'>;
}

/** Refused requests by connection and code, the most frequent first: for the console and the admin API alike. */
export type CountRefusals = (
  tenantId: string,
  range: { from: Date; before: Date },
  limit: number,
) => Promise<RefusalGroup[]>;

export function countRefusals({ search, messages }: Deps): CountRefusals {
  return async (tenantId, range, limit) => {
    await messages.flush();
    return search.refusalGroups(tenantId, range, limit);
  };
}
