import { randomUUID } from 'node:crypto';
import type { IdempotencyKeys } from '../../ports/idempotency-keys.js';
import type { Database } from './database/database.js';
import { deleteOldRows } from './old-rows.js';

/** The part of `SecretBox` that is needed here. */
export interface AnswerBox {
  seal(text: string, owner: string): string;
  open(sealed: string, owner: string): { text: string } | undefined;
}

const LIFE = `interval '24 hours'`;
/** Longer than a request may take; afterwards the work of a dead process may be repeated. */
const LEASE = `interval '15 seconds'`;

/** Of several concurrent copies one inserts the row; an expired row, or one of a dead worker, is taken over by one. */
const TAKE = {
  name: 'idempotency-take',
  text: `
    insert into idempotency_key as k (tenant_id, idempotency_key, request_digest, lease, lease_until)
      values ($1, $2, $3, $4, now() + ${LEASE})
    on conflict (tenant_id, idempotency_key) do update
    set request_digest = excluded.request_digest, lease = excluded.lease, lease_until = excluded.lease_until,
      status = null, answer = null, sealed_answer = null, created_at = now()
    where k.created_at < now() - ${LIFE}
      or (k.status is null and k.lease_until < now() and k.request_digest = excluded.request_digest)
    returning lease`,
};
const LOOK = {
  name: 'idempotency-look',
  text: `
    select request_digest, status, answer, sealed_answer from idempotency_key
    where tenant_id = $1 and idempotency_key = $2`,
};
const ANSWER = {
  name: 'idempotency-answer',
  text: `
    update idempotency_key set status = $4, sealed_answer = $5
    where tenant_id = $1 and idempotency_key = $2 and lease = $3`,
};
const RELEASE = {
  name: 'idempotency-release',
  text: 'delete from idempotency_key where tenant_id = $1 and idempotency_key = $2 and lease = $3',
};
const DELETE_EXPIRED = deleteOldRows({
  name: 'idempotency-delete-expired',
  table: 'idempotency_key',
  where: `created_at < now() - ${LIFE}`,
  oldestBy: 'created_at',
});

interface KeyRow {
  request_digest: string;
  status: number | null;
  /** Written by earlier versions, in clear text. */
  answer: string | null;
  sealed_answer: string | null;
}

/** Answers are sealed: they may hold start links and return pages that are still valid. */
export function idempotencyKeys({ query }: Database, box: AnswerBox): IdempotencyKeys {
  return {
    async take(tenantId, key, requestDigest) {
      const lease = randomUUID();
      if ((await query(TAKE, [tenantId, key, requestDigest, lease])).length > 0) return { state: 'taken', lease };
      const [row] = await query<KeyRow>(LOOK, [tenantId, key]);
      // Deleted at this moment: the next request gets the key.
      if (row === undefined) return { state: 'in_work' };
      if (row.request_digest !== requestDigest) return { state: 'conflict' };
      const { status, answer, sealed_answer: sealed } = row;
      if (status === null || (answer === null && sealed === null)) return { state: 'in_work' };
      const body = sealed === null ? answer : box.open(sealed, ownerOf(tenantId, key))?.text;
      return body === undefined || body === null
        ? { state: 'unreadable' }
        : { state: 'answered', answer: { status, body } };
    },
    async answer(tenantId, key, lease, { status, body }) {
      await query(ANSWER, [tenantId, key, lease, status, box.seal(body, ownerOf(tenantId, key))]);
    },
    async release(tenantId, key, lease) {
      await query(RELEASE, [tenantId, key, lease]);
    },
    async deleteExpired(limit) {
      return (await query(DELETE_EXPIRED, [limit])).length;
    },
  };
}

function ownerOf(tenantId: string, key: string): string {
  return `${tenantId}/idempotency-key/${key}`;
}
