import type {
  AddedOperator,
  AdminAddress,
  AdminAddressWish,
  AdminClient,
  AdminKey,
  AdminOperator,
  AdminOperatorRole,
  AdminShop,
  AdminShopWish,
  AdminSite,
  AdminSiteWish,
  AdminTenant,
  AdminTenantChange,
  KeyScope,
  MadeClient,
  MadeKey,
  NewAdminClient,
  SavedShop,
} from './access-types.js';
import { AdminSender, part } from './admin-sender.js';
import type { Version } from './admin-types.js';
import type { Call } from './send-call.js';
import { toWire } from './session-types.js';

/** The part of `client.admin` that is about the tenant and who has access to it. */
export class AccessCalls {
  readonly #admin: AdminSender;

  constructor(send: (call: Call) => Promise<unknown>) {
    this.#admin = new AdminSender(send);
  }

  getTenant(): Promise<AdminTenant> {
    return this.#admin.get('/tenant');
  }

  changeTenant(version: Version, change: AdminTenantChange): Promise<AdminTenant> {
    return this.#admin.call({ method: 'PATCH', path: '/tenant', body: change, version });
  }

  async listKeys(): Promise<AdminKey[]> {
    return (await this.#admin.get<{ keys: AdminKey[] }>('/keys')).keys;
  }

  /** `connection`: with the scopes `index` and `open-buy`, and only with them. */
  createKey(wish: { name: string; scopes: KeyScope[]; connection?: string }): Promise<MadeKey> {
    return this.#admin.post('/keys', wish);
  }

  /** The old key works for `graceDays` more, 7 by default. */
  rotateKey(keyId: string, { graceDays = 7 }: { graceDays?: number } = {}): Promise<MadeKey> {
    return this.#admin.post(`/keys/${part(keyId)}/rotate`, { graceDays });
  }

  revokeKey(keyId: string): Promise<{ revoked: true }> {
    return this.#admin.delete(`/keys/${part(keyId)}`);
  }

  async listClients(): Promise<AdminClient[]> {
    return (await this.#admin.get<{ clients: AdminClient[] }>('/oauth-clients')).clients;
  }

  addClient(wish: NewAdminClient): Promise<MadeClient> {
    return this.#admin.post('/oauth-clients', wish);
  }

  /** The two newest are valid: a third replaces the older one. */
  addClientSecret(clientId: string, wish: { secret?: string } = {}): Promise<MadeClient> {
    return this.#admin.post(`/oauth-clients/${part(clientId)}/secrets`, wish);
  }

  revokeClientSecret(clientId: string, secretId: string): Promise<AdminClient> {
    return this.#admin.delete(`/oauth-clients/${part(clientId)}/secrets/${part(secretId)}`);
  }

  /** Ends the client with its secrets and tokens. */
  revokeClient(clientId: string): Promise<{ revoked: true }> {
    return this.#admin.delete(`/oauth-clients/${part(clientId)}`);
  }

  async listShops(): Promise<AdminShop[]> {
    return (await this.#admin.get<{ shops: AdminShop[] }>('/shops')).shops;
  }

  /** Adds a shop with a first key, or changes an own one. */
  saveShop(wish: AdminShopWish): Promise<SavedShop> {
    return this.#admin.post('/shops', wish);
  }

  /** The earlier keys work for `graceDays` more, 7 by default. */
  addShopKey(shopId: number, wish: { graceDays?: number; key?: string } = {}): Promise<SavedShop> {
    return this.#admin.post(`/shops/${shopId}/keys`, wish);
  }

  revokeShopKey(shopId: number, keyId: string): Promise<AdminShop> {
    return this.#admin.delete(`/shops/${shopId}/keys/${part(keyId)}`);
  }

  /** The default one first. */
  async listSites(): Promise<AdminSite[]> {
    return (await this.#admin.get<{ sites: AdminSite[] }>('/sites')).sites;
  }

  /** Adds a site, or replaces the one with this code. */
  saveSite(wish: AdminSiteWish): Promise<AdminSite> {
    return this.#admin.post('/sites', wish);
  }

  removeSite(siteCode: string): Promise<{ removed: true }> {
    return this.#admin.delete(`/sites/${part(siteCode)}`);
  }

  /** ShipTo address ids of a connection, unknown ones first. */
  listAddresses(
    connectionId: string,
    filter: { unknown?: boolean } = {},
  ): AsyncGenerator<AdminAddress, void, undefined> {
    return this.#admin.all<AdminAddress>(`/connections/${part(connectionId)}/addresses`, 'addresses', filter);
  }

  /** All of the list, or none. `customer` null: the usual customer of the connection. */
  saveAddresses(connectionId: string, addresses: AdminAddressWish[]): Promise<{ saved: number }> {
    const wire = addresses.map((wish) => toWire(wish));
    return this.#admin.post(`/connections/${part(connectionId)}/addresses`, { addresses: wire });
  }

  removeAddress(connectionId: string, addressId: string): Promise<{ removed: true }> {
    return this.#admin.delete(`/connections/${part(connectionId)}/addresses/${part(addressId)}`);
  }

  async listOperators(): Promise<AdminOperator[]> {
    return (await this.#admin.get<{ operators: AdminOperator[] }>('/operators')).operators;
  }

  /** Without `password` one is made; null for who signs in at the OpenID provider only. */
  addOperator(wish: {
    email: string;
    name: string;
    role: AdminOperatorRole;
    password?: string | null;
  }): Promise<AddedOperator> {
    return this.#admin.post('/operators', wish);
  }

  /** Rejected for the last owner who is left. */
  changeOperator(operatorId: string, change: { role?: AdminOperatorRole; disabled?: boolean }): Promise<AdminOperator> {
    return this.#admin.call({ method: 'PATCH', path: `/operators/${part(operatorId)}`, body: change });
  }
}
