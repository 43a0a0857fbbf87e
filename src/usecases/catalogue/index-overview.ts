import type { Connection } from '../../domain/access/connection.js';
import type { BuyerList, IndexFormat, IndexRun } from '../../domain/catalogue/catalogue-index.js';
import { formatOf } from '../../domain/catalogue/usual-format.js';
import { accept, type Outcome, refuse } from '../../domain/error-codes.js';
import type { ConnectionRepository } from '../../ports/access/connection-repository.js';
import type { ShipToAddress, ShipToAddresses } from '../../ports/access/ship-to-addresses.js';
import type { BuyerCodes } from '../../ports/buyer-codes.js';
import type { IndexPush, IndexPushes } from '../../ports/index-pushes.js';
import type { IndexFile, IndexOwner, IndexRuns, OwnedFile } from '../../ports/index-runs.js';
import type { WaitingJob, WaitingJobs } from '../../ports/job-queue.js';
import { unknownConnection } from '../manage/read-connections.js';
import { assureAddress } from './index-customer.js';
import { noFileText } from './index-runs.js';

interface Deps {
  connections: Pick<ConnectionRepository, 'find' | 'list'>;
  indexRuns: Pick<IndexRuns, 'list' | 'newestFile' | 'newestFiles'>;
  indexPushes: Pick<IndexPushes, 'list'>;
  shipToAddresses: Pick<ShipToAddresses, 'find' | 'known'>;
  buyerCodes: Pick<BuyerCodes, 'counts'>;
  jobs: Pick<WaitingJobs, 'pushing'>;
}

/** Everything about the indexes of one connection. */
export interface IndexOverview {
  connection: Connection;
  /** Of the connection's platform. */
  usualFormat: IndexFormat;
  /** Newest first, at most 20. */
  runs: IndexRun[];
  /** The newest file of each owner and format that has one. */
  files: OwnedFile[];
  /** Ids of the table, at most MOST_CHOICES + 1. Empty if the connection ignores those of call-ups. */
  addresses: ShipToAddress[];
  pushes: (IndexPush & { /** While it is not done. */ job?: WaitingJob | undefined })[];
  /** Codes of each list; 0: the buyer has none. */
  lists: Record<BuyerList, number>;
}

export interface IndexOverviews {
  read(tenantId: string, connectionId: string): Promise<Outcome<IndexOverview>>;
  /** The newest file of a format, also of a disabled connection. */
  file(owner: IndexOwner, format: IndexFormat): Promise<Outcome<IndexFile>>;
}

/** Address ids that are offered to choose from; of a table with more they are typed. */
export const MOST_CHOICES = 200;

/** For operators, who see the indexes of a connection together. */
export function indexOverviews({
  connections,
  indexRuns,
  indexPushes,
  shipToAddresses,
  buyerCodes,
  jobs,
}: Deps): IndexOverviews {
  // One after the other: a page leaves the pool to the buyers.
  return {
    async read(tenantId, connectionId) {
      const connection = await connections.find(tenantId, connectionId);
      if (connection === undefined) return unknownConnection(connections, tenantId, connectionId);
      const isByAddress = (connection.settings.store?.shipTo ?? 'ignore') !== 'ignore';
      const pushes = await indexPushes.list(tenantId, connectionId);
      const pushing = pushes.length === 0 ? [] : await jobs.pushing(tenantId, connectionId);
      return accept({
        connection,
        usualFormat: formatOf(connection.settings.profile, connection.protocol),
        runs: await indexRuns.list(tenantId, connectionId),
        files: await indexRuns.newestFiles(tenantId, connectionId),
        addresses: isByAddress ? await shipToAddresses.known(tenantId, connectionId, MOST_CHOICES + 1) : [],
        pushes: pushes.map((push) => ({
          ...push,
          job: pushing.find(({ addressId }) => addressId === push.addressId),
        })),
        lists: await buyerCodes.counts(tenantId, connectionId),
      });
    },
    async file(owner, format) {
      const { tenantId, connectionId, addressId } = owner;
      if ((await connections.find(tenantId, connectionId)) === undefined)
        return unknownConnection(connections, tenantId, connectionId);
      const assured = await assureAddress({ addresses: shipToAddresses }, owner);
      if (!assured.ok) return assured;
      const file = await indexRuns.newestFile(owner, format);
      return file === undefined ? refuse('RESOURCE_NOT_FOUND', noFileText(addressId)) : accept(file);
    },
  };
}
