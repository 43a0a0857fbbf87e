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
  address_id?: string;
}

/** Of ShipTo, whose index it is. */
interface AddressQuery {
  address_id?: string;
}

export function pushCalls({ reads, changes }: Deps): Record<string, AdminCall> {
  const ofConnection = ({ tenantId, by, params }: Pick<AdminRequest, 'tenantId' | 'by' | 'params'>) => ({
    tenantId,
    by,
    connectionId: params['connection'] ?? '',
  });
  return {
    async adminGetIndexPush(request: AdminRequest<unknown, AddressQuery>) {
      const { tenantId, connectionId } = ofConnection(request);
      const found = await reads(tenantId, connectionId);
      if (!found.ok) return found;
      const push = found.value.find(({ addressId }) => addressId === request.query.address_id);
      return accept({ data: { push: push === undefined ? null : viewOf(push), pushes: found.value.map(viewOf) } });
    },
    async adminSaveIndexPush(request: AdminRequest<SaveBody>) {
      const { address_id: addressId, ...wish } = request.body;
      const saved = await changes.save({ ...ofConnection(request), addressId }, wish);
      return saved.ok ? accept({ data: { push: viewOf(saved.value) } }) : saved;
    },
    async adminRemoveIndexPush(request: AdminRequest<unknown, AddressQuery>) {
      const removed = await changes.remove({ ...ofConnection(request), addressId: request.query.address_id });
      return removed.ok ? accept({ data: removed.value }) : removed;
    },
  };
}

function viewOf(push: IndexPush): object {
  return {
    address_id: push.addressId ?? null,
    url: push.url,
    format: push.format,
    has_authorization: push.hasAuthorization,
    pushed_run: push.pushedRun ?? null,
    pushed_at: push.pushedAt?.toISOString() ?? null,
    failed_at: push.failedAt?.toISOString() ?? null,
    last_error: push.lastError ?? null,
  };
}
