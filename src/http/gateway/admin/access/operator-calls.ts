import type { Operator } from '../../../../domain/access/operator.js';
import type { OperatorRole } from '../../../../domain/access/operator-roles.js';
import { newSecret } from '../../../../domain/digest.js';
import { type Outcome, accept, refuse } from '../../../../domain/error-codes.js';
import type { Operators } from '../../../../ports/access/operators.js';
import type { OperatorChanges } from '../../../../usecases/access/manage-operators.js';
import type { AdminAnswer, AdminCall, AdminRequest } from '../admin-route.js';

interface Deps {
  changes: Pick<OperatorChanges, 'add' | 'change'>;
  operators: Pick<Operators, 'list'>;
}

interface NewBody {
  email: string;
  name: string;
  role: OperatorRole;
  password?: string | null;
}

export function operatorCalls({ changes, operators }: Deps): Record<string, AdminCall> {
  return {
    async adminListOperators({ tenantId }) {
      return accept({ data: { operators: (await operators.list(tenantId)).map(operatorView) } });
    },
    async adminAddOperator({ tenantId, by, body }: AdminRequest<NewBody>) {
      const { email, name, role, password: given } = body;
      const made = given === undefined ? newSecret().slice(0, 20) : undefined;
      const added = await changes.add({ tenantId, email, name, role, password: given ?? made }, by);
      return added.ok ? accept(addedAnswer(added.value, made)) : added;
    },
    async adminChangeOperator({
      tenantId,
      by,
      params,
      body,
    }: AdminRequest<{ role?: OperatorRole; disabled?: boolean }>) {
      const changed = await changes.change(tenantId, params['operator'] ?? '', body, by);
      return changed.ok ? accept({ data: operatorView(changed.value) }) : unknownHere(changed);
    },
  };
}

function unknownHere(refused: Outcome<never> & { ok: false }): Outcome<never> {
  return refused.refusal.code === 'NOT_FOUND' ? refuse('RESOURCE_NOT_FOUND', 'There is no such operator.') : refused;
}

function addedAnswer(operator: Operator, password: string | undefined): AdminAnswer {
  const view = operatorView(operator);
  return { data: { ...view, password: password ?? null }, kept: { ...view, password: null } };
}

function operatorView({ operatorId, email, name, role, disabledAt, fromProvider, createdAt }: Operator): object {
  return {
    operator_id: operatorId,
    email,
    name,
    role,
    disabled: disabledAt !== undefined,
    from_provider: fromProvider === true,
    created_at: createdAt.toISOString(),
  };
}
