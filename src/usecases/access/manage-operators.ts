import type { AuditEvent } from '../../domain/access/audit-event.js';
import { type Operator, isEmail, passwordFault } from '../../domain/access/operator.js';
import type { OperatorRole } from '../../domain/access/operator-roles.js';
import { newSecret } from '../../domain/digest.js';
import { type Outcome, accept, refuse } from '../../domain/error-codes.js';
import type { Operators } from '../../ports/access/operators.js';
import type { AuditLog } from '../../ports/audit-log.js';
import type { Atomically } from '../../ports/managed-directory.js';

interface Deps {
  operators: Operators;
  audit: AuditLog;
}

/** Who acts when the claims of the OpenID provider decide. */
const PROVIDER = 'openid connect';

export interface NewOperator {
  tenantId: string;
  email: string;
  name: string;
  role: OperatorRole;
  /** Undefined: signs in at the OpenID provider only. */
  password?: string;
}

/** `actor`: who changes it, `operator:<e-mail>` or `cli`. Every change is audited with before and after. */
export interface OperatorChanges {
  add(operator: NewOperator, actor: string): Promise<Outcome<Operator>>;
  setRole(tenantId: string, operatorId: string, role: OperatorRole, actor: string): Promise<Outcome<Operator>>;
  setDisabled(tenantId: string, operatorId: string, disabled: boolean, actor: string): Promise<Outcome<Operator>>;
  setPassword(tenantId: string, operatorId: string, password: string, actor: string): Promise<Outcome<Operator>>;
  /** Both at once. What is there already is left as it is. */
  change(
    tenantId: string,
    operatorId: string,
    wish: { role?: OperatorRole; disabled?: boolean },
    actor: string,
  ): Promise<Outcome<Operator>>;
  /** Who signs in at the OpenID provider for the first time, with tenant and role of its claims. */
  addFromProvider(operator: Omit<NewOperator, 'password'>): Promise<Outcome<Operator>>;
  /** The role that the claims name now. */
  setRoleFromProvider(operator: Operator, role: OperatorRole): Promise<Outcome<Operator>>;
}

/**
 * Each change is one transaction with its audit row. Changes of a tenant wait for each other, so that two owners who
 * disable each other do not both succeed.
 */
export function operatorChanges({ atomically }: { atomically: Atomically }): OperatorChanges {
  const inTurn = <T>(
    tenantId: string,
    change: (changes: OperatorChanges) => Promise<Outcome<T>>,
  ): Promise<Outcome<T>> =>
    atomically(async (directory) => {
      await directory.tenants.entry(tenantId, 'lock');
      return change(changesWithin(directory));
    });
  return {
    add: (operator, actor) => inTurn(operator.tenantId, (changes) => changes.add(operator, actor)),
    setRole: (tenantId, ...more) => inTurn(tenantId, (changes) => changes.setRole(tenantId, ...more)),
    setDisabled: (tenantId, ...more) => inTurn(tenantId, (changes) => changes.setDisabled(tenantId, ...more)),
    setPassword: (tenantId, ...more) => inTurn(tenantId, (changes) => changes.setPassword(tenantId, ...more)),
    change: (tenantId, ...more) => inTurn(tenantId, (changes) => changes.change(tenantId, ...more)),
    addFromProvider: (operator) => inTurn(operator.tenantId, (changes) => changes.addFromProvider(operator)),
    setRoleFromProvider: (operator, role) =>
      inTurn(operator.tenantId, (changes) => changes.setRoleFromProvider(operator, role)),
  };
}

function changesWithin({ operators, audit }: Deps): OperatorChanges {
  async function note(
    operator: Operator,
    event: AuditEvent,
    actor: string,
    details: Record<string, string>,
  ): Promise<void> {
    const { tenantId, operatorId, email } = operator;
    await audit.note({ tenantId, event, actor, details: { operator: operatorId, email, ...details } });
  }

  async function known(tenantId: string, operatorId: string): Promise<Outcome<Operator>> {
    const operator = await operators.find(tenantId, operatorId);
    return operator === undefined ? unknown() : accept(operator);
  }

  /** The last owner stays: nobody else could make another one. */
  async function isLastOwner({ tenantId, operatorId, role, disabledAt }: Operator): Promise<boolean> {
    if (role !== 'owner' || disabledAt !== undefined) return false;
    const others = (await operators.list(tenantId)).filter((other) => other.operatorId !== operatorId);
    return !others.some((other) => other.role === 'owner' && other.disabledAt === undefined);
  }

  async function add(
    { tenantId, email, name, role, password }: NewOperator,
    actor: string,
    fromProvider?: true,
  ): Promise<Outcome<Operator>> {
    const shortName = name.trim();
    if (!isEmail(email)) return refuse('INVALID_REQUEST', 'This is no e-mail address.', { field: 'email' });
    if (shortName === '' || shortName.length > 100)
      return refuse('INVALID_REQUEST', 'A name has 1 to 100 characters.', { field: 'name' });
    const fault = password === undefined ? undefined : passwordFault(password);
    if (fault !== undefined) return refuse('INVALID_REQUEST', fault, { field: 'password' });
    const operatorId = `op_${newSecret().slice(0, 12)}`;
    const fresh = { tenantId, operatorId, email, name: shortName, role, demo: false, fromProvider };
    if (!(await operators.add(fresh, password)))
      return refuse('INVALID_REQUEST', 'There is an operator with this e-mail address.', { field: 'email' });
    const added = await known(tenantId, operatorId);
    if (added.ok) await note(added.value, 'operator_added', actor, { role });
    return added;
  }

  async function changeRole(before: Operator, role: OperatorRole, actor: string): Promise<Outcome<Operator>> {
    if (!(await operators.setRole(before.tenantId, before.operatorId, role))) return unknown();
    await note(before, 'operator_role_changed', actor, { before: before.role, after: role });
    return accept({ ...before, role });
  }

  const changes: OperatorChanges = {
    add,
    addFromProvider: (operator) => add(operator, PROVIDER, true),
    setRoleFromProvider: async (operator, role) =>
      operator.role === role ? accept(operator) : changeRole(operator, role, PROVIDER),
    async setRole(tenantId, operatorId, role, actor) {
      const before = await known(tenantId, operatorId);
      if (!before.ok) return before;
      if (before.value.fromProvider === true) return ofProvider('role');
      if (role !== 'owner' && (await isLastOwner(before.value))) return lastOwner();
      return changeRole(before.value, role, actor);
    },
    async setDisabled(tenantId, operatorId, disabled, actor) {
      const before = await known(tenantId, operatorId);
      if (!before.ok) return before;
      if (disabled && (await isLastOwner(before.value))) return lastOwner();
      if (!(await operators.setDisabled(tenantId, operatorId, disabled))) return unknown();
      const stateOf = (isDisabled: boolean): string => (isDisabled ? 'disabled' : 'active');
      await note(before.value, disabled ? 'operator_disabled' : 'operator_enabled', actor, {
        before: stateOf(before.value.disabledAt !== undefined),
        after: stateOf(disabled),
      });
      return known(tenantId, operatorId);
    },
    async setPassword(tenantId, operatorId, password, actor) {
      const before = await known(tenantId, operatorId);
      if (!before.ok) return before;
      if (before.value.fromProvider === true) return ofProvider('password');
      const fault = passwordFault(password);
      if (fault !== undefined) return refuse('INVALID_REQUEST', fault, { field: 'password' });
      if (!(await operators.setPassword(tenantId, operatorId, password))) return unknown();
      await note(before.value, 'operator_password_changed', actor, {});
      return before;
    },
    async change(tenantId, operatorId, { role, disabled }, actor) {
      let now = await known(tenantId, operatorId);
      if (now.ok && role !== undefined && role !== now.value.role)
        now = await changes.setRole(tenantId, operatorId, role, actor);
      if (now.ok && disabled !== undefined && disabled !== (now.value.disabledAt !== undefined))
        now = await changes.setDisabled(tenantId, operatorId, disabled, actor);
      return now;
    },
  };
  return changes;
}

function unknown(): { ok: false; refusal: { code: 'NOT_FOUND' } } {
  return { ok: false, refusal: { code: 'NOT_FOUND' } };
}

function ofProvider(field: 'role' | 'password'): Outcome<never> {
  const reason = `The OpenID provider decides the ${field} of this operator.`;
  return refuse('INVALID_REQUEST', reason, { field });
}

function lastOwner(): Outcome<never> {
  return refuse('INVALID_REQUEST', 'The last owner keeps the role: make another owner first.', { field: 'role' });
}
