import { describe } from '@jest/globals';
import { apiKeyRepository } from '../../../src/adapters/postgres/access/api-key-repository.js';
import { connectionRepository, tenantRepository } from '../../../src/adapters/postgres/access/connection-repository.js';
import { jobQueue } from '../../../src/adapters/postgres/job-queue.js';
import { secretBox } from '../../../src/adapters/secrets/secret-box.js';
import { sealedTransmissions } from '../../../src/adapters/postgres/transmissions/sealed-transmissions.js';
import { transmissionRepository } from '../../../src/adapters/postgres/transmissions/transmission-repository.js';
import { digestOf } from '../../../src/domain/digest.js';
import { apiKeyRepositoryContract } from '../../contracts/api-key-repository.contract.js';
import { connectionRepositoryContract } from '../../contracts/connection-repository.contract.js';
import { describeOnDatabases } from '../../contracts/databases.js';
import { jobQueueContract } from '../../contracts/job-queue.contract.js';
import { tenantRepositoryContract } from '../../contracts/tenant-repository.contract.js';
import { transmissionRepositoryContract } from '../../contracts/transmission-repository.contract.js';

describeOnDatabases('repositories', (database) => {
  const sql = (text: string, values: unknown[] = []): Promise<Record<string, unknown>[]> =>
    database().query({ name: digestOf(text).slice(0, 40), text }, values);
  const tenants = () => tenantRepository(database());

  const box = secretBox(['a-secret-of-at-least-thirty-two-characters']);

  describe('transmissions', () =>
    transmissionRepositoryContract(() => ({
      repository: sealedTransmissions(transmissionRepository(database()), box),
      sql,
    })));
  describe('tenants', () => tenantRepositoryContract(tenants));
  describe('connections', () =>
    connectionRepositoryContract(() => ({
      connections: connectionRepository(database(), async (secret) => `hash of ${secret}`, box),
      tenants: tenants(),
    })));
  describe('api keys', () =>
    apiKeyRepositoryContract(() => ({ apiKeys: apiKeyRepository(database()), tenants: tenants() })));
  describe('jobs', () => jobQueueContract(() => ({ jobs: jobQueue(database()), sql })));
});
