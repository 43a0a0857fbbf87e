import type { ContextChange, StoreContext } from '../../../../ports/store/store.js';
import { listAt, textAt } from '../../exchange/json-reading.js';
import { expectStatus } from '../api/shop-http.js';
import type { StoreApi, StoreApiSession } from '../api/store-api.js';
import { assertPermissions, PERMISSIONS } from './open-context.js';
import { type SalesChannelId, type Choices, chooseLanguage, type ShopLanguage } from './sales-channel.js';
import { assertCustomer, readContext, type ShopContext } from './shop-context.js';

interface Deps {
  api: StoreApi;
  choices: Choices;
  /** Our sales channel; a change to another site is impossible. */
  salesChannelId: SalesChannelId;
}

type Changed = { ok: true; language: ShopLanguage | undefined } | Extract<ContextChange, { ok: false }>;

/**
 * Changes currency, language and delivery country of a live context: all wishes or none. Shopware accepts a country,
 * but uses the address of a logged-in customer, so only the resulting context counts; where it differs from the wish,
 * the former one is restored.
 */
export async function changeContext(
  { api, choices, salesChannelId }: Deps,
  session: StoreApiSession,
  customerId: string,
  wish: StoreContext,
): Promise<Changed> {
  const currency = choices.currencies.find(({ isoCode }) => isoCode === wish.currency);
  const language = chooseLanguage(choices.languages, wish.language);
  if (wish.currency !== undefined && currency === undefined) return { ok: false, unknown: 'currency' };
  if (wish.language !== undefined && language === undefined) return { ok: false, unknown: 'language' };
  if (wish.site !== undefined && wish.site !== (await salesChannelId(session.deadline)))
    return { ok: false, unknown: 'site' };
  const before = await readContext(api, session);
  assertCustomer(before, customerId);
  const country =
    wish.country === undefined || wish.country === before.country
      ? undefined
      : { countryId: await countryId(api, session, wish.country) };
  if (country !== undefined && country.countryId === undefined) return { ok: false, unknown: 'country' };

  const change = {
    ...(currency === undefined ? {} : { currencyId: currency.currencyId }),
    ...(language === undefined ? {} : { languageId: language.languageId }),
    ...country,
  };
  if (Object.keys(change).length === 0) return { ok: true, language };
  const patched = await api.send(session, { method: 'PATCH', path: '/context', body: change });
  // A currency or language that was removed from the sales channel meanwhile.
  if (patched.status === 400)
    return {
      ok: false,
      unknown: currency !== undefined ? 'currency' : language !== undefined ? 'language' : 'country',
    };
  expectStatus(patched, 200, 'PATCH /store-api/context');
  const after = await readContext(api, session);
  assertCustomer(after, customerId);
  if (PERMISSIONS.some((permission) => before.permissions.includes(permission)))
    assertPermissions(after, 'PATCH /store-api/context');
  if (country === undefined || after.country === wish.country) return { ok: true, language };
  await putBack(api, session, before, choices);
  return { ok: false, unknown: 'country' };
}

async function putBack(api: StoreApi, session: StoreApiSession, before: ShopContext, choices: Choices): Promise<void> {
  const currency = choices.currencies.find(({ isoCode }) => isoCode === before.currency);
  const body = {
    currencyId: currency?.currencyId,
    languageId: before.languageId,
  };
  await api.read(session, { method: 'PATCH', path: '/context', body });
}

/** Undefined: the sales channel does not deliver there. */
async function countryId(api: StoreApi, session: StoreApiSession, iso: string): Promise<string | undefined> {
  const body = await api.read(session, {
    method: 'POST',
    path: '/country',
    body: { limit: 1, filter: [{ type: 'equals', field: 'iso', value: iso }] },
  });
  return textAt(
    listAt(body, 'elements').find((country) => textAt(country, 'iso') === iso),
    'id',
  );
}

/**
 * Currency, country and language that the shop now shows to a cart's customer. Throws StoreSessionLost for another
 * customer.
 */
export async function shownContext(
  api: StoreApi,
  session: StoreApiSession,
  { customerId, languages }: { customerId: string; languages: readonly ShopLanguage[] },
): Promise<StoreContext> {
  // Without the cart's own language, which the shop would only repeat.
  const context = await readContext(api, { ...session, languageId: undefined });
  assertCustomer(context, customerId);
  const { currency, country, languageId } = context;
  const language = languages.find((known) => known.languageId === languageId)?.tag;
  return { currency, country, language };
}
