/** Source 003's headers; it names the shop in two spellings. */
export const SHOP_HEADER = 'X-Shopware-Connect-Shop';
export const SHOP_HEADERS = ['x-shopware-connect-shop', 'x-shopware-connect-shopid'] as const;
export const KEY_HEADER = 'X-Shopware-Connect-Key';
export const EVENT_HEADER = 'X-Shopware-Connect-Event';
/** Ours, beside them: binds a request to its method, its address and its time (request-signature.ts). */
export const REQUEST_HEADER = 'X-Punchout-Signature';

export interface SignatureHeaders {
  shop: string;
  signature: string;
  /** Value of REQUEST_HEADER, where it is there. */
  request?: string;
}

const READ: ReadonlySet<string> = new Set([KEY_HEADER.toLowerCase(), REQUEST_HEADER.toLowerCase(), ...SHOP_HEADERS]);

/**
 * Reads them from the pairs of a request as it was sent (`rawHeaders`: name, value, name, value). Undefined: one is missing or is
 * there more than once, or the two spellings name different shops (SECURITY T44).
 */
export function readSignatureHeaders(rawHeaders: readonly string[]): SignatureHeaders | undefined {
  const found = new Map<string, string>();
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = (rawHeaders[index] ?? '').toLowerCase();
    if (!READ.has(name)) continue;
    if (found.has(name)) return undefined;
    found.set(name, rawHeaders[index + 1] ?? '');
  }
  const signature = found.get(KEY_HEADER.toLowerCase());
  const shops = SHOP_HEADERS.flatMap((name) => found.get(name) ?? []);
  const [shop] = shops;
  if (signature === undefined || shop === undefined || shops.some((other) => other !== shop)) return undefined;
  const request = found.get(REQUEST_HEADER.toLowerCase());
  return { shop, signature, ...(request === undefined ? {} : { request }) };
}
