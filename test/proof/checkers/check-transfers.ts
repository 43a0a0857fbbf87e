import { type Field, fieldsOfAnswer, returnedCart } from '../buyer/returned-cart.js';
import { totalOf } from '../buyer/wanted-cart.js';
import type { FinalState } from '../final-state.js';
import type { Call, History } from '../history.js';
import type { Delivery } from '../stage/erp.js';
import type { Finding } from './finding.js';

export interface ExpectedTransfer {
  transmissionId: string;
  buyerCookie: string;
  /** Articles acknowledged into the cart; undefined if another checker counts them. */
  cart?: ReadonlyMap<string, number>;
}

/**
 * C1 and C2: one payload per transmission; every acknowledged answer, to any client, and every delivery contains
 * exactly that payload.
 */
export function checkTransfers(
  expected: readonly ExpectedTransfer[],
  history: History,
  state: FinalState,
  deliveries: readonly Delivery[],
): Finding[] {
  const answers = new Map<string, Call[]>();
  for (const call of history.of('transfer'))
    if (call.digest !== undefined) answers.set(call.subject, [...(answers.get(call.subject) ?? []), call]);
  return expected.flatMap((one) => checkOne(one, answers.get(one.transmissionId) ?? [], history, state, deliveries));
}

function checkOne(
  { transmissionId, buyerCookie, cart }: ExpectedTransfer,
  answers: readonly Call[],
  history: History,
  state: FinalState,
  deliveries: readonly Delivery[],
): Finding[] {
  const findings: Finding[] = [];
  const find = (kind: Finding['kind'], text: string): void =>
    void findings.push({ kind, subject: transmissionId, text });
  const payloads = state.payloads.get(transmissionId) ?? [];
  const [payload] = payloads;
  if (payloads.length > 1) find('duplicated', `${payloads.length} payloads`);
  const isTransferred = state.statuses.get(transmissionId) === 'transferred';
  if (isTransferred !== payloads.length > 0)
    find('wrong', `status ${state.statuses.get(transmissionId)} with ${payloads.length} payloads`);
  if (payload === undefined) {
    if (answers.length > 0) find('lost', `${answers.length} acknowledged transfers, no payload`);
    return findings;
  }

  for (const form of ['json', 'page'] as const) {
    const digests = new Set(answers.filter((call) => call.form === form).map(({ digest = '' }) => digest));
    if (digests.size > 1) find('duplicated', `${digests.size} different answers as ${form}`);
    for (const digest of digests) {
      if (!sameFields(fieldsOfAnswer(history.bodyOf(digest), form), payload.fields))
        find('wrong', `an answer as ${form} is not what is stored`);
    }
  }
  for (const { body } of deliveries.filter((delivery) => delivery.buyerCookie === buyerCookie)) {
    const delivered = [...new URLSearchParams(body)].map(([name, value]) => ({ name, value }));
    if (!sameFields(delivered, payload.fields)) find('duplicated', 'the procurement system got another cart');
  }
  const returned = returnedCart(payload.fields);
  const isCxml = payload.fields.length === 1;
  if (isCxml && returned.buyerCookie !== buyerCookie) find('wrong', `BuyerCookie came back as ${returned.buyerCookie}`);
  if (cart !== undefined) {
    if (returned.total !== totalOf(cart)) find('wrong', `total ${returned.total}, not ${totalOf(cart)}`);
    if (!sameQuantities(returned.quantities, cart))
      find('wrong', `quantities ${text(returned.quantities)}, not ${text(cart)}`);
  }
  const moves = (state.audit.get(transmissionId) ?? []).filter(({ to }) => to === 'transferred').length;
  if (moves !== 1) find('duplicated', `${moves} transitions in the audit`);
  return findings;
}

function sameFields(some: readonly Field[], others: readonly Field[]): boolean {
  // Browsers and HTML have only one kind of line break.
  const text = (fields: readonly Field[]): string =>
    JSON.stringify(fields.map(({ name, value }) => [name, value.replaceAll('\r\n', '\n')]));
  return text(some) === text(others);
}

function sameQuantities(some: ReadonlyMap<string, number>, others: ReadonlyMap<string, number>): boolean {
  return some.size === others.size && [...some].every(([sku, quantity]) => others.get(sku) === quantity);
}

function text(quantities: ReadonlyMap<string, number>): string {
  return [...quantities].map(([sku, quantity]) => `${quantity} x ${sku}`).join(', ');
}
