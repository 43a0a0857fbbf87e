import type { IndexFormat } from '../../domain/catalogue/catalogue-index.js';
import { type Outcome, accept, refuse } from '../../domain/error-codes.js';
import type { ConnectionRepository } from '../../ports/access/connection-repository.js';
import { type IndexPush, type IndexPushes, MOST_PUSHES } from '../../ports/index-pushes.js';
import type { Atomically } from '../../ports/managed-directory.js';
import type { IndexOwner } from '../../ports/index-runs.js';
import { unknownConnection } from '../manage/read-connections.js';
import { assureAddress, indexCustomer } from './index-customer.js';

interface Of extends IndexOwner {
  by: string;
}

export interface PushWish {
  url: string;
  format: IndexFormat;
  /** Text of the header Authorization. Absent: that of the same address stays; null: none. */
  authorization?: string | null | undefined;
}

/** Where the indexes of a connection are pushed to. */
export function pushReads({
  connections,
  indexPushes,
}: {
  connections: Pick<ConnectionRepository, 'find' | 'list'>;
  indexPushes: Pick<IndexPushes, 'list'>;
}): (tenantId: string, connectionId: string) => Promise<Outcome<IndexPush[]>> {
  return async (tenantId, connectionId) => {
    if ((await connections.find(tenantId, connectionId)) === undefined)
      return unknownConnection(connections, tenantId, connectionId);
    return accept(await indexPushes.list(tenantId, connectionId));
  };
}

export interface PushChanges {
  save(of: Of, wish: PushWish): Promise<Outcome<IndexPush>>;
  remove(of: Of): Promise<Outcome<{ removed: true }>>;
}

/** What a header can hold. */
const HEADER = /^[\x21-\x7e](?:[\x20-\x7e]{0,1998}[\x21-\x7e])?$/;

/** Each change is one transaction with its audit row. */
export function pushChanges({
  atomically,
  urlFault,
}: {
  atomically: Atomically;
  /** Fault of the URL as written. Host names are checked when connecting. */
  urlFault: (url: string) => string | undefined;
}): PushChanges {
  return {
    save: ({ tenantId, connectionId, addressId, by }, { url, format, authorization }) =>
      atomically(async (directory) => {
        const fault = urlFault(url);
        if (fault !== undefined)
          return refuse(
            'INVALID_REQUEST',
            `No index can be pushed to ${JSON.stringify(url.slice(0, 200))}: ${fault}. It must be https, public, ` +
              'without user and fragment.',
            { field: 'url' },
          );
        if (typeof authorization === 'string' && !HEADER.test(authorization))
          return refuse(
            'INVALID_REQUEST',
            'authorization is the text of the header Authorization, as "Bearer …" or "Basic …": ASCII without ' +
              'line breaks, at most 2,000 characters.',
            { field: 'authorization' },
          );
        const connection = await directory.connections.find(tenantId, connectionId);
        if (connection === undefined) return unknownConnection(directory.connections, tenantId, connectionId);
        const chosen = await indexCustomer({ addresses: directory.shipToAddresses })(connection, addressId);
        if (!chosen.ok) return chosen;
        const owner: IndexOwner = { tenantId, connectionId, addressId };
        const there = await directory.indexPushes.list(tenantId, connectionId);
        if (there.length >= MOST_PUSHES && !there.some((push) => push.addressId === addressId))
          return refuse('INVALID_REQUEST', `A connection pushes ${MOST_PUSHES} indexes at most.`);
        const saved = await directory.indexPushes.save({ ...owner, url, format }, authorization);
        if (saved === undefined) return unknownConnection(directory.connections, tenantId, connectionId);
        const details = { ...auditOf(owner), host: new URL(url).host, format };
        await directory.audit.note({ tenantId, event: 'index-push-saved', actor: by, details });
        return accept(saved);
      }),
    remove: ({ tenantId, connectionId, addressId, by }) =>
      atomically(async (directory) => {
        if ((await directory.connections.find(tenantId, connectionId)) === undefined)
          return unknownConnection(directory.connections, tenantId, connectionId);
        const owner: IndexOwner = { tenantId, connectionId, addressId };
        const assured = await assureAddress({ addresses: directory.shipToAddresses }, owner);
        if (!assured.ok) return assured;
        if (!(await directory.indexPushes.remove(owner)))
          return refuse('RESOURCE_NOT_FOUND', 'This index of the connection is pushed to no address.');
        await directory.audit.note({
          tenantId,
          event: 'index-push-removed',
          actor: by,
          details: auditOf(owner),
        });
        return accept({ removed: true });
      }),
  };
}

function auditOf({ connectionId, addressId }: IndexOwner): Record<string, string> {
  return { connection: connectionId, ...(addressId === undefined ? {} : { address: addressId }) };
}
