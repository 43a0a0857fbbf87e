import type { ImportReport } from '../../../domain/orders/feed.js';

/** The page of a feed: its newest import, or a named one. `after`: so many of its issues were seen. */
export function feedAddress(
  base: string,
  shopId: number,
  report?: Pick<ImportReport, 'reportId'>,
  after?: number,
): string {
  const query = new URLSearchParams();
  if (report !== undefined) query.set('report', String(report.reportId));
  if (after !== undefined) query.set('after', String(after));
  const text = query.toString();
  return `${base}/deliveries/feeds/${shopId}${text === '' ? '' : `?${text}`}`;
}
