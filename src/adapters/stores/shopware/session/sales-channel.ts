import type { Deadline } from '../../exchange/throttle.js';
import { textAt, type Json, listAt } from '../../exchange/json-reading.js';
import type { StoreApi } from '../api/store-api.js';
import { storeFault } from '../api/store-fault.js';
import { BoundedCache } from '../../bounded-cache.js';

export type SalesChannelId = (deadline: Deadline) => Promise<string>;

/** The sales channel of the access key: the given one, else the shop is asked once. */
export function salesChannelOf(api: StoreApi, given: string | undefined): SalesChannelId {
  let known = given;
  return async (deadline) => {
    known ??= textAt(await api.read({ deadline }, { method: 'GET', path: '/context' }), 'salesChannel', 'id');
    if (known === undefined) throw storeFault('GET /store-api/context named no sales channel');
    return known;
  };
}

export interface ShopLanguage {
  languageId: string;
  /** BCP 47, `de-DE`. */
  tag: string;
}

interface ShopCurrency {
  currencyId: string;
  /** ISO 4217. */
  isoCode: string;
}

export interface Choices {
  languages: ShopLanguage[];
  currencies: ShopCurrency[];
}

const LIFE_SECONDS = 600;

/** Languages and currencies of the sales channel, read at most every ten minutes. */
export class SalesChannelChoices {
  readonly #api: StoreApi;
  readonly #cache: BoundedCache<Choices>;

  constructor(api: StoreApi, now: () => number) {
    this.#api = api;
    this.#cache = new BoundedCache({ maxEntries: 1, lifeSeconds: LIFE_SECONDS, now });
  }

  async read(deadline: Deadline): Promise<Choices> {
    const known = this.#cache.get('');
    if (known !== undefined) return known;
    const [languages, currencies] = await Promise.all([
      this.#api.read(
        { deadline },
        { method: 'POST', path: '/language', body: { limit: 100, associations: { translationCode: {}, locale: {} } } },
      ),
      this.#api.read({ deadline }, { method: 'POST', path: '/currency', body: { limit: 100 } }),
    ]);
    const choices = {
      languages: entities(languages).flatMap(languageOf),
      currencies: entities(currencies).flatMap(currencyOf),
    };
    this.#cache.set('', choices);
    return choices;
  }

  /** Undefined without a wish, or if the sales channel has no such language. Asks the shop only for a wish. */
  async languageIdFor(wish: string | undefined, deadline: Deadline): Promise<string | undefined> {
    return wish === undefined ? undefined : chooseLanguage((await this.read(deadline)).languages, wish)?.languageId;
  }

  drop(): void {
    this.#cache.drop();
  }
}

/** The requested language, else one with the same primary tag (`de` finds `de-DE`, and so does `de-AT`). */
export function chooseLanguage(languages: readonly ShopLanguage[], wish: string | undefined): ShopLanguage | undefined {
  if (wish === undefined) return undefined;
  const tag = wish.replace('_', '-').toLowerCase();
  const [tongue] = tag.split('-');
  return (
    languages.find((language) => language.tag.toLowerCase() === tag) ??
    languages.find((language) => language.tag.toLowerCase().split('-')[0] === tongue)
  );
}

/** `/language` answers a search result, `/currency` a bare list; both forms are accepted for both. */
function entities(body: Json | undefined): Json[] {
  return Array.isArray(body) ? body : listAt(body, 'elements');
}

function languageOf(language: Json): ShopLanguage[] {
  const languageId = textAt(language, 'id');
  const tag = textAt(language, 'translationCode', 'code') ?? textAt(language, 'locale', 'code');
  return languageId === undefined || tag === undefined ? [] : [{ languageId, tag }];
}

function currencyOf(currency: Json): ShopCurrency[] {
  const currencyId = textAt(currency, 'id');
  const isoCode = textAt(currency, 'isoCode');
  return currencyId === undefined || isoCode === undefined ? [] : [{ currencyId, isoCode }];
}
