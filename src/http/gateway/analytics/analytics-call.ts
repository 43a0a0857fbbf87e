import { accept } from '../../../domain/error-codes.js';
import type { SalesFigures } from '../../../ports/transmission/sales-figures.js';
import type { TenantRepository } from '../../../ports/access/tenant-repository.js';
import { DEFAULT_CURRENCY } from '../../../usecases/reading/read-sessions.js';
import type { ApiCall } from '../api/api-route.js';
import { queryCheck } from '../../middleware/check-input.js';
import { momentRange } from '../api/moment-parameter.js';
import { ANALYTICS_QUERY, type AnalyticsQuery } from './analytics-schemas.js';
import { analyticsView } from './analytics-view.js';

interface Deps {
  figures: Pick<SalesFigures, 'read'>;
  tenants: Pick<TenantRepository, 'find'>;
}

const checkQuery = queryCheck<AnalyticsQuery>(ANALYTICS_QUERY);
const DAY_MS = 86_400_000;
/** Days that a period looks back, the last one included. */
const PERIOD_DAYS = { day: 1, week: 7, month: 30, year: 365 };
const TOP_PRODUCTS = 10;

/** `GET /v1/punchout/analytics`: whole days (UTC); `period` (default month) ends with `to_date`, else today, and yields to `from_date`. */
export function analyticsCall({ figures, tenants }: Deps): ApiCall {
  return async (req, { tenantId }) => {
    const query = checkQuery({ ...req.query });
    if (!query.ok) return query;
    const { period = 'month', group_by: groupBy = 'day' } = query.value;
    const range = momentRange(query.value);
    if (!range.ok) return range;
    const last = range.value.before === undefined ? Date.now() : range.value.before.getTime() - 1;
    const first = range.value.from?.getTime() ?? last - (PERIOD_DAYS[period] - 1) * DAY_MS;
    const days = { fromDay: dayOf(Math.min(first, last)), toDay: dayOf(last) };
    const currency = query.value.currency ?? (await tenants.find(tenantId))?.settings.currency ?? DEFAULT_CURRENCY;
    return accept(
      analyticsView(await figures.read(tenantId, { ...days, groupBy, currency, topProducts: TOP_PRODUCTS }), {
        ...days,
        currency,
      }),
    );
  };
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
