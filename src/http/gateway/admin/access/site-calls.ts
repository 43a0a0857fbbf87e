import type { Site } from '../../../../domain/context/session-context.js';
import { accept } from '../../../../domain/error-codes.js';
import type { Sites } from '../../../../ports/context.js';
import type { SiteManagement } from '../../../../usecases/manage/sites.js';
import type { AdminCall, AdminRequest } from '../admin-route.js';

interface Deps {
  management: SiteManagement;
  sites: Pick<Sites, 'list'>;
}

interface SaveBody {
  site_code: string;
  name: string;
  country: string;
  currency: string;
  more_currencies?: string[];
  languages?: string[];
  is_default?: boolean;
}

export function siteCalls({ management, sites }: Deps): Record<string, AdminCall> {
  return {
    async adminListSites({ tenantId }) {
      return accept({ data: { sites: (await sites.list(tenantId)).map(siteView) } });
    },
    async adminSaveSite({ tenantId, by, body }: AdminRequest<SaveBody>) {
      const { site_code: siteCode, more_currencies: moreCurrencies, is_default: isDefault, ...rest } = body;
      const saved = await management.save({ tenantId, by }, { ...rest, siteCode, moreCurrencies, isDefault });
      return saved.ok ? accept({ data: siteView(saved.value) }) : saved;
    },
    async adminRemoveSite({ tenantId, by, params }: AdminRequest) {
      const removed = await management.remove({ tenantId, by }, params['site'] ?? '');
      return removed.ok ? accept({ data: removed.value }) : removed;
    },
  };
}

function siteView({ siteCode, name, country, currency, currencies, languages, isDefault }: Site): object {
  return { site_code: siteCode, name, country, currency, currencies, languages, is_default: isDefault };
}
