import type { RequestHandler } from 'express';
import { type OperatorsView, operatorsPage } from '../../../console/pages/operators/operators-page.js';
import { isOperatorRole } from '../../../domain/access/operator-roles.js';
import { type Outcome, refuse } from '../../../domain/error-codes.js';
import type { Operators } from '../../../ports/access/operators.js';
import type { OperatorChanges } from '../../../usecases/access/manage-operators.js';
import type { ConsolePages } from '../console-pages.js';
import type { Guard, Visit } from '../guard.js';
import type { Prove } from '../prove.js';

export interface OperatorDeps {
  pages: ConsolePages;
  changes: OperatorChanges;
  operators: Pick<Operators, 'list'>;
  /** Present: an operator may be without a password. */
  provider: object | undefined;
}

/** Operators of a tenant: the list, and changes, which ask for the operator's own password after a while. */
export function operatorRoutes(
  { pages, changes, operators, provider }: OperatorDeps,
  guard: Guard,
  prove: Prove,
): Record<'show' | 'add' | 'role' | 'state', RequestHandler> {
  async function show(visit: Visit, more: Pick<OperatorsView, 'outcome' | 'draft'> = {}, status = 200): Promise<void> {
    const { res, frame, used } = visit;
    const { tenantId, operatorId } = used.operator;
    const list = await operators.list(tenantId);
    const view: OperatorsView = {
      operators: list,
      ownId: operatorId,
      hasProvider: provider !== undefined,
      ...more,
    };
    pages.send(res, frame, operatorsPage(frame, view), status);
  }

  /** One's own role and state stay: nobody locks themselves out by a click. */
  function changing(change: (visit: Visit, id: string, actor: string) => Promise<Outcome<unknown>>): RequestHandler {
    return guard('change_operators', async (visit) => {
      const { req, res, used, form } = visit;
      const draft = { email: form.get('email') ?? '', name: form.get('name') ?? '', role: form.get('role') ?? '' };
      if (!(await prove(visit))) {
        await show(visit, { outcome: { kind: 'wrong_proof' }, draft }, 403);
        return;
      }
      const operatorId = String(req.params['operatorId'] ?? '');
      const isOwn = operatorId === used.operator.operatorId;
      const changed = isOwn
        ? refuse('INVALID_REQUEST', 'Another owner must change your own role or state.')
        : await change(visit, operatorId, `operator:${used.operator.email}`);
      if (changed.ok) {
        res.redirect(303, `${pages.base}/operators?done=1`);
        return;
      }
      const { code, reason = code } = changed.refusal;
      await show(visit, { outcome: { kind: 'refused', reason }, draft }, code === 'NOT_FOUND' ? 404 : 400);
    });
  }

  return {
    show: guard('read_operators', (visit) =>
      show(visit, visit.req.query['done'] === '1' ? { outcome: { kind: 'done' } } : {}),
    ),
    add: changing(async ({ used, form }, _id, actor) => {
      const role = form.get('role');
      if (!isOperatorRole(role)) return refuse('INVALID_REQUEST', 'There is no such role.', { field: 'role' });
      const [email = '', name = '', typed = ''] = ['email', 'name', 'password'].map((field) => form.get(field) ?? '');
      const { tenantId } = used.operator;
      const password = typed === '' && provider !== undefined ? undefined : typed;
      return changes.add({ tenantId, email, name, role, password }, actor);
    }),
    role: changing(async ({ used, form }, operatorId, actor) => {
      const role = form.get('role');
      return isOperatorRole(role)
        ? changes.setRole(used.operator.tenantId, operatorId, role, actor)
        : refuse('INVALID_REQUEST', 'There is no such role.', { field: 'role' });
    }),
    state: changing(({ used, form }, operatorId, actor) =>
      changes.setDisabled(used.operator.tenantId, operatorId, form.get('state') === 'disabled', actor),
    ),
  };
}
