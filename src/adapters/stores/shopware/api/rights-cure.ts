import type { ShopAnswer } from './shop-http.js';

/** Advice when the integration lacks rights for a call of the Admin API; undefined for any other fault. */
export function rightsCure(
  { status, errorCodes }: Pick<ShopAnswer, 'status' | 'errorCodes'>,
  rights: string,
): string | undefined {
  const isRefused = status === 403 || errorCodes.includes('FRAMEWORK__MISSING_PRIVILEGE_ERROR');
  return isRefused ? `give the integration (SHOPWARE_CLIENT_ID) a role with ${rights}` : undefined;
}
