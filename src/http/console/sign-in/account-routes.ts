import type { RequestHandler } from 'express';
import { type AccountView, accountPage } from '../../../console/pages/account/account-page.js';
import type { SignIns, UsedSignIn } from '../../../ports/access/operators.js';
import type { OperatorChanges } from '../../../usecases/access/manage-operators.js';
import type { OperatorAccess } from '../../../usecases/access/sign-in-operator.js';
import type { Admission } from '../../callers/admission.js';
import type { ConsolePages } from '../console-pages.js';
import type { Guard, Visit } from '../guard.js';
import type { OperatorCookie } from './operator-cookie.js';

export interface AccountDeps {
  pages: ConsolePages;
  cookie: OperatorCookie;
  access: Pick<OperatorAccess, 'proveAgain'>;
  changes: Pick<OperatorChanges, 'setPassword'>;
  signIns: Pick<SignIns, 'list' | 'closeOwn'>;
  admission: Pick<Admission, 'guessAddress'>;
}

/** Pages of operators about themselves. */
export function accountRoutes(
  { pages, cookie, access, changes, signIns, admission }: AccountDeps,
  guard: Guard,
): Record<'show' | 'end' | 'password', RequestHandler> {
  async function show({ res, frame, used }: Visit, fault?: AccountView['fault'], status = 200): Promise<void> {
    const { operator, signInId } = used;
    const list = await signIns.list(operator.tenantId, operator.operatorId);
    const hasPassword = knowsPassword(used);
    const view: AccountView = { operator, signIns: list, ownSignInId: signInId, hasPassword };
    if (fault !== undefined) view.fault = fault;
    pages.send(res, frame, accountPage(frame, view), status);
  }

  return {
    show: guard('manage_own_account', (visit) => show(visit)),
    end: guard('manage_own_account', async ({ req, res, used }) => {
      const { tenantId, operatorId } = used.operator;
      await signIns.closeOwn(tenantId, operatorId, String(req.params['signInId']));
      res.redirect(303, `${pages.base}/account`);
    }),
    password: guard('manage_own_account', async (visit) => {
      const { req, res, used, secret, form } = visit;
      const { operator } = visit.used;
      if (!knowsPassword(used)) {
        await show(visit, undefined, 403);
        return;
      }
      const proven = await access.proveAgain(secret, {
        email: used.operator.email,
        password: form.get('own_password') ?? '',
        guessAddress: admission.guessAddress(req),
      });
      if (!proven.ok) {
        await show(visit, { kind: 'wrong' }, proven.refusal.code === 'RATE_LIMITED' ? 429 : 403);
        return;
      }
      const changed = await changes.setPassword(
        operator.tenantId,
        operator.operatorId,
        form.get('password') ?? '',
        `operator:${operator.email}`,
      );
      if (!changed.ok) {
        await show(visit, { kind: 'refused', reason: changed.refusal.reason ?? changed.refusal.code }, 400);
        return;
      }
      cookie.clear(res);
      res.redirect(303, `${pages.base}/sign-in`);
    }),
  };
}

/** Who signed in at the OpenID provider changes the password there. */
function knowsPassword({ operator, byProvider }: UsedSignIn): boolean {
  return !operator.demo && !byProvider;
}
