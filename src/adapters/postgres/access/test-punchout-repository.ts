import { digestOf } from '../../../domain/digest.js';
import type { NameValue } from '../../../domain/transmission/setup-request.js';
import type { TestPunchout, TestPunchouts } from '../../../ports/access/test-punchouts.js';
import type { Database } from '../database/database.js';
import { deleteOldRows } from '../old-rows.js';

const COLUMNS = `p.tenant_id, p.connection_id, p.test_id, p.started_by, p.created_at, p.returned_at,
  (select t.transmission_id from transmission t where t.tenant_id = p.tenant_id and t.test_id = p.test_id limit 1)
    as transmission_id`;

const BEGIN = {
  name: 'test-punchout-begin',
  text: `
    insert into test_punchout (tenant_id, connection_id, test_id, started_by, secret_hash, key_digest, secret_until)
      values ($1, $2, $3, $4, $5, $6, now() + interval '1 minute')`,
};
const END_SECRET = {
  name: 'test-punchout-end-secret',
  text: `update test_punchout set secret_hash = null, key_digest = null, secret_until = now() where test_id = $1`,
};
const FIND = {
  name: 'test-punchout-find',
  text: `select ${COLUMNS}, p.returned from test_punchout p where p.test_id = $1`,
};
const LIST = {
  name: 'test-punchout-list',
  text: `
    select ${COLUMNS}, null as returned from test_punchout p where p.tenant_id = $1 and p.connection_id = $2
    order by p.created_at desc limit 10`,
};
const TAKE = {
  name: 'test-punchout-take',
  text: `
    update test_punchout set returned = $2, returned_at = now()
    where test_id = $1 and returned_at is null and created_at > now() - interval '3 hours' returning 1`,
};
const DELETE_OLD = deleteOldRows({
  name: 'test-punchout-delete-old',
  table: 'test_punchout',
  where: `created_at < now() - interval '1 day'`,
  oldestBy: 'created_at',
});

interface Row {
  tenant_id: string;
  connection_id: string;
  test_id: string;
  started_by: string;
  created_at: Date;
  returned_at: Date | null;
  transmission_id: string | null;
  returned: string | null;
}

export function testPunchoutRepository(
  { query, asTenant }: Pick<Database, 'query' | 'asTenant'>,
  hash: (secret: string) => Promise<string>,
): TestPunchouts {
  return {
    async begin({ tenantId, connectionId, testId, startedBy, secret, isKey }) {
      const [hashed, digest] = isKey ? [null, digestOf(secret)] : [await hash(secret), null];
      await query(BEGIN, [tenantId, connectionId, testId, startedBy, hashed, digest]);
    },
    async endSecret(testId) {
      await query(END_SECRET, [testId]);
    },
    async find(testId) {
      const [row] = await query<Row>(FIND, [testId]);
      return row === undefined ? undefined : testOf(row);
    },
    list: async (tenantId, connectionId) =>
      (await asTenant(tenantId, (read) => read<Row>(LIST, [tenantId, connectionId]))).map(testOf),
    take: async (testId, fields) => (await query(TAKE, [testId, JSON.stringify(fields)])).length > 0,
    deleteOld: async (limit) => (await query(DELETE_OLD, [limit])).length,
  };
}

function testOf(row: Row): TestPunchout {
  const test: TestPunchout = {
    tenantId: row.tenant_id,
    connectionId: row.connection_id,
    testId: row.test_id,
    startedBy: row.started_by,
    createdAt: row.created_at,
  };
  if (row.transmission_id !== null) test.transmissionId = row.transmission_id;
  if (row.returned_at !== null) test.returnedAt = row.returned_at;
  if (row.returned !== null) test.returned = JSON.parse(row.returned) as NameValue[];
  return test;
}
