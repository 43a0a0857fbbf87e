import { accept, refuse } from '../../../../domain/error-codes.js';
import { readCodeList } from '../../../../protocols/index/read-code-list.js';
import type { ListChanges, listReads } from '../../../../usecases/catalogue/buyer-lists.js';
import type { AdminCall, AdminRequest } from '../admin-route.js';
import { listOf } from './list-operations.js';

interface Deps {
  reads: ReturnType<typeof listReads>;
  changes: ListChanges;
}

interface SaveBody {
  codes?: string[];
  csv?: string;
  add?: boolean;
}

const NO_LIST = 'The lists are classification and unit.';

export function listCalls({ reads, changes }: Deps): Record<string, AdminCall> {
  const ofConnection = ({ tenantId, by, params }: AdminRequest) => ({
    tenantId,
    by,
    connectionId: params['connection'] ?? '',
  });
  return {
    async adminGetCodeLists(request: AdminRequest) {
      const { tenantId, connectionId } = ofConnection(request);
      const found = await reads(tenantId, connectionId);
      return found.ok ? accept({ data: { lists: found.value } }) : found;
    },
    async adminSaveCodeList(request: AdminRequest<SaveBody>) {
      const list = listOf(request.params['list']);
      if (list === undefined) return refuse('RESOURCE_NOT_FOUND', NO_LIST);
      const { codes, csv, add } = request.body;
      if ((codes === undefined) === (csv === undefined))
        return refuse('INVALID_REQUEST', 'Send codes, or csv.', { field: 'codes' });
      const read = codes ?? readCodeList(csv ?? '');
      if (read === undefined)
        return refuse('INVALID_REQUEST', 'csv begins like JSON, and is no array of texts.', { field: 'csv' });
      const saved = await changes.save(ofConnection(request), list, read, add);
      return saved.ok ? accept({ data: { lists: saved.value } }) : saved;
    },
    async adminRemoveCodeList(request: AdminRequest) {
      const list = listOf(request.params['list']);
      if (list === undefined) return refuse('RESOURCE_NOT_FOUND', NO_LIST);
      const removed = await changes.remove(ofConnection(request), list);
      return removed.ok ? accept({ data: removed.value }) : removed;
    },
  };
}
