import { randomBytes } from 'node:crypto';
import { apiKeyRepository } from '../adapters/postgres/api-key-repository.js';
import { connectionRepository } from '../adapters/postgres/connection-repository.js';
import { installationKey } from '../adapters/postgres/installation-key.js';
import { migrate } from '../adapters/postgres/migrate.js';
import { openDatabase } from '../adapters/postgres/open-database.js';
import { tenantRepository } from '../adapters/postgres/tenant-repository.js';
import { hashSecret } from '../adapters/secrets/scrypt-hash.js';
import { secretBox } from '../adapters/secrets/secret-box.js';
import type { ServerSettings } from '../config/environment.js';
import type { ApiKeyRepository } from '../ports/api-key-repository.js';
import type { ConnectionRepository } from '../ports/connection-repository.js';
import type { TenantRepository } from '../ports/tenant-repository.js';

export interface Directory {
  tenants: TenantRepository;
  connections: ConnectionRepository;
  apiKeys: ApiKeyRepository;
  /** Names of the migrations that were run just now. */
  migrated: string[];
}

/** Opens the database of the environment for one command, with its schema up to date, and closes it afterwards. */
export async function withDirectory<T>({ database, secrets }: Pick<ServerSettings, 'database' | 'secrets'>, act: (directory: Directory) => Promise<T>): Promise<T> {
  const opened = await openDatabase('url' in database ? { kind: 'server', url: database.url } : { kind: 'embedded', directory: database.directory });
  try {
    const migrated = await migrate(opened);
    return await act({ tenants: tenantRepository(opened), connections: connectionRepository(opened, hashSecret, secretBox(secrets ?? [await installationKey(opened, randomBytes(48).toString('base64url'))])), apiKeys: apiKeyRepository(opened), migrated });
  } finally {
    await opened.close();
  }
}
