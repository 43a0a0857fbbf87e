import type { RequestHandler } from 'express';
import type { AccessOutcome } from '../../../console/pages/access/access-frame.js';
import type { Outcome } from '../../../domain/error-codes.js';
import type { Guard, Visit } from '../guard.js';
import type { Prove } from '../prove.js';

export type Of = { tenantId: string; by: string };

interface Deps<Made> {
  guard: Guard;
  /** Undefined: this change needs no proof. */
  prove?: Prove;
  /** Where the browser goes when nothing was made that must be shown. */
  back: string;
  show(visit: Visit, more: { made?: Made; outcome?: AccessOutcome; isDraft?: boolean }, status?: number): Promise<void>;
}

/** The frame of a change: proof, change, then the page with what was made, or a refusal beside what was typed. */
export function accessChange<Made>({ guard, prove, back, show }: Deps<Made>) {
  return (change: (visit: Visit, of: Of) => Promise<Outcome<Made | undefined>>): RequestHandler =>
    guard('change_keys', async (visit) => {
      if (prove !== undefined && !(await prove(visit))) {
        await show(visit, { outcome: { kind: 'wrong_proof' }, isDraft: true }, 403);
        return;
      }
      const { tenantId, email } = visit.used.operator;
      const changed = await change(visit, { tenantId, by: `operator:${email}` });
      if (changed.ok && changed.value === undefined) visit.res.redirect(303, `${back}?done=1`);
      else if (changed.ok) await show(visit, { made: changed.value });
      else {
        const { code, reason = code } = changed.refusal;
        const status = { RESOURCE_NOT_FOUND: 404, RESOURCE_CONFLICT: 409 }[code as string] ?? 400;
        await show(visit, { outcome: { kind: 'refused', reason }, isDraft: true }, status);
      }
    });
}

/** What the form holds, without what proves the operator. */
export function draftOf({ form }: Visit): Record<string, string> {
  return Object.fromEntries([...form].filter(([name]) => name !== 'own_password' && name !== 'form_token'));
}

/** The page says that the change is done. */
export function doneIn({ req }: Visit): { outcome?: AccessOutcome } {
  return req.query['done'] === '1' ? { outcome: { kind: 'done' } } : {};
}
