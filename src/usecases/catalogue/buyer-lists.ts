import type { BuyerList } from '../../domain/catalogue/catalogue-index.js';
import { type Outcome, accept, refuse } from '../../domain/error-codes.js';
import type { ConnectionRepository } from '../../ports/access/connection-repository.js';
import type { BuyerCodes } from '../../ports/buyer-codes.js';
import type { Atomically } from '../../ports/managed-directory.js';
import { unknownConnection } from '../manage/read-connections.js';

interface Of {
  tenantId: string;
  connectionId: string;
  by: string;
}

/** How many codes each list of a connection has. */
export function listReads({
  connections,
  buyerCodes,
}: {
  connections: Pick<ConnectionRepository, 'find' | 'list'>;
  buyerCodes: Pick<BuyerCodes, 'counts'>;
}): (tenantId: string, connectionId: string) => Promise<Outcome<Record<BuyerList, number>>> {
  return async (tenantId, connectionId) =>
    (await connections.find(tenantId, connectionId)) === undefined
      ? unknownConnection(connections, tenantId, connectionId)
      : accept(await buyerCodes.counts(tenantId, connectionId));
}

export interface ListChanges {
  /** In place of the list that is there; with `add` beside it. Refuses all where one code is none. */
  save(of: Of, list: BuyerList, codes: readonly string[], add?: boolean): Promise<Outcome<Record<BuyerList, number>>>;
  remove(of: Of, list: BuyerList): Promise<Outcome<{ removed: true }>>;
}

export const MOST_CODES = 200_000;
const LONGEST_CODE = 100;
// oxlint-disable-next-line no-control-regex -- that is what is looked for
const NOT_IN_CODE = /[\0-\x1f\x7f]|\p{Surrogate}/u;

/** The lists of a connection's buyer. Each change is one transaction with its audit row. */
export function listChanges({ atomically }: { atomically: Atomically }): ListChanges {
  return {
    save: ({ tenantId, connectionId, by }, list, given, add = false) =>
      atomically(async ({ connections, buyerCodes, audit }) => {
        if ((await connections.entry(tenantId, connectionId, 'lock')) === undefined)
          return unknownConnection(connections, tenantId, connectionId);
        const codes = given.map((code) => code.trim());
        const wrong = codes.findIndex((code) => code === '' || code.length > LONGEST_CODE || NOT_IN_CODE.test(code));
        if (wrong >= 0)
          return refuse(
            'INVALID_REQUEST',
            `Code ${wrong + 1}, ${JSON.stringify((codes[wrong] ?? '').slice(0, 60))}, is none: a code has 1 to ` +
              `${LONGEST_CODE} characters, and no control characters.`,
            { field: 'codes' },
          );
        if (codes.length === 0) return refuse('INVALID_REQUEST', 'The list has no codes.', { field: 'codes' });
        if (!add) await buyerCodes.clear(tenantId, connectionId, list);
        await buyerCodes.add(tenantId, connectionId, list, codes);
        const counts = await buyerCodes.counts(tenantId, connectionId);
        if (counts[list] > MOST_CODES)
          return refuse('INVALID_REQUEST', `A list has ${MOST_CODES} codes at most.`, { field: 'codes' });
        const details = { connection: connectionId, list, codes: String(counts[list]) };
        await audit.note({ tenantId, event: 'buyer-list-saved', actor: by, details });
        return accept(counts);
      }),
    remove: ({ tenantId, connectionId, by }, list) =>
      atomically(async ({ connections, buyerCodes, audit }) => {
        if ((await connections.entry(tenantId, connectionId, 'lock')) === undefined)
          return unknownConnection(connections, tenantId, connectionId);
        if ((await buyerCodes.counts(tenantId, connectionId))[list] === 0)
          return refuse('RESOURCE_NOT_FOUND', `The buyer of this connection has no list "${list}".`);
        await buyerCodes.clear(tenantId, connectionId, list);
        const details = { connection: connectionId, list };
        await audit.note({ tenantId, event: 'buyer-list-removed', actor: by, details });
        return accept({ removed: true });
      }),
  };
}
