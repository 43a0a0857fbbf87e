import { type Operator, isEmail, passwordFault } from '../../domain/access/operator.js';
import type { OperatorRole } from '../../domain/access/operator-roles.js';
import { newSecret } from '../../domain/digest.js';
import { type Outcome, accept, refuse } from '../../domain/error-codes.js';
import type { Operators } from '../../ports/access/operators.js';
import type { AuditLog } from '../../ports/audit-log.js';

interface Deps {
  operators: Operators;
  audit: AuditLog;
}

export interface NewOperator {
  tenantId: string;
  email: string;
  name: string;
  role: OperatorRole;
  password: string;
}

/** `actor`: who changes it, `operator:<e-mail>` or `cli`. Every change is audited with before and after. */
export interface OperatorChanges {
  add(operator: NewOperator, actor: string): Promise<Outcome<Operator>>;
  setRole(tenantId: string, operatorId: string, role: OperatorRole, actor: string): Promise<Outcome<Operator>>;
  setDisabled(tenantId: string, operatorId: string, disabled: boolean, actor: string): Promise<Outcome<Operator>>;
  setPassword(tenantId: string, operatorId: string, password: string, actor: string): Promise<Outcome<Operator>>;
}

export function operatorChanges({ operators, audit }: Deps): OperatorChanges {
  async function note(
    operator: Operator,
    event: string,
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

  return {
    async add({ tenantId, email, name, role, password }, actor) {
      const shortName = name.trim();
      if (!isEmail(email)) return refuse('INVALID_REQUEST', 'This is no e-mail address.', { field: 'email' });
      if (shortName === '' || shortName.length > 100)
        return refuse('INVALID_REQUEST', 'A name has 1 to 100 characters.', { field: 'name' });
      const fault = passwordFault(password);
      if (fault !== undefined) return refuse('INVALID_REQUEST', fault, { field: 'password' });
      const operatorId = `op_${newSecret().slice(0, 12)}`;
      const fresh = { tenantId, operatorId, email, name: shortName, role, demo: false };
      if (!(await operators.add(fresh, password)))
        return refuse('INVALID_REQUEST', 'There is an operator with this e-mail address.', { field: 'email' });
      const added = await known(tenantId, operatorId);
      if (added.ok) await note(added.value, 'operator_added', actor, { role });
      return added;
    },
    async setRole(tenantId, operatorId, role, actor) {
      const before = await known(tenantId, operatorId);
      if (!before.ok) return before;
      if (role !== 'owner' && (await isLastOwner(before.value))) return lastOwner();
      if (!(await operators.setRole(tenantId, operatorId, role))) return unknown();
      await note(before.value, 'operator_role_changed', actor, { before: before.value.role, after: role });
      return accept({ ...before.value, role });
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
      const fault = passwordFault(password);
      if (fault !== undefined) return refuse('INVALID_REQUEST', fault, { field: 'password' });
      if (!(await operators.setPassword(tenantId, operatorId, password))) return unknown();
      await note(before.value, 'operator_password_changed', actor, {});
      return before;
    },
  };
}

function unknown(): { ok: false; refusal: { code: 'NOT_FOUND' } } {
  return { ok: false, refusal: { code: 'NOT_FOUND' } };
}

function lastOwner(): Outcome<never> {
  return refuse('INVALID_REQUEST', 'The last owner keeps the role: make another owner first.', { field: 'role' });
}
