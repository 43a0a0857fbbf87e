import { IDLE_MINUTES, type Operator, SIGN_IN_HOURS } from '../../../domain/access/operator.js';
import type { OperatorRole } from '../../../domain/access/operator-roles.js';
import { newSecret } from '../../../domain/digest.js';
import type { Operators, SignIn, SignIns, UsedSignIn } from '../../../ports/access/operators.js';
import type { NamedStatement } from '../../../ports/statement-runner.js';
import type { Database } from '../database/database.js';
import { deleteOldRows } from '../old-rows.js';

const COLUMNS = `o.tenant_id, o.operator_id, o.email, o.name, o.role, o.demo, o.from_provider, o.created_at,
  o.disabled_at`;

/**
 * Capital and small letters of ASCII only are alike: other letters (U+0130, U+212A) have a small letter of ASCII, and
 * their mailbox is another person's. The first condition is for the index.
 */
const FIND_BY_EMAIL = {
  name: 'operator-find-by-email',
  text: `select ${COLUMNS}, o.password_hash from operator o
    where lower(o.email) = lower($1) and lower(o.email collate "C") = lower($1 collate "C")`,
};
const FIND = {
  name: 'operator-find',
  text: `select ${COLUMNS} from operator o where o.tenant_id = $1 and o.operator_id = $2`,
};
const LIST = {
  name: 'operator-list',
  text: `select ${COLUMNS} from operator o where o.tenant_id = $1 order by lower(o.email) limit 500`,
};
const ADD = {
  name: 'operator-add',
  text: `
    insert into operator (tenant_id, operator_id, email, name, role, demo, password_hash, from_provider)
      values ($1, $2, $3, $4, $5, $6, $7, $8)
    on conflict do nothing returning operator_id`,
};
/** One statement: a change of the rights of an operator ends the sign-ins that had the old ones. */
function changing(name: string, assignment: string): NamedStatement {
  return {
    name: `operator-${name}`,
    text: `
      with changed as (
        update operator set ${assignment} where tenant_id = $1 and operator_id = $2 returning tenant_id, operator_id
      ), ended as (
        delete from operator_sign_in s using changed c
        where s.tenant_id = c.tenant_id and s.operator_id = c.operator_id
      )
      select 1 from changed`,
  };
}
const SET_ROLE = changing('set-role', 'role = $3');
const SET_DISABLED = changing(
  'set-disabled',
  'disabled_at = case when $3::boolean then coalesce(disabled_at, now()) end',
);
const SET_PASSWORD = changing('set-password', 'password_hash = $3');

interface OperatorRow {
  tenant_id: string;
  operator_id: string;
  email: string;
  name: string;
  role: OperatorRole;
  demo: boolean;
  from_provider: boolean;
  created_at: Date;
  disabled_at: Date | null;
}

export function operatorRepository(
  { query, asTenant }: Pick<Database, 'query' | 'asTenant'>,
  hash: (secret: string) => Promise<string>,
): Operators {
  const done = async (statement: NamedStatement, values: readonly unknown[]): Promise<boolean> =>
    (await query(statement, values)).length > 0;
  return {
    async findByEmail(email) {
      const [row] = await query<OperatorRow & { password_hash: string | null }>(FIND_BY_EMAIL, [email]);
      return row === undefined
        ? undefined
        : { operator: operatorOf(row), passwordHashes: row.password_hash === null ? [] : [row.password_hash] };
    },
    async find(tenantId, operatorId) {
      const [row] = await query<OperatorRow>(FIND, [tenantId, operatorId]);
      return row === undefined ? undefined : operatorOf(row);
    },
    async list(tenantId) {
      return (await asTenant(tenantId, (read) => read<OperatorRow>(LIST, [tenantId]))).map(operatorOf);
    },
    async add({ tenantId, operatorId, email, name, role, demo, fromProvider = false }, password) {
      const hashed = password === undefined ? null : await hash(password);
      return done(ADD, [tenantId, operatorId, email, name, role, demo, hashed, fromProvider]);
    },
    setRole: (tenantId, operatorId, role) => done(SET_ROLE, [tenantId, operatorId, role]),
    setDisabled: (tenantId, operatorId, disabled) => done(SET_DISABLED, [tenantId, operatorId, disabled]),
    setPassword: async (tenantId, operatorId, password) =>
      done(SET_PASSWORD, [tenantId, operatorId, await hash(password)]),
  };
}

const IS_ALIVE = `s.used_at > now() - interval '${IDLE_MINUTES} minutes'
  and s.created_at > now() - interval '${SIGN_IN_HOURS} hours'`;

const OPEN = {
  name: 'sign-in-open',
  text: `
    insert into operator_sign_in
      (sign_in_digest, tenant_id, operator_id, sign_in_id, address, browser, by_provider, proven_at)
      values ($1, $2, $3, $4, $5, $6, $7, case when $7 then
        -- No time from the provider: the proof counts as a day old, so that changes ask for a new one.
        least(now(), coalesce($8::timestamptz, now() - interval '1 day')) else now() end)`,
};
const USE = {
  name: 'sign-in-use',
  text: `
    update operator_sign_in s set used_at = now() from operator o
    where s.sign_in_digest = $1 and ${IS_ALIVE}
      and o.tenant_id = s.tenant_id and o.operator_id = s.operator_id and o.disabled_at is null
    returning ${COLUMNS}, s.sign_in_id, s.address, s.browser, s.created_at as signed_in_at, s.used_at, s.by_provider,
      extract(epoch from now() - s.proven_at)::int as proven_seconds_ago`,
};
const LOOK = {
  name: 'sign-in-look',
  text: `
    select ${COLUMNS}, s.sign_in_id, s.address, s.browser, s.created_at as signed_in_at, s.used_at, s.by_provider,
      extract(epoch from now() - s.proven_at)::int as proven_seconds_ago
    from operator_sign_in s join operator o on o.tenant_id = s.tenant_id and o.operator_id = s.operator_id
    where s.sign_in_digest = $1 and ${IS_ALIVE} and o.disabled_at is null`,
};
const PROVE = {
  name: 'sign-in-prove',
  text: 'update operator_sign_in set proven_at = now() where sign_in_digest = $1',
};
const LIST_OWN = {
  name: 'sign-in-list',
  text: `
    select s.sign_in_id, s.address, s.browser, s.created_at as signed_in_at, s.used_at from operator_sign_in s
    where s.tenant_id = $1 and s.operator_id = $2 and ${IS_ALIVE} order by s.created_at desc limit 100`,
};
const CLOSE = { name: 'sign-in-close', text: 'delete from operator_sign_in where sign_in_digest = $1' };
const CLOSE_OWN = {
  name: 'sign-in-close-own',
  text: `
    delete from operator_sign_in where tenant_id = $1 and operator_id = $2 and sign_in_id = $3 returning sign_in_id`,
};
const DELETE_OLD = deleteOldRows({
  name: 'sign-in-delete-old',
  table: 'operator_sign_in',
  where: `used_at <= now() - interval '${SIGN_IN_HOURS} hours'`,
  oldestBy: 'used_at',
});

interface SignInRow {
  sign_in_id: string;
  address: string;
  browser: string;
  signed_in_at: Date;
  used_at: Date;
}

interface UseRow {
  by_provider: boolean;
  proven_seconds_ago: number;
}

export function signInRepository({ query, asTenant }: Pick<Database, 'query' | 'asTenant'>): SignIns {
  const used = async (statement: NamedStatement, digest: string): Promise<UsedSignIn | undefined> => {
    const [row] = await query<OperatorRow & SignInRow & UseRow>(statement, [digest]);
    return row === undefined
      ? undefined
      : {
          ...signInOf(row),
          operator: operatorOf(row),
          byProvider: row.by_provider,
          provenSecondsAgo: row.proven_seconds_ago,
        };
  };
  return {
    async open(digest, { tenantId, operatorId }, { address, browser }, proof) {
      const signInId = newSecret().slice(0, 12);
      const provenAt = proof?.provenAt ?? null;
      await query(OPEN, [digest, tenantId, operatorId, signInId, address, browser, proof !== undefined, provenAt]);
    },
    use: (digest) => used(USE, digest),
    look: (digest) => used(LOOK, digest),
    async prove(digest) {
      await query(PROVE, [digest]);
    },
    async list(tenantId, operatorId) {
      return (await asTenant(tenantId, (read) => read<SignInRow>(LIST_OWN, [tenantId, operatorId]))).map(signInOf);
    },
    async close(digest) {
      await query(CLOSE, [digest]);
    },
    async closeOwn(tenantId, operatorId, signInId) {
      return (await query(CLOSE_OWN, [tenantId, operatorId, signInId])).length > 0;
    },
    async deleteOld(limit) {
      return (await query(DELETE_OLD, [limit])).length;
    },
  };
}

function operatorOf(row: OperatorRow): Operator {
  const operator: Operator = {
    tenantId: row.tenant_id,
    operatorId: row.operator_id,
    email: row.email,
    name: row.name,
    role: row.role,
    demo: row.demo,
    createdAt: row.created_at,
  };
  if (row.from_provider) operator.fromProvider = true;
  if (row.disabled_at !== null) operator.disabledAt = row.disabled_at;
  return operator;
}

function signInOf(row: SignInRow): SignIn {
  return {
    signInId: row.sign_in_id,
    address: row.address,
    browser: row.browser,
    createdAt: row.signed_in_at,
    usedAt: row.used_at,
  };
}
