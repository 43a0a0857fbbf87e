import { randomBytes } from 'node:crypto';
import type { CustomerSession } from '../../../../domain/access/connection.js';
import type { BoundedCache } from '../../bounded-cache.js';
import type { AdminApi } from '../api/admin-api.js';
import type { Deadline } from '../../exchange/throttle.js';
import { textAt } from '../../exchange/json-reading.js';
import { rightsCure } from '../api/rights-cure.js';
import { expectStatus, type ShopAnswer } from '../api/shop-http.js';
import type { StoreApi, StoreApiSession } from '../api/store-api.js';
import { storeFault } from '../api/store-fault.js';
import type { SalesChannelId } from './sales-channel.js';
import { readContext, type ShopContext } from './shop-context.js';
import { type CustomerName, newId, type ShopCustomers } from './shop-customers.js';

/** The customer of a connection; a password only for `login`. `session`: see ShopwareStoreOptions.session, which it overrules. */
export type ShopCustomer = CustomerName & { password?: string; session?: CustomerSession };

/** How a cart gets a context of its own; see ShopwareStoreOptions.session. */
export type OpenContext = (customer: ShopCustomer, deadline: Deadline) => Promise<OpenedContext>;

export interface OpenedContext {
  /** Secret: whoever has it shops and orders as the customer. */
  contextToken: string;
  customerId: string;
  /** Ours to remove with the cart. */
  guestId?: string;
  context: OwnContext;
}

/** Currency and language of a new context in the sales channel, whoever the customer is. */
export type OwnContext = Pick<ShopContext, 'currency' | 'languageId'>;

export interface AdminDeps {
  api: StoreApi;
  admin: AdminApi;
  customers: ShopCustomers;
  salesChannelId: SalesChannelId;
  /** The start context of the last switch that was checked and kept our permissions. */
  seen: BoundedCache<OwnContext>;
}

/** How long that result is trusted. */
export const SEEN_FOR_SECONDS = 600;

/**
 * A harmless name: with an empty list Shopware's switch-customer would let the browser's context overwrite prices
 * (shopware.md 2.1, R 074, R 076).
 */
export const PERMISSIONS = ['punchout'];
const SWITCH = '/api/_proxy/switch-customer';
const LOGIN_CURE =
  "check e-mail (store.customer.email) and password (SHOPWARE_PASSWORDS) of this connection's customer";

/** A context of its own for a customer that many buyers share: switch-customer with our own random token. */
export function switchedContext(deps: AdminDeps): OpenContext {
  return async (customer, deadline) => switchTo(deps, await deps.customers.find(customer, deadline), deadline);
}

/**
 * A context of an account that was made for the transmission (custom store integration), which goes by a job of its
 * own.
 */
export function cloneContext(deps: AdminDeps): (customerId: string, deadline: Deadline) => Promise<OpenedContext> {
  return (customerId, deadline) => switchTo(deps, customerId, deadline);
}

/** A guest that is a copy of the connection's customer, for one cart. */
export function guestContext(deps: AdminDeps): OpenContext {
  return async (customer, deadline) => {
    const templateId = await deps.customers.find(customer, deadline);
    const guestId = newId();
    try {
      await deps.customers.cloneAsGuest(templateId, deadline, guestId);
      return { ...(await switchTo(deps, guestId, deadline)), guestId };
    } catch (fault) {
      // The shop may have made the guest although its answer did not come.
      await deps.customers.discard(guestId);
      throw fault;
    }
  };
}

/**
 * Plain login. Shopware gives one context and one cart per customer (shopware.md 2.1), so this is only for shops with a
 * customer per buyer; what an earlier visit left in the cart is thrown away.
 */
export function loginContext(api: StoreApi): OpenContext {
  return async (customer, deadline) => {
    const opened = await logIn(api, customer, deadline);
    expectStatus(
      await api.send({ contextToken: opened.contextToken, deadline }, { method: 'DELETE', path: '/checkout/cart' }),
      204,
      'DELETE /store-api/checkout/cart',
    );
    return opened;
  };
}

/** Logs a customer in. The cart stays as it is. */
export async function logIn(api: StoreApi, customer: ShopCustomer, deadline: Deadline): Promise<OpenedContext> {
  if (!('email' in customer) || customer.password === undefined)
    throw storeFault('a login needs e-mail and password of the customer', { cure: LOGIN_CURE });
  const body = { username: customer.email, password: customer.password };
  const call = { method: 'POST' as const, path: '/account/login', body, bucket: `/account/login ${customer.email}` };
  const answer = await api.sendFreely({ deadline }, call);
  if (answer.status === 401)
    throw storeFault(`POST /store-api/account/login answered 401 ${answer.errorCodes.join(', ')}`, {
      cure: LOGIN_CURE,
    });
  const { contextToken } = expectStatus(answer, 200, 'POST /store-api/account/login');
  if (contextToken === undefined) throw storeFault('POST /store-api/account/login gave no token');
  const context = await readContext(api, { contextToken, deadline });
  if (context.customerId === undefined) throw storeFault('POST /store-api/account/login logged nobody in');
  return { contextToken, customerId: context.customerId, context };
}

/** 403: nobody is logged in (any more). */
export async function logOut(api: StoreApi, session: StoreApiSession): Promise<void> {
  const answer = await api.sendFreely(session, { method: 'POST', path: '/account/logout', body: {} });
  if (answer.status !== 403) expectStatus(answer, 200, 'POST /store-api/account/logout');
}

/**
 * Checks the first switch in ten minutes. Contexts of later switches are checked for customer and permissions when they
 * are read.
 */
async function switchTo(
  { api, admin, salesChannelId, seen }: AdminDeps,
  customerId: string,
  deadline: Deadline,
): Promise<OpenedContext> {
  const contextToken = randomBytes(16).toString('hex');
  const body = { salesChannelId: await salesChannelId(deadline), customerId, permissions: PERMISSIONS };
  const answer = await admin.send({
    method: 'PATCH',
    path: SWITCH,
    headers: { 'sw-context-token': contextToken },
    body,
    deadline,
  });
  if (
    textAt(expectStatus(answer, 200, `PATCH ${SWITCH}`, switchCure(answer)).body, 'sw-context-token') !== contextToken
  )
    throw storeFault(`PATCH ${SWITCH} did not take our token`);
  const known = seen.get('');
  if (known !== undefined) return { contextToken, customerId, context: known };
  const context = await readContext(api, { contextToken, deadline });
  if (context.customerId !== customerId)
    throw storeFault(`PATCH ${SWITCH} did not log the customer in`, { cure: SALES_CHANNEL_CURE });
  assertPermissions(context, `PATCH ${SWITCH}`);
  seen.set('', { currency: context.currency, languageId: context.languageId });
  return { contextToken, customerId, context };
}

const SALES_CHANNEL_CURE =
  'check the sales channel (SHOPWARE_SALES_CHANNEL_ID): it must be that of SHOPWARE_ACCESS_KEY, or not be set at all';

function switchCure(answer: ShopAnswer): string | undefined {
  if (answer.errorCodes.some((code) => code.includes('SALES_CHANNEL'))) return SALES_CHANNEL_CURE;
  return rightsCure(answer, 'api_proxy_switch-customer');
}

/** Without these permissions a buyer could set prices (shopware.md 2.1, R 074). */
export function assertPermissions({ permissions }: ShopContext, what: string): void {
  if (PERMISSIONS.some((permission) => !permissions.includes(permission)))
    throw storeFault(`${what} did not keep our permissions: buyers could set prices`);
}
