import type { StoreContext } from '../../../../ports/store/store.js';
import type { StoreApi, StoreApiSession } from '../api/store-api.js';
import type { ShopLanguage } from './sales-channel-choices.js';
import { assertCustomer, readContext } from './shop-context.js';

/** Currency, country and language that the shop shows a cart's customer now. Throws StoreSessionLost where that is another customer's. */
export async function shownContext(
  api: StoreApi,
  session: StoreApiSession,
  { customerId, languages }: { customerId: string; languages: readonly ShopLanguage[] },
): Promise<StoreContext> {
  // Without the cart's own language, which would be given back.
  const context = await readContext(api, { ...session, languageId: undefined });
  assertCustomer(context, customerId);
  const { currency, country, languageId } = context;
  const language = languages.find((known) => known.languageId === languageId)?.tag;
  return { currency, ...(country === undefined ? {} : { country }), ...(language === undefined ? {} : { language }) };
}
