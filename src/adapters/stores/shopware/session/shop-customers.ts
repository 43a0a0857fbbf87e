import { randomBytes, createHash } from 'node:crypto';
import { BoundedCache } from '../../bounded-cache.js';
import { type AdminApi, rightsCure } from '../api/admin-api.js';
import { Deadline } from '../../exchange/throttle.js';
import { type Json, at, flagAt, listAt, textAt } from '../../exchange/json-reading.js';
import { expectStatus, type ShopAnswer } from '../api/shop-http.js';
import { storeFault } from '../api/store-fault.js';
import type { SalesChannelId } from './sales-channel.js';
import { exceedsRole } from '../../../../domain/access/customer-clone.js';
import type { StoreCustomers } from '../../../../ports/store/store-extras.js';

/** How a connection names its customer in the shop; exactly one of the two. */
export type CustomerName = { customerNumber: string } | { email: string };

const CUSTOMER_CURE =
  'check the customer of this connection (setting store.customer, else SHOPWARE_CUSTOMER): ' +
  'exactly one active one, no guest, not bound to another sales channel';
const FOUND_FOR_SECONDS = 300;
const MAX_REMEMBERED = 1000;
/** Short, because the buyer waits. */
const DISCARD_MS = 1_000;
const SEARCH = '/api/search/customer';
/** POST of an entity that exists (Shopware's WriteTypeIntendException). */
const ALREADY_THERE = 'FRAMEWORK__WRITE_TYPE_INTEND_ERROR';

/** Customers of one sales channel, through the Admin API. */
export class ShopCustomers {
  readonly #api: AdminApi;
  readonly #salesChannelId: SalesChannelId;
  readonly #ids: BoundedCache<string>;

  constructor(api: AdminApi, salesChannelId: SalesChannelId, now: () => number) {
    this.#api = api;
    this.#salesChannelId = salesChannelId;
    this.#ids = new BoundedCache({ maxEntries: MAX_REMEMBERED, lifeSeconds: FOUND_FOR_SECONDS, now });
  }

  /** Like `find`, but undefined where the customer does not exist. */
  async look(name: CustomerName, deadline: Deadline): Promise<string | undefined> {
    const [field, value] = 'email' in name ? ['email', name.email] : ['customerNumber', name.customerNumber];
    const key = `${field}=${value}`;
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    const includes = { customer: ['id', 'customerNumber', 'email', 'guest', 'active', 'boundSalesChannelId'] };
    const salesChannelId = await this.#salesChannelId(deadline);
    const found = (
      await this.#search({ limit: 10, filter: [{ type: 'equals', field, value }], includes }, deadline)
    ).filter((customer) => mayShop(customer, salesChannelId));
    const id = textAt(found[0], 'id');
    if (found.length > 1)
      throw storeFault(`several customers have the ${field} of this connection`, { cure: CUSTOMER_CURE });
    if (id !== undefined) this.#ids.set(key, id);
    return id;
  }

  /**
   * The only active customer with that name. Shopware enforces neither unique e-mails nor unique numbers, so two are a
   * fault.
   */
  async find(name: CustomerName, deadline: Deadline): Promise<string> {
    const id = await this.look(name, deadline);
    if (id === undefined)
      throw storeFault(
        `no active customer has the ${'email' in name ? 'email' : 'customerNumber'} of this connection`,
        { cure: CUSTOMER_CURE },
      );
    return id;
  }

  /**
   * Creates a guest with the customer data that prices, taxes and rules may use; returns its id, generated where none
   * is given. An existing guest with `id` is unchanged: Shopware does not create an existing entity.
   */
  async cloneAsGuest(templateId: string, deadline: Deadline, id = newId()): Promise<string> {
    const answer = await this.#ask(
      { limit: 2, ids: [templateId, id], associations: { defaultBillingAddress: {}, defaultShippingAddress: {} } },
      deadline,
    );
    const found = listAt(answer.body, 'data');
    if (found.some((customer) => textAt(customer, 'id') === id)) return id;
    const template = found.find((customer) => textAt(customer, 'id') === templateId);
    const address = at(template, 'defaultBillingAddress');
    if (template === undefined || textAt(address, 'countryId') === undefined)
      throw storeFault('the template customer has no billing address');
    const addressId = newId();
    const shipping = at(template, 'defaultShippingAddress');
    const shipsElsewhere =
      textAt(shipping, 'countryId') !== undefined && textAt(shipping, 'id') !== textAt(address, 'id');
    const shippingId = shipsElsewhere ? newId() : addressId;
    const vatIds = textsIn(listAt(template, 'vatIds'));
    const tags = textsIn(listAt(template, 'tagIds')).map((tagId) => ({ id: tagId }));
    const plain = plainEntity(answer.plainBody(), templateId);
    const body = {
      ...texts(template, CUSTOMER_FIELDS),
      ...customFieldsOf(plain),
      // A company in another country may be tax-exempt by its VAT id, and rules may use tags.
      vatIds: vatIds.length === 0 ? undefined : vatIds,
      tags: tags.length === 0 ? undefined : tags,
      id,
      customerNumber: `PUNCHOUT-${id}`,
      salesChannelId: await this.#salesChannelId(deadline),
      guest: true,
      active: true,
      defaultBillingAddress: {
        ...texts(address, ADDRESS_FIELDS),
        ...customFieldsOf(plain?.['defaultBillingAddress']),
        id: addressId,
      },
      ...(shipsElsewhere
        ? {
            defaultShippingAddress: {
              ...texts(shipping, ADDRESS_FIELDS),
              ...customFieldsOf(plain?.['defaultShippingAddress']),
              id: shippingId,
            },
          }
        : { defaultShippingAddressId: addressId }),
    };
    const created = await this.#api.send({ method: 'POST', path: '/api/customer', body, deadline });
    // Another process created it first.
    if (created.errorCodes.includes(ALREADY_THERE)) return id;
    if (created.status !== 200)
      expectStatus(
        created,
        204,
        'POST /api/customer',
        rightsCure(
          created,
          'customer:create, customer_address:create and, for customers with tags, customer_tag:create',
        ),
      );
    return id;
  }

  /** A customer that is already gone is no fault. */
  async remove(customerId: string, deadline: Deadline): Promise<void> {
    const answer = await this.#api.send({
      method: 'DELETE',
      path: `/api/customer/${customerId}`,
      deadline,
      bucket: '/api/customer',
    });
    if (answer.status !== 404) expectStatus(answer, 204, 'DELETE /api/customer');
  }

  /**
   * Removes a guest whose cart could not be opened, with its own time limit: that of the operation may be over. Never
   * rejects.
   */
  async discard(guestId: string): Promise<void> {
    await this.remove(guestId, new Deadline(DISCARD_MS)).catch(() => undefined);
  }

  drop(): void {
    this.#ids.drop();
  }

  async #search(body: object, deadline: Deadline): Promise<Json[]> {
    return listAt((await this.#ask(body, deadline)).body, 'data');
  }

  async #ask(body: object, deadline: Deadline): Promise<ShopAnswer> {
    const answer = await this.#api.send({ method: 'POST', path: SEARCH, body, deadline });
    return expectStatus(
      answer,
      200,
      `POST ${SEARCH}`,
      rightsCure(answer, 'customer:read, and customer_address:read for guests'),
    );
  }
}

function mayShop(customer: Json, salesChannelId: string): boolean {
  const boundTo = textAt(customer, 'boundSalesChannelId');
  return (
    flagAt(customer, 'active') && !flagAt(customer, 'guest') && (boundTo === undefined || boundTo === salesChannelId)
  );
}

/**
 * Customer data that rules of Shopware 6.6 may use (Core/Checkout/Customer/Rule), as far as another customer can have
 * them.
 */
const CUSTOMER_FIELDS = [
  'groupId',
  'languageId',
  'defaultPaymentMethodId',
  'salutationId',
  'title',
  'email',
  'firstName',
  'lastName',
  'company',
  'accountType',
  'affiliateCode',
  'campaignCode',
  'birthday',
  'firstLogin',
  'lastLogin',
];
const ADDRESS_FIELDS = [
  'countryId',
  'countryStateId',
  'salutationId',
  'title',
  'firstName',
  'lastName',
  'company',
  'department',
  'street',
  'additionalAddressLine1',
  'additionalAddressLine2',
  'zipcode',
  'city',
  'phoneNumber',
];

function texts(entity: Json | undefined, fields: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    fields.flatMap((field) => {
      const text = textAt(entity, field);
      return text === undefined ? [] : [[field, text]];
    }),
  );
}

/** The entity with that id in a search result, with numbers as numbers. */
function plainEntity(answer: unknown, id: string): Record<string, unknown> | undefined {
  const data: unknown = isObject(answer) ? answer['data'] : undefined;
  return Array.isArray(data)
    ? data.find((entity): entity is Record<string, unknown> => isObject(entity) && entity['id'] === id)
    : undefined;
}

/** Unchanged, since rules compare numbers and booleans too. Shopware writes an empty map as []. */
function customFieldsOf(entity: unknown): { customFields?: object } {
  const fields = isObject(entity) ? entity['customFields'] : undefined;
  return isObject(fields) && Object.keys(fields).length > 0 ? { customFields: fields } : {};
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textsIn(list: readonly Json[]): string[] {
  return list.filter((text) => typeof text === 'string');
}

/** Shopware accepts ids from the client: 32 hex digits. */
export function newId(): string {
  return randomBytes(16).toString('hex');
}

/**
 * Guests copied from a customer, which is named by e-mail or number. Shopware has customer groups but no roles: every
 * customer is a buyer, and administrators of the shop are no customers. A guest has no password and cannot log in.
 */
export function cloneCustomers(customers: ShopCustomers, newDeadline: () => Deadline): StoreCustomers {
  return {
    async clone(username, { transmissionId }, roleCeiling) {
      if (exceedsRole('buyer', roleCeiling)) return { ok: false, fault: 'role_too_high' };
      const deadline = newDeadline();
      const templateId = await customers.look(
        username.includes('@') ? { email: username } : { customerNumber: username },
        deadline,
      );
      if (templateId === undefined) return { ok: false, fault: 'unknown_customer' };
      return {
        ok: true,
        clone: { customerId: await customers.cloneAsGuest(templateId, deadline, guestIdOf(transmissionId)) },
      };
    },
    remove: ({ transmissionId }) => customers.remove(guestIdOf(transmissionId), newDeadline()),
  };
}

/** An id of 32 hex digits, always the same for a transmission. */
function guestIdOf(transmissionId: string): string {
  return createHash('sha256').update(`punchout-clone\0${transmissionId}`).digest('hex').slice(0, 32);
}
