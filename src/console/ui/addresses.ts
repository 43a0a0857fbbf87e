import type { ImportReport } from '../../domain/orders/feed.js';

/** The page of an order. The number may hold any character, so it stands in the query. */
export function orderAddress(
  base: string,
  { connectionId, orderId, version }: { connectionId: string; orderId: string; version?: number },
): string {
  const query = { order: orderId, version: version === undefined ? undefined : String(version) };
  return `${base}/orders/${encodeURIComponent(connectionId)}${queryText(query)}`;
}

/** `?a=b`, or nothing where no part has a value. */
export function queryText(parts: Readonly<Record<string, string | undefined>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parts)) if (value !== undefined && value !== '') query.set(name, value);
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

/** The field of one setting in the form of a connection. */
export function settingAddress(base: string, connectionId: string, path: string): string {
  return `${base}/connections/${encodeURIComponent(connectionId)}/settings#f-${path}`;
}

/** The page of a feed: its newest import, or a named one. `after`: so many of its issues were seen. */
export function feedAddress(
  base: string,
  shopId: number,
  report?: Pick<ImportReport, 'reportId'>,
  after?: number,
): string {
  const query = { report: report?.reportId.toString(), after: after?.toString() };
  return `${base}/deliveries/feeds/${shopId}${queryText(query)}`;
}
