import { PENDING_MINUTES } from '../../../domain/access/operator.js';
import type { PendingSignIns } from '../../../ports/access/operators.js';
import type { Database } from '../database/database.js';
import { deleteOldRows } from '../old-rows.js';

const KEEP = {
  name: 'pending-sign-in-keep',
  text: `
    insert into operator_pending_sign_in (browser_digest, next, fresh, earlier_digest) values ($1, $2, $3, $4)`,
};
const TAKE = {
  name: 'pending-sign-in-take',
  text: `
    delete from operator_pending_sign_in where browser_digest = $1
    returning next, fresh, earlier_digest, created_at,
      created_at <= now() - interval '${PENDING_MINUTES} minutes' as is_old`,
};
const DELETE_OLD = deleteOldRows({
  name: 'pending-sign-in-delete-old',
  table: 'operator_pending_sign_in',
  where: `created_at <= now() - interval '${PENDING_MINUTES} minutes'`,
  oldestBy: 'created_at',
});

interface PendingRow {
  next: string;
  fresh: boolean;
  earlier_digest: string | null;
  created_at: Date;
  is_old: boolean;
}

export function pendingSignIns({ query }: Pick<Database, 'query'>): PendingSignIns {
  return {
    async keep(browserDigest, { next, fresh, earlierDigest }) {
      await query(KEEP, [browserDigest, next, fresh, earlierDigest ?? null]);
    },
    async take(browserDigest) {
      const [row] = await query<PendingRow>(TAKE, [browserDigest]);
      return row === undefined || row.is_old
        ? undefined
        : {
            next: row.next,
            fresh: row.fresh,
            earlierDigest: row.earlier_digest ?? undefined,
            createdAt: row.created_at,
          };
    },
    async deleteOld(limit) {
      return (await query(DELETE_OLD, [limit])).length;
    },
  };
}
