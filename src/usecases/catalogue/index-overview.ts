import type { Connection } from '../../domain/access/connection.js';
import {
  type BuyerList,
  INDEX_FORMATS,
  type IndexFormat,
  type IndexRun,
} from '../../domain/catalogue/catalogue-index.js';
import { formatOf } from '../../domain/catalogue/usual-format.js';
import { accept, type Outcome, refuse } from '../../domain/error-codes.js';
import type { ConnectionRepository } from '../../ports/access/connection-repository.js';
import type { BuyerCodes } from '../../ports/buyer-codes.js';
import type { IndexPush, IndexPushes } from '../../ports/index-pushes.js';
import type { IndexFile, IndexRuns } from '../../ports/index-runs.js';
import type { WaitingJob, WaitingJobs } from '../../ports/job-queue.js';
import { unknownConnection } from '../manage/read-connections.js';

interface Deps {
  connections: Pick<ConnectionRepository, 'find' | 'list'>;
  indexRuns: Pick<IndexRuns, 'list' | 'newestFile'>;
  indexPushes: Pick<IndexPushes, 'find'>;
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
  /** The newest file of each format that has one. */
  files: (IndexFile & { format: IndexFormat })[];
  push?: IndexPush | undefined;
  /** The push that is not done. */
  pushing?: WaitingJob | undefined;
  /** Codes of each list; 0: the buyer has none. */
  lists: Record<BuyerList, number>;
}

export interface IndexOverviews {
  read(tenantId: string, connectionId: string): Promise<Outcome<IndexOverview>>;
  /** The newest file of a format, also of a disabled connection. */
  file(tenantId: string, connectionId: string, format: IndexFormat): Promise<Outcome<IndexFile>>;
}

/** For operators, who see the indexes of a connection together. */
export function indexOverviews({ connections, indexRuns, indexPushes, buyerCodes, jobs }: Deps): IndexOverviews {
  return {
    async read(tenantId, connectionId) {
      const connection = await connections.find(tenantId, connectionId);
      if (connection === undefined) return unknownConnection(connections, tenantId, connectionId);
      const files: IndexOverview['files'] = [];
      // One after the other: a page leaves the pool to the buyers.
      for (const format of INDEX_FORMATS) {
        const file = await indexRuns.newestFile(tenantId, connectionId, format);
        if (file !== undefined) files.push({ ...file, format });
      }
      const push = await indexPushes.find(tenantId, connectionId);
      return accept({
        connection,
        usualFormat: formatOf(connection.settings.profile, connection.protocol),
        runs: await indexRuns.list(tenantId, connectionId),
        files,
        push,
        pushing: push === undefined ? undefined : await jobs.pushing(tenantId, connectionId),
        lists: await buyerCodes.counts(tenantId, connectionId),
      });
    },
    async file(tenantId, connectionId, format) {
      if ((await connections.find(tenantId, connectionId)) === undefined)
        return unknownConnection(connections, tenantId, connectionId);
      const file = await indexRuns.newestFile(tenantId, connectionId, format);
      return file === undefined
        ? refuse('RESOURCE_NOT_FOUND', 'The connection has no index in this format yet.')
        : accept(file);
    },
  };
}
