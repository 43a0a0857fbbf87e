import type { StoreContext } from '../../../../ports/store/store.js';
import { at, textAt } from '../../exchange/json-reading.js';
import type { ShopApi, ShopSession } from '../api/shop-api.js';
import { storeFault } from '../api/store-fault.js';
import { type Choices, chooseLanguage } from './channel-choices.js';

/** What a wish for another context comes to within one channel; `unknown` names what the channel has not. */
export function contextOf(
  choices: Choices,
  { currency, language }: StoreContext,
): { currency: string | undefined; languageCode: string | undefined } | { unknown: 'currency' | 'language' } {
  const languageCode = chooseLanguage(choices.languages, language);
  if (currency !== undefined && !choices.currencies.includes(currency)) return { unknown: 'currency' };
  if (language !== undefined && languageCode === undefined) return { unknown: 'language' };
  return { currency, languageCode };
}

const SET =
  'mutation ($currency: CurrencyCode!) { setCurrencyCodeForOrder(currencyCode: $currency) { __typename ... on ErrorResult { errorCode } ... on Order { currencyCode } } }';

/** Prices the order anew in `currency`; false where an article has no price in it. Nothing to do before something was added. */
export async function setCurrency(api: ShopApi, session: ShopSession, currency: string): Promise<boolean> {
  const { data, faultCodes } = await api.send(session, 'setCurrencyCodeForOrder', SET, { currency });
  if (faultCodes.length > 0) return false;
  const answer = at(data, 'setCurrencyCodeForOrder');
  const code = textAt(answer, 'errorCode');
  if (code === 'NO_ACTIVE_ORDER_ERROR') return true;
  if (code !== undefined) throw storeFault(`setCurrencyCodeForOrder answered ${code}`);
  return textAt(answer, 'currencyCode') === currency;
}
