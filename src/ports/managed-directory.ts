import type { Outcome } from '../domain/error-codes.js';
import type { AuditLog } from './audit-log.js';
import type { ApiKeyRepository, MiddlewareKeys, OAuthClients } from './access/client-keys.js';
import type { HandOvers } from './access/hand-overs.js';
import type { ConnectionRepository, TenantRepository } from './access/connection-repository.js';
import type { Operators } from './access/operators.js';
import type { ShipToAddresses } from './access/ship-to-addresses.js';
import type { BuyerCodes } from './buyer-codes.js';
import type { IndexPushes } from './index-pushes.js';
import type { Sites } from './context.js';
import type { ConnectShops } from './orders/connect-shops.js';

/** What operators change: by the admin API, the console or the command line. */
export interface ManagedDirectory {
  tenants: TenantRepository;
  connections: ConnectionRepository;
  middlewareKeys: MiddlewareKeys;
  apiKeys: ApiKeyRepository;
  handOvers: HandOvers;
  shipToAddresses: ShipToAddresses;
  oauthClients: OAuthClients;
  connectShops: ConnectShops;
  indexPushes: IndexPushes;
  buyerCodes: BuyerCodes;
  sites: Sites;
  operators: Operators;
  audit: AuditLog;
}

/** Runs one change in one transaction. Nothing is kept if it refuses or throws. */
export type Atomically = <T>(change: (directory: ManagedDirectory) => Promise<Outcome<T>>) => Promise<Outcome<T>>;

/** Who changes what. */
export interface ChangeOf {
  tenantId: string;
  connectionId: string;
  /** For the audit: `key:1a2b3c4d`, `operator:…`, `command line`. */
  by: string;
  /** The version that the change was made for. Undefined: any. */
  version?: number | undefined;
}
