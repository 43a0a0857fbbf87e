import { BoundedCache } from '../../bounded-cache.js';
import { listAt, textAt } from '../../exchange/json-reading.js';
import type { ShopApi, ShopSession } from '../api/shop-api.js';
import { storeFault } from '../api/store-fault.js';

/** What a channel offers. */
export interface Choices {
  /** Vendure's codes, the channel's own first: `en`, `de_AT`. */
  languages: string[];
  /** ISO 4217, the channel's own first. */
  currencies: string[];
}

const LIFE_SECONDS = 600;
const MAX_CHANNELS = 100;
const QUERY =
  '{ activeChannel { defaultLanguageCode availableLanguageCodes defaultCurrencyCode availableCurrencyCodes } }';

/** Languages and currencies of channels, asked for every ten minutes at most. */
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

/** The language of a wish: the very one, else another of the same tongue (`de` finds `de_AT` too). */
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
