import type { RequestHandler } from 'express';
import { noticePage } from '../../../console/pages/notice/notice-page.js';
import { type SetupView, setupPage } from '../../../console/pages/onboarding/setup-page.js';
import { setupHrefs } from '../../../console/pages/onboarding/step-frame.js';
import type { FieldFaults } from '../../../console/pages/connection-form/field-fault.js';
import { customerText } from '../../../domain/access/store-customer.js';
import type { StoreAccount } from '../../../domain/access/connection.js';
import { isEmail } from '../../../domain/access/operator.js';
import type { Refusal } from '../../../domain/error-codes.js';
import type { ConnectionChanges } from '../../../usecases/manage/change-connection.js';
import type { AccessChanges } from '../../../usecases/manage/connection-secrets.js';
import type { ConnectionReads, ShownConnection } from '../../../usecases/manage/read-connections.js';
import { changeOf } from '../change-of.js';
import { type Decoded, secretIn } from './connection-form.js';
import type { ConsolePages } from '../console-pages.js';
import type { Guard, Visit } from '../guard.js';
import type { Prove } from '../prove.js';

export interface SetupDeps {
  pages: ConsolePages;
  connectionReads: Pick<ConnectionReads, 'show'>;
  connectionChanges: Pick<ConnectionChanges, 'change'>;
  accessChanges: Pick<AccessChanges, 'addSecret'>;
}

type More = Partial<Pick<SetupView, 'outcome' | 'madeSecret' | 'entered' | 'faults'>>;

/** The steps on a connection that was just made: its secret, and the shop's customer, which switches it on. */
export function setupRoutes(
  { pages, connectionReads, connectionChanges, accessChanges }: SetupDeps,
  guard: Guard,
  prove: Prove,
): Record<'showSecret' | 'secret' | 'showCustomer' | 'customer', RequestHandler> {
  /** Undefined: there is no such connection, and this was answered. */
  async function shown({ req, res, frame, used }: Visit): Promise<ShownConnection | undefined> {
    const read = await connectionReads.show(used.operator.tenantId, String(req.params['connectionId'] ?? ''));
    if (read.ok) return read.value;
    pages.send(res, frame, noticePage(frame, { kind: 'unknown' }), 404);
    return undefined;
  }

  async function show(visit: Visit, step: SetupView['step'], more: More = {}, status = 200): Promise<void> {
    const connection = await shown(visit);
    if (connection === undefined) return;
    const { res, frame } = visit;
    const { connectionId, name, protocol, version, secrets, settings } = connection;
    const view: SetupView = {
      ...{ step, connectionId, name, protocol, version },
      secrets: secrets.length,
      entered: customerFields(settings.store),
      faults: {},
      ...more,
    };
    pages.send(res, frame, setupPage(frame, view), status);
  }

  const refused = (
    visit: Visit,
    step: SetupView['step'],
    { code, reason, details }: Refusal,
    entered: More['entered'],
  ) =>
    code === 'VERSION_CONFLICT'
      ? show(visit, step, { outcome: { kind: 'lost' } }, 409)
      : details?.['field'] === 'secret'
        ? show(visit, step, { entered, faults: { secret: { kind: 'in_use' } } }, 409)
        : show(visit, step, { entered, outcome: { kind: 'refused', reason: reason ?? code } }, 400);

  const faulty = (visit: Visit, step: SetupView['step'], faults: FieldFaults, entered: More['entered']) =>
    show(visit, step, { entered, faults }, 400);

  return {
    showSecret: guard('change_connections', (visit) => show(visit, 'secret')),
    secret: guard('change_connections', async (visit) => {
      const connection = await shown(visit);
      if (connection === undefined) return;
      const { form, res } = visit;
      const next = setupHrefs(pages.base, connection.connectionId).customer;
      const entered = { choice: form.get('choice') ?? 'make' };
      if (entered.choice === 'later') {
        res.redirect(303, next);
        return;
      }
      const isGiven = entered.choice === 'given';
      const given: Decoded<string | undefined> = isGiven
        ? secretIn(form, connection.protocol)
        : { ok: true, value: undefined };
      if (!given.ok) await faulty(visit, 'secret', given.faults, entered);
      else if (!(await prove(visit))) await show(visit, 'secret', { outcome: { kind: 'wrong_proof' }, entered }, 403);
      else {
        const added = await accessChanges.addSecret(changeOf(visit), { text: given.value });
        if (!added.ok) await refused(visit, 'secret', added.refusal, entered);
        else if (added.value.secret === undefined) res.redirect(303, next);
        else await show(visit, 'secret', { madeSecret: added.value.secret });
      }
    }),
    showCustomer: guard('change_connections', (visit) => show(visit, 'customer')),
    customer: guard('change_connections', async (visit) => {
      const connection = await shown(visit);
      if (connection === undefined) return;
      const { form, res } = visit;
      const entered = {
        customer: form.get('customer') ?? 'default',
        number: form.get('number') ?? '',
        email: form.get('email') ?? '',
      };
      const customer = customerIn(entered);
      if (!customer.ok) {
        await faulty(visit, 'customer', customer.faults, entered);
        return;
      }
      // A middleware names its customers itself.
      const settings = connection.protocol === 'repost' ? {} : { store: { customer: customer.value } };
      const changed = await connectionChanges.change(changeOf(visit), { settings, disabled: false });
      if (changed.ok) res.redirect(303, setupHrefs(pages.base, connection.connectionId).test);
      else await refused(visit, 'customer', changed.refusal, entered);
    }),
  };
}

function customerFields(store: StoreAccount | undefined): Record<string, string> {
  const customer = store?.customer;
  if (customer === undefined) return {};
  const kind = 'number' in customer ? 'number' : 'email';
  return { customer: kind, [kind]: customerText(customer) };
}

/** Null takes the setting back, so that the shop's own holds again. */
function customerIn(entered: { customer: string; number: string; email: string }): Decoded<object | null> {
  const [number, email] = [entered.number.trim(), entered.email.trim()];
  if (entered.customer === 'number') {
    if (number === '') return { ok: false, faults: { number: { kind: 'missing' } } };
    if (number.length > 255) return { ok: false, faults: { number: { kind: 'too_long' } } };
    return { ok: true, value: { number, email: null } };
  }
  if (entered.customer === 'email') {
    if (!isEmail(email)) return { ok: false, faults: { email: { kind: 'no_email' } } };
    return { ok: true, value: { email, number: null } };
  }
  return { ok: true, value: null };
}
