/** The field of one setting in the form of a connection. */
export function settingAddress(base: string, connectionId: string, path: string): string {
  return `${base}/connections/${encodeURIComponent(connectionId)}/settings#f-${path}`;
}
