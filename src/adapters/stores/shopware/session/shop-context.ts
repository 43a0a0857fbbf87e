import type { Json } from '../../exchange/decimal-json.js';
import { at, entriesAt, flagAt, listAt, textAt } from '../../exchange/json-reading.js';
import { type StoreApi, type StoreApiSession } from '../api/store-api.js';
import { storeFault, StoreSessionLost } from '../api/store-fault.js';

/** What we need of Shopware's SalesChannelContext. */
export interface ShopContext {
  /** ISO 4217. */
  currency: string;
  /** Id in Shopware. */
  currencyId?: string | undefined;
  languageId: string | undefined;
  /** ISO 3166-1 alpha-2, of the place of delivery. */
  country: string | undefined;
  customerId: string | undefined;
  taxState: TaxState | undefined;
  /** Names of the permissions that are given. */
  permissions: string[];
}

export type TaxState = 'gross' | 'net' | 'tax-free';

export async function readContext(api: StoreApi, session: StoreApiSession): Promise<ShopContext> {
  const body = await api.read(session, { method: 'GET', path: '/context' });
  const currency = textAt(body, 'currency', 'isoCode');
  if (currency === undefined) throw storeFault('GET /store-api/context named no currency');
  return {
    currency,
    currencyId: textAt(body, 'currency', 'id') ?? textAt(body, 'context', 'currencyId'),
    languageId: listAt(body, 'context', 'languageIdChain').find((id) => typeof id === 'string'),
    country: textAt(body, 'shippingLocation', 'country', 'iso'),
    customerId: textAt(body, 'customer', 'id'),
    taxState: taxStateOf(at(body, 'context', 'taxState')),
    permissions: entriesAt(body, 'permissions').flatMap(([name]) => (flagAt(body, 'permissions', name) ? [name] : [])),
  };
}

/** A context whose customer vanished was logged out or forgotten, though its token may still be echoed (FACTS 2.1, R 070). */
export function assertCustomer(context: ShopContext, customerId: string): void {
  if (context.customerId !== customerId) throw new StoreSessionLost();
}

export function taxStateOf(value: Json | undefined): TaxState | undefined {
  return value === 'gross' || value === 'net' || value === 'tax-free' ? value : undefined;
}
