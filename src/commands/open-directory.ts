import { apiKeyRepository } from '../adapters/postgres/access/api-key-repository.js';
import { connectShops } from '../adapters/postgres/orders/connect-shops.js';
import { feedRepository } from '../adapters/postgres/orders/feed-repository.js';
import { orderNotices } from '../adapters/postgres/orders/order-notices.js';
import { purchaseOrders } from '../adapters/postgres/orders/purchase-orders.js';
import { hookRepository } from '../adapters/postgres/orders/hook-repository.js';
import type { Database } from '../adapters/postgres/database/database.js';
import { connectionRepository, tenantRepository } from '../adapters/postgres/access/connection-repository.js';
import { installationSecrets } from '../adapters/postgres/database/installation-key.js';
import { migrate } from '../adapters/postgres/database/migrate.js';
import { middlewareKeys, oauthClients } from '../adapters/postgres/access/middleware-keys.js';
import { openDatabase } from '../adapters/postgres/database/open-database.js';
import { sites } from '../adapters/postgres/context/session-contexts.js';
import { auditChain } from '../adapters/postgres/history/audit-chain.js';
import { personalData } from '../adapters/postgres/history/personal-data.js';
import { hashSecret } from '../adapters/secrets/scrypt-secret-verifier.js';
import { secretBox } from '../adapters/secrets/secret-box.js';
import type { ServerSettings } from '../config/environment.js';
import type { ApiKeyRepository, MiddlewareKeys, OAuthClients } from '../ports/access/client-keys.js';
import type { ConnectShops, FeedRepository, HookRepository } from '../ports/orders/connect-shops.js';
import type { OrderNotices, PurchaseOrders } from '../ports/orders/order-repository.js';
import type { ConnectionRepository, TenantRepository } from '../ports/access/connection-repository.js';
import type { Sites } from '../ports/context.js';
import type { AuditChain } from '../ports/audit-log.js';
import type { PersonalData } from '../ports/personal-data.js';

export interface Directory {
  tenants: TenantRepository;
  connections: ConnectionRepository;
  apiKeys: ApiKeyRepository;
  connectShops: ConnectShops;
  hooks: HookRepository;
  feeds: FeedRepository;
  purchaseOrders: PurchaseOrders;
  orderNotices: OrderNotices;
  middlewareKeys: MiddlewareKeys;
  oauthClients: OAuthClients;
  sites: Sites;
  personalData: PersonalData;
  auditChain: AuditChain;
  /** Names of the migrations that were run just now. */
  migrated: string[];
}

/** What a command needs of the directory. */
interface DirectoryWork {
  /** Everything written is kept together, or nothing is. For at most two seconds of work. */
  atOnce?: boolean;
}

/** Opens the database of the environment for one command, with its schema up to date, and closes it afterwards. */
export async function withDirectory<T>(
  { database, secrets }: Pick<ServerSettings, 'database' | 'secrets'>,
  act: (directory: Directory) => Promise<T>,
  { atOnce = false }: DirectoryWork = {},
): Promise<T> {
  const opened = await openDatabase(
    'url' in database ? { kind: 'server', url: database.url } : { kind: 'embedded', directory: database.directory },
  );
  try {
    const migrated = await migrate(opened);
    const box = secretBox((await installationSecrets(opened, secrets)).opening);
    const work = (on: Database): Promise<T> => act({ ...directoryOn(on, box), migrated });
    return await (atOnce ? opened.transaction((query) => work({ ...opened, query })) : work(opened));
  } finally {
    await opened.close();
  }
}

function directoryOn(database: Database, box: ReturnType<typeof secretBox>): Omit<Directory, 'migrated'> {
  return {
    tenants: tenantRepository(database),
    connections: connectionRepository(database, hashSecret, box),
    apiKeys: apiKeyRepository(database),
    connectShops: connectShops(database, box),
    hooks: hookRepository(database),
    feeds: feedRepository(database),
    purchaseOrders: purchaseOrders(database),
    orderNotices: orderNotices(database),
    middlewareKeys: middlewareKeys(database, box),
    oauthClients: oauthClients(database, hashSecret),
    sites: sites(database),
    personalData: personalData(database),
    auditChain: auditChain(database),
  };
}

/** What a command is given: the database of its environment, opened for the time it works, and a place to write to. */
export interface CommandContext {
  directory<T>(act: (directory: Directory) => Promise<T>, work?: DirectoryWork): Promise<T>;
  print(line: string): void;
  /** A file's text; `-` is standard input. */
  readText(path: string): Promise<string>;
}
