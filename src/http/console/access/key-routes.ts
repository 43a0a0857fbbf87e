import type { RequestHandler } from 'express';
import { type AccessView, GRACE_DAYS, KEY_KINDS, accessPage } from '../../../console/pages/access/access-page.js';
import { type Outcome, accept, refuse } from '../../../domain/error-codes.js';
import type { ApiKeyRepository } from '../../../ports/access/client-keys.js';
import type { KeyManagement } from '../../../usecases/manage/api-keys.js';
import type { ConsolePages } from '../console-pages.js';
import type { Guard, Visit } from '../guard.js';
import type { Prove } from '../prove.js';

export interface KeyDeps {
  pages: ConsolePages;
  apiKeys: Pick<ApiKeyRepository, 'list'>;
  keys: KeyManagement;
}

const KINDS = ['read', 'write', 'admin', 'index', 'open-buy'] as const;

type Of = { tenantId: string; by: string };

/** API keys of a tenant. A key is in the one answer that made it, and in no address and no store. */
export function keyRoutes(
  { pages, apiKeys, keys }: KeyDeps,
  guard: Guard,
  prove: Prove,
): Record<'show' | 'make' | 'rotate' | 'revoke', RequestHandler> {
  async function show({ res, frame, used }: Visit, more: Omit<AccessView, 'keys'> = {}, status = 200): Promise<void> {
    const list = await apiKeys.list(used.operator.tenantId);
    const newestFirst = list.toSorted((one, other) => other.createdAt.getTime() - one.createdAt.getTime());
    pages.send(res, frame, accessPage(frame, { keys: newestFirst, ...more }), status);
  }

  /** `change` gives the key that it made, or undefined. */
  function changing(change: (visit: Visit, of: Of, keyId: string) => Promise<Outcome<string | undefined>>) {
    return guard('change_keys', async (visit) => {
      const { req, res, used, form } = visit;
      const draft = draftOf((field) => form.get(field));
      if (!(await prove(visit))) {
        await show(visit, { outcome: { kind: 'wrong_proof' }, draft }, 403);
        return;
      }
      const { tenantId, email } = used.operator;
      const changed = await change(visit, { tenantId, by: `operator:${email}` }, String(req.params['keyId'] ?? ''));
      if (!changed.ok) {
        const { code, reason = code } = changed.refusal;
        await show(visit, { outcome: { kind: 'refused', reason }, draft }, code === 'RESOURCE_NOT_FOUND' ? 404 : 400);
        return;
      }
      if (changed.value === undefined) res.redirect(303, `${pages.base}/access?done=1`);
      else await show(visit, { madeKey: changed.value });
    });
  }

  return {
    show: guard('read_keys', (visit) =>
      show(visit, {
        draft: draftOf((field) => visit.req.query[field]),
        ...(visit.req.query['done'] === '1' ? { outcome: { kind: 'done' } } : {}),
      }),
    ),
    make: changing(async ({ form }, of) => {
      const name = (form.get('name') ?? '').trim();
      const kind = KINDS.find((known) => known === form.get('kind'));
      if (name === '' || name.length > 100) return refuse('INVALID_REQUEST', 'A name has 1 to 100 characters.');
      if (kind === undefined) return refuse('INVALID_REQUEST', 'Choose what the key may do.');
      const connectionId = (form.get('connection') ?? '').trim() || undefined;
      const made = await keys.create(of, { name, scopes: KEY_KINDS[kind], connectionId });
      return made.ok ? accept(made.value.key) : made;
    }),
    rotate: changing(async ({ form }, of, keyId) => {
      const days = GRACE_DAYS.find((known) => String(known) === form.get('grace'));
      if (days === undefined) return refuse('INVALID_REQUEST', 'Choose how long the old key works.');
      const made = await keys.rotate(of, keyId, days);
      return made.ok ? accept(made.value.key) : made;
    }),
    revoke: changing(async (_visit, of, keyId) => {
      const revoked = await keys.revoke(of, keyId);
      return revoked.ok ? accept(undefined) : revoked;
    }),
  };
}

/** What the form is filled with. Of an address, whoever follows the link sees it before anything is made. */
function draftOf(valueOf: (field: string) => unknown): NonNullable<AccessView['draft']> {
  const text = (field: string): string => {
    const value = valueOf(field);
    return typeof value === 'string' ? value.slice(0, 200) : '';
  };
  return { name: text('name'), kind: text('kind'), connection: text('connection') };
}
