/** Most characters of an address id in a name. */
const MOST_CHARACTERS = 60;

/** `erp.cif`, or `erp-0100-7.cif` for the address id 0100 and the run 7. Safe in a header and on every file system. */
export function indexFileName(
  { connectionId, addressId, runId }: { connectionId: string; addressId?: string | undefined; runId?: number },
  extension: string,
): string {
  const address = addressId?.replaceAll(/[^A-Za-z0-9._-]+/g, '_').slice(0, MOST_CHARACTERS);
  const parts = [connectionId, address, runId].filter((part) => part !== undefined);
  return `${parts.join('-')}.${extension}`;
}
