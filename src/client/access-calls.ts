import type {
  AddedOperator,
  AdminClient,
  AdminKey,
  AdminOperator,
  AdminOperatorRole,
  AdminShop,
  AdminShopWish,
  AdminSite,
  AdminSiteWish,
  AdminTenant,
  KeyScope,
  MadeClient,
  MadeKey,
  NewAdminClient,
  SavedShop,
} from './access-types.js';
import type { Version } from './admin-types.js';
import type { Call } from './send-call.js';
import { fromWire, toWire } from './session-types.js';

/** The part of `client.admin` that is about the tenant and who has access to it. */
export class AccessCalls {
  readonly #call: <Data>(call: Omit<Call, 'family'>) => Promise<Data>;

  constructor(send: (call: Call) => Promise<unknown>) {
    this.#call = async <Data>(call: Omit<Call, 'family'>) =>
      fromWire(await send({ ...call, family: '/v1/admin' })) as Data;
  }

  getTenant(): Promise<AdminTenant> {
    return this.#get('/tenant');
  }

  changeTenant(version: Version, change: { name?: string; settings?: Record<string, unknown> }): Promise<AdminTenant> {
    return this.#call({ method: 'PATCH', path: '/tenant', body: toWire(change), version });
  }

  async listKeys(): Promise<AdminKey[]> {
    return (await this.#get<{ keys: AdminKey[] }>('/keys')).keys;
  }

  createKey(wish: { name: string; scopes: KeyScope[] }): Promise<MadeKey> {
    return this.#post('/keys', wish);
  }

  /** The old key works for `graceDays` more, 7 by default. */
  rotateKey(keyId: string, { graceDays = 7 }: { graceDays?: number } = {}): Promise<MadeKey> {
    return this.#post(`/keys/${part(keyId)}/rotate`, { graceDays });
  }

  revokeKey(keyId: string): Promise<{ revoked: true }> {
    return this.#delete(`/keys/${part(keyId)}`);
  }

  async listClients(): Promise<AdminClient[]> {
    return (await this.#get<{ clients: AdminClient[] }>('/oauth-clients')).clients;
  }

  addClient(wish: NewAdminClient): Promise<MadeClient> {
    return this.#post('/oauth-clients', wish);
  }

  /** The two newest are valid: a third replaces the older one. */
  addClientSecret(clientId: string, wish: { secret?: string } = {}): Promise<MadeClient> {
    return this.#post(`/oauth-clients/${part(clientId)}/secrets`, wish);
  }

  revokeClientSecret(clientId: string, secretId: string): Promise<AdminClient> {
    return this.#delete(`/oauth-clients/${part(clientId)}/secrets/${part(secretId)}`);
  }

  /** Ends the client with its secrets and tokens. */
  revokeClient(clientId: string): Promise<{ revoked: true }> {
    return this.#delete(`/oauth-clients/${part(clientId)}`);
  }

  async listShops(): Promise<AdminShop[]> {
    return (await this.#get<{ shops: AdminShop[] }>('/shops')).shops;
  }

  /** Adds a shop with a first key, or changes an own one. */
  saveShop(wish: AdminShopWish): Promise<SavedShop> {
    return this.#post('/shops', wish);
  }

  /** The earlier keys work for `graceDays` more, 7 by default. */
  addShopKey(shopId: number, wish: { graceDays?: number; key?: string } = {}): Promise<SavedShop> {
    return this.#post(`/shops/${shopId}/keys`, wish);
  }

  revokeShopKey(shopId: number, keyId: string): Promise<AdminShop> {
    return this.#delete(`/shops/${shopId}/keys/${part(keyId)}`);
  }

  /** The default one first. */
  async listSites(): Promise<AdminSite[]> {
    return (await this.#get<{ sites: AdminSite[] }>('/sites')).sites;
  }

  /** Adds a site, or replaces the one with this code. */
  saveSite(wish: AdminSiteWish): Promise<AdminSite> {
    return this.#post('/sites', wish);
  }

  removeSite(siteCode: string): Promise<{ removed: true }> {
    return this.#delete(`/sites/${part(siteCode)}`);
  }

  async listOperators(): Promise<AdminOperator[]> {
    return (await this.#get<{ operators: AdminOperator[] }>('/operators')).operators;
  }

  /** Without `password` one is made; null for who signs in at the OpenID provider only. */
  addOperator(wish: {
    email: string;
    name: string;
    role: AdminOperatorRole;
    password?: string | null;
  }): Promise<AddedOperator> {
    return this.#post('/operators', wish);
  }

  /** Rejected for the last owner who is left. */
  changeOperator(operatorId: string, change: { role?: AdminOperatorRole; disabled?: boolean }): Promise<AdminOperator> {
    return this.#call({ method: 'PATCH', path: `/operators/${part(operatorId)}`, body: change });
  }

  #get<Data>(path: string): Promise<Data> {
    return this.#call({ method: 'GET', path });
  }

  #post<Data>(path: string, body: object): Promise<Data> {
    return this.#call({ method: 'POST', path, body: toWire(body) });
  }

  #delete<Data>(path: string): Promise<Data> {
    return this.#call({ method: 'DELETE', path });
  }
}

function part(id: string): string {
  return encodeURIComponent(id);
}
