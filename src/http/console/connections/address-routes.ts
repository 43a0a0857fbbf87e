import type { RequestHandler } from 'express';
import {
  type AddressesView,
  type AddressLine,
  addressesPage,
} from '../../../console/pages/addresses/addresses-page.js';
import { roleMay } from '../../../domain/access/operator-roles.js';
import { customerOfText, customerText } from '../../../domain/access/store-customer.js';
import type { Outcome } from '../../../domain/error-codes.js';
import type { ShipToAddress } from '../../../ports/access/ship-to-addresses.js';
import type { ConnectionReads } from '../../../usecases/manage/read-connections.js';
import type { AddressChanges, AddressReads } from '../../../usecases/manage/ship-to-addresses.js';
import type { ConsolePages } from '../console-pages.js';
import { type Guard, sendUnknown, type Visit } from '../guard.js';

export interface AddressDeps {
  pages: ConsolePages;
  connectionReads: Pick<ConnectionReads, 'show'>;
  addressReads: AddressReads;
  addressChanges: AddressChanges;
}

const PAGE = 50;

/** The table of ShipTo address ids of a connection. */
export function addressRoutes(
  { pages, connectionReads, addressReads, addressChanges }: AddressDeps,
  guard: Guard,
): Record<'show' | 'save' | 'remove', RequestHandler> {
  async function show(
    visit: Visit,
    more: Partial<Pick<AddressesView, 'outcome' | 'entered'>> = {},
    status = 200,
  ): Promise<void> {
    const { req, res, frame, used } = visit;
    const { tenantId, role } = used.operator;
    const connectionId = String(req.params['connectionId'] ?? '');
    const after = textIn(req.query['after']);
    const read = await connectionReads.show(tenantId, connectionId);
    const list = await addressReads(tenantId, connectionId, { limit: PAGE, ...(after === '' ? {} : { after }) });
    if (!read.ok || !list.ok) return sendUnknown(pages, visit);
    const { name, settings } = read.value;
    const { addresses, unknown, next } = list.value;
    const view: AddressesView = {
      connectionId,
      name,
      isUsed: (settings.store?.shipTo ?? 'ignore') !== 'ignore',
      addresses: addresses.map(lineOf),
      unknown,
      isFirst: after === '',
      mayChange: roleMay(role, 'change_connections'),
      entered: { address: textIn(req.query['address']), customer: '' },
      ...(next === undefined ? {} : { next }),
      ...(req.query['done'] === '1' ? { outcome: { kind: 'done' } } : {}),
      ...more,
    };
    pages.send(res, frame, addressesPage(frame, view), status);
  }

  async function settle(visit: Visit, outcome: Outcome<unknown>, entered: AddressesView['entered']): Promise<void> {
    const { req, res } = visit;
    if (outcome.ok) {
      const connection = encodeURIComponent(String(req.params['connectionId']));
      res.redirect(303, `${pages.base}/connections/${connection}/addresses?done=1`);
      return;
    }
    const { code, reason = code } = outcome.refusal;
    await show(visit, { entered, outcome: { kind: 'refused', reason } }, code === 'RESOURCE_NOT_FOUND' ? 404 : 400);
  }

  const changeOf = ({ req, used }: Visit) => ({
    tenantId: used.operator.tenantId,
    connectionId: String(req.params['connectionId'] ?? ''),
    by: `operator:${used.operator.email}`,
  });

  return {
    show: guard('read_connections', (visit) => show(visit)),
    save: guard('change_connections', async (visit) => {
      const entered = { address: visit.form.get('address') ?? '', customer: visit.form.get('customer') ?? '' };
      const wish = { addressId: entered.address, customer: customerOfText(entered.customer) };
      await settle(visit, await addressChanges.save(changeOf(visit), [wish]), entered);
    }),
    remove: guard('change_connections', async (visit) => {
      const address = visit.form.get('address') ?? '';
      await settle(visit, await addressChanges.remove(changeOf(visit), address), { address: '', customer: '' });
    }),
  };
}

function textIn(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, 300) : '';
}

function lineOf({ addressId, isKnown, customer, place, createdAt }: ShipToAddress): AddressLine {
  const line: AddressLine = { addressId, isKnown, place, since: createdAt };
  if (customer !== undefined) line.customer = customerText(customer);
  return line;
}
