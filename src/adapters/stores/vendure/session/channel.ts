import { BoundedCache } from '../../bounded-cache.js';
import { listAt, textAt, at } from '../../exchange/json-reading.js';
import type { ShopApi, ShopSession } from '../api/shop-api.js';
import { storeFault } from '../api/store-fault.js';
import type { StoreContext } from '../../../../ports/store/store.js';

/** Languages and currencies of a channel. */
interface Choices {
  /** Vendure's codes, the channel's default first: `en`, `de_AT`. */
  languages: string[];
  /** ISO 4217, the channel's default first. */
  currencies: string[];
}

const LIFE_SECONDS = 600;
const MAX_CHANNELS = 100;
const QUERY =
  '{ activeChannel { defaultLanguageCode availableLanguageCodes defaultCurrencyCode availableCurrencyCodes } }';

/** Languages and currencies of channels, read at most every ten minutes. */
export class ChannelChoices {
  readonly #api: ShopApi;
  readonly #cache: BoundedCache<Choices>;

  constructor(api: ShopApi, now: () => number) {
    this.#api = api;
    this.#cache = new BoundedCache({ maxEntries: MAX_CHANNELS, lifeSeconds: LIFE_SECONDS, now });
  }

  async read({ channelToken, deadline }: Pick<ShopSession, 'channelToken' | 'deadline'>): Promise<Choices> {
    const key = channelToken ?? '';
    const known = this.#cache.get(key);
    if (known !== undefined) return known;
    const data = await this.#api.read({ channelToken, deadline }, 'activeChannel', QUERY);
    const all = (own: string, others: string): string[] => [
      ...new Set(
        [textAt(data, 'activeChannel', own), ...listAt(data, 'activeChannel', others)].filter(
          (code) => typeof code === 'string',
        ),
      ),
    ];
    const choices = {
      languages: all('defaultLanguageCode', 'availableLanguageCodes'),
      currencies: all('defaultCurrencyCode', 'availableCurrencyCodes'),
    };
    if (choices.currencies.length === 0 || choices.languages.length === 0)
      throw storeFault('activeChannel named no currency or language');
    this.#cache.set(key, choices);
    return choices;
  }

  drop(): void {
    this.#cache.drop();
  }
}

/** The requested language, else one with the same primary tag (`de` finds `de_AT` too). */
export function chooseLanguage(languages: readonly string[], wish: string | undefined): string | undefined {
  if (wish === undefined) return undefined;
  const tag = wish.replace('-', '_').toLowerCase();
  const [tongue] = tag.split('_');
  return (
    languages.find((code) => code.toLowerCase() === tag) ??
    languages.find((code) => code.toLowerCase().split('_')[0] === tongue)
  );
}

/** Vendure's code as BCP 47. */
export function languageTag(code: string): string {
  return code.replace('_', '-');
}

/** The context within one channel for a wish; `unknown` names what the channel does not offer. */
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
  'mutation ($currency: CurrencyCode!) { setCurrencyCodeForOrder(currencyCode: $currency) ' +
  '{ __typename ... on ErrorResult { errorCode } ... on Order { currencyCode } } }';

/**
 * Changes the prices of the order to `currency`; false where an article has no price in it. Does nothing before
 * something was added.
 */
export async function setCurrency(api: ShopApi, session: ShopSession, currency: string): Promise<boolean> {
  const { data, faultCodes } = await api.send(session, 'setCurrencyCodeForOrder', SET, { currency });
  if (faultCodes.length > 0) return false;
  const answer = at(data, 'setCurrencyCodeForOrder');
  const code = textAt(answer, 'errorCode');
  if (code === 'NO_ACTIVE_ORDER_ERROR') return true;
  if (code !== undefined) throw storeFault(`setCurrencyCodeForOrder answered ${code}`);
  return textAt(answer, 'currencyCode') === currency;
}
