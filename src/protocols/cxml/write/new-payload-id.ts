/**
 * `datetime.random@host` (RULES 1.5). `host` is a host name or URL host; `randomText` makes it unique and comes from the
 * caller, as the moment does.
 */
export function newPayloadId(host: string, date: Date, randomText: string): string {
  return `${date.getTime()}.${randomText}@${host}`;
}
