import { randomBytes } from 'node:crypto';
import type { CustomerSession } from '../../../../domain/access/connection.js';
import type { BoundedCache } from '../../bounded-cache.js';
import { type AdminApi, rightsCure } from '../api/admin-api.js';
import type { Deadline } from '../../exchange/throttle.js';
import { textAt } from '../../exchange/json-reading.js';
import { expectStatus, type ShopAnswer } from '../api/shop-http.js';
import type { StoreApi, StoreApiSession } from '../api/store-api.js';
import { storeFault } from '../api/store-fault.js';
import type { SalesChannelId } from './sales-channel.js';
import { readContext, type ShopContext } from './shop-context.js';
import { type CustomerName, newId, type ShopCustomers } from './shop-customers.js';

/**
 * The customer of a connection; a password only for `login`. `session` takes precedence over
 * ShopwareStoreOptions.session.
 */
export type ShopCustomer = CustomerName & { password?: string; session?: CustomerSession };

/** Opens an isolated context for a cart; see ShopwareStoreOptions.session. */
export type OpenContext = (customer: ShopCustomer, deadline: Deadline) => Promise<OpenedContext>;

export interface OpenedContext {
  /** Secret: it allows shopping and ordering as the customer. */
  contextToken: string;
  customerId: string;
  /** A guest that we must remove with the cart. */
  guestId?: string;
  context: OwnContext;
}

/** Currency and language of a new context in the sales channel, the same for every customer. */
export type OwnContext = Pick<ShopContext, 'currency' | 'languageId'>;

export interface AdminDeps {
  api: StoreApi;
  admin: AdminApi;
  customers: ShopCustomers;
  salesChannelId: SalesChannelId;
  /** The start context of the last checked switch that kept our permissions. */
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

interface ContextOpeners {
  open: Partial<Record<CustomerSession, OpenContext>>;
  openClone: ((customerId: string, deadline: Deadline) => Promise<OpenedContext>) | undefined;
}

/** The kinds of session for which there is access data: without an integration only `login`. */
export function contextOpeners({
  api,
  admin,
  customers,
  salesChannelId,
  seen,
}: Omit<AdminDeps, 'admin' | 'customers'> & {
  admin: AdminApi | undefined;
  customers: ShopCustomers | undefined;
}): ContextOpeners {
  const login = loginContext(api);
  if (admin === undefined || customers === undefined) return { open: { login }, openClone: undefined };
  const deps = { api, admin, customers, salesChannelId, seen };
  return {
    open: { login, 'switch-customer': switchedContext(deps), 'guest-clone': guestContext(deps) },
    openClone: cloneContext(deps),
  };
}

/** An isolated context for a customer that many buyers share: switch-customer with our own random token. */
export function switchedContext(deps: AdminDeps): OpenContext {
  return async (customer, deadline) => switchTo(deps, await deps.customers.find(customer, deadline), deadline);
}

/** A context of an account made for the transmission (custom store integration); a job removes that account. */
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
      // The shop may have created the guest although its answer did not arrive.
      await deps.customers.discard(guestId);
      throw fault;
    }
  };
}

/**
 * Plain login. Shopware has one context and one cart per customer (shopware.md 2.1), so this is only for shops with a
 * customer per buyer; lines left in the cart by an earlier visit are removed.
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

/** Logs a customer in. The cart is unchanged. */
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

/** 403: no customer is logged in (any more). */
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
