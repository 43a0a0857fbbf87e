import type { IndexFormat } from '../../../../domain/catalogue/catalogue-index.js';
import { accept } from '../../../../domain/error-codes.js';
import type { IndexPush } from '../../../../ports/index-pushes.js';
import type { PushChanges, pushReads } from '../../../../usecases/catalogue/index-push.js';
import type { AdminCall, AdminRequest } from '../admin-route.js';

interface Deps {
  reads: ReturnType<typeof pushReads>;
  changes: PushChanges;
}

interface SaveBody {
  url: string;
  format: IndexFormat;
  authorization?: string | null;
}

export function pushCalls({ reads, changes }: Deps): Record<string, AdminCall> {
  const ofConnection = ({ tenantId, by, params }: AdminRequest) => ({
    tenantId,
    by,
    connectionId: params['connection'] ?? '',
  });
  return {
    async adminGetIndexPush(request: AdminRequest) {
      const { tenantId, connectionId } = ofConnection(request);
      const found = await reads(tenantId, connectionId);
      return found.ok ? accept({ data: { push: found.value === undefined ? null : viewOf(found.value) } }) : found;
    },
    async adminSaveIndexPush(request: AdminRequest<SaveBody>) {
      const saved = await changes.save(ofConnection(request), request.body);
      return saved.ok ? accept({ data: { push: viewOf(saved.value) } }) : saved;
    },
    async adminRemoveIndexPush(request: AdminRequest) {
      const removed = await changes.remove(ofConnection(request));
      return removed.ok ? accept({ data: removed.value }) : removed;
    },
  };
}

function viewOf(push: IndexPush): object {
  return {
    url: push.url,
    format: push.format,
    has_authorization: push.hasAuthorization,
    pushed_run: push.pushedRun ?? null,
    pushed_at: push.pushedAt?.toISOString() ?? null,
    failed_at: push.failedAt?.toISOString() ?? null,
    last_error: push.lastError ?? null,
  };
}
