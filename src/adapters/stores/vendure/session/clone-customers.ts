import { createHmac } from 'node:crypto';
import { exceedsRole } from '../../../../domain/access/customer-clone.js';
import type { StoreCustomers } from '../../../../ports/store/store-extras.js';
import { type Json, at, listAt, textAt } from '../../exchange/json-reading.js';
import type { Deadline } from '../../exchange/throttle.js';
import { AdminApi } from '../api/admin-api.js';
import { ShopApi } from '../api/shop-api.js';
import { storeFault } from '../api/store-fault.js';
import type { VendureCustomer, VendureStoreOptions } from '../vendure-options.js';

/** A reserved domain without mailboxes (RFC 2606). */
const CLONE_DOMAIN = '@clone.invalid';
const MOST_ADDRESSES = 50;

const ADDRESS =
  'fullName company streetLine1 streetLine2 city province postalCode ' +
  'country { code } phoneNumber defaultShippingAddress defaultBillingAddress';
const FIND = `query ($email: String!) { customers(options: { filter: { emailAddress: { eq: $email } }, take: 2 }) {
  items { id emailAddress title firstName lastName phoneNumber groups { id } addresses { ${ADDRESS} } } } }`;
const CREATE =
  'mutation ($input: CreateCustomerInput!, $password: String) { createCustomer(input: $input, password: $password) ' +
  '{ __typename ... on Customer { id } ... on ErrorResult { errorCode } } }';
const JOIN =
  'mutation ($group: ID!, $customers: [ID!]!) ' +
  '{ addCustomersToGroup(customerGroupId: $group, customerIds: $customers) { id } }';
const ADD_ADDRESS =
  'mutation ($customer: ID!, $input: CreateAddressInput!) ' +
  '{ createCustomerAddress(customerId: $customer, input: $input) { id } }';
const DELETE = 'mutation ($id: ID!) { deleteCustomer(id: $id) { result } }';

/** The accounts of a middleware's buyers; undefined for a shop without access to its Admin API. */
export function shopCustomers(
  { admin, shopApiUrl, http, timeouts = {}, channelToken }: VendureStoreOptions,
  now: () => number,
  { secret, newDeadline }: { secret: string; newDeadline: () => Deadline },
): StoreCustomers | undefined {
  if (admin === undefined) return undefined;
  const { url = new URL('admin-api', shopApiUrl).href, ...credentials } = admin;
  const api = new ShopApi({ http, url, requestTimeoutMs: timeouts.requestMs ?? 2500, now });
  return cloneCustomers(new AdminApi(api, credentials, channelToken), secret, newDeadline);
}

/**
 * Customers copied from a customer, which is named by e-mail address: with groups and addresses. Vendure's customers
 * have no roles: each is a buyer, and administrators are no customers. A clone's password is derived from the sealing
 * secret and never shown; only `cloneLogin` needs it.
 */
function cloneCustomers(api: AdminApi, secret: string, newDeadline: () => Deadline): StoreCustomers {
  async function look(email: string, deadline: Deadline): Promise<Json | undefined> {
    const [found, another] = listAt(await api.ask(deadline, 'customers', FIND, { email }), 'customers', 'items');
    if (another !== undefined) throw storeFault('several customers have this e-mail address');
    return found;
  }

  /** A clone whose answer was lost already exists. */
  async function create(template: Json, { username, password }: VendureCustomer, deadline: Deadline): Promise<string> {
    const input = {
      emailAddress: username,
      firstName: textAt(template, 'firstName') ?? '',
      lastName: textAt(template, 'lastName') ?? '',
      title: textAt(template, 'title') ?? '',
      phoneNumber: textAt(template, 'phoneNumber') ?? '',
    };
    const created = at(await api.ask(deadline, 'createCustomer', CREATE, { input, password }), 'createCustomer');
    const known = textAt(created, '__typename') === 'Customer' ? created : await look(username, deadline);
    const id = textAt(known, 'id');
    if (id === undefined) throw storeFault(`createCustomer answered ${textAt(created, 'errorCode') ?? 'no customer'}`);
    return id;
  }

  return {
    async clone(username, { transmissionId }, roleCeiling) {
      if (exceedsRole('buyer', roleCeiling)) return { ok: false, fault: 'role_too_high' };
      const email = username.trim().toLowerCase();
      const deadline = newDeadline();
      const template = email === '' || email.endsWith(CLONE_DOMAIN) ? undefined : await look(email, deadline);
      if (template === undefined) return { ok: false, fault: 'unknown_customer' };
      const id = await create(template, cloneLogin(secret, transmissionId), deadline);
      for (const group of listAt(template, 'groups'))
        await api.ask(deadline, 'addCustomersToGroup', JOIN, { group: textAt(group, 'id'), customers: [id] });
      for (const address of listAt(template, 'addresses').slice(0, MOST_ADDRESSES))
        await api.ask(deadline, 'createCustomerAddress', ADD_ADDRESS, { customer: id, input: addressInput(address) });
      return { ok: true, clone: { customerId: id } };
    },
    async remove({ transmissionId }) {
      const deadline = newDeadline();
      const id = textAt((await look(cloneLogin(secret, transmissionId).username, deadline)) ?? null, 'id');
      if (id !== undefined) await api.ask(deadline, 'deleteCustomer', DELETE, { id });
    },
  };
}

/** Credentials of this transmission's clone for the Shop API. */
export function cloneLogin(secret: string, transmissionId: string): VendureCustomer {
  return {
    username: `punchout.${transmissionId.toLowerCase()}${CLONE_DOMAIN}`,
    password: createHmac('sha256', secret).update(`vendure clone\0${transmissionId}`).digest('base64url'),
  };
}

function addressInput(address: Json): Record<string, unknown> {
  const texts = [
    'fullName',
    'company',
    'streetLine1',
    'streetLine2',
    'city',
    'province',
    'postalCode',
    'phoneNumber',
  ].flatMap((name) => {
    const value = textAt(address, name);
    return value === undefined ? [] : [[name, value]];
  });
  return {
    ...Object.fromEntries(texts),
    countryCode: textAt(address, 'country', 'code'),
    defaultShippingAddress: at(address, 'defaultShippingAddress') === true,
    defaultBillingAddress: at(address, 'defaultBillingAddress') === true,
  };
}
