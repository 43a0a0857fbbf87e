import { returnedCart } from '../buyer/returned-cart.js';
import type { FinalState } from '../final-state.js';
import type { History } from '../history.js';
import type { Finding } from './finding.js';

/**
 * C3: every acknowledged article is in the payload, or still in the cart of an active session. A refused article is
 * nowhere. An article with an unknown result may be present or not. Articles acknowledged after the end are in the
 * ordinary visitor's cart that the answer named.
 */
export function checkConservation(transmissionIds: readonly string[], history: History, state: FinalState): Finding[] {
  const findings: Finding[] = [];
  const adds = new Map<string, { sure: Map<string, number>; unsure: Map<string, number> }>(
    transmissionIds.map((id) => [id, { sure: new Map(), unsure: new Map() }]),
  );
  for (const { subject, outcome, added } of history.of('add')) {
    const counts = adds.get(subject);
    if (counts === undefined || added === undefined || outcome === 'refused') continue;
    if (added.visitor !== undefined) {
      if (state.carts.get(`visitor-${added.visitor}`)?.get(added.sku) !== added.quantity)
        findings.push({ kind: 'lost', subject, text: `${added.sku} is not in the visitor's cart that took it` });
      continue;
    }
    const which = outcome === 'acknowledged' ? counts.sure : counts.unsure;
    which.set(added.sku, (which.get(added.sku) ?? 0) + added.quantity);
  }
  for (const [subject, { sure, unsure }] of adds) {
    const [payload] = state.payloads.get(subject) ?? [];
    const status = state.statuses.get(subject) ?? 'unknown';
    if (payload === undefined && status !== 'active') continue;
    const there =
      payload === undefined
        ? (state.carts.get(subject) ?? new Map<string, number>())
        : returnedCart(payload.fields).quantities;
    for (const sku of new Set([...sure.keys(), ...unsure.keys(), ...there.keys()])) {
      const least = sure.get(sku) ?? 0;
      const most = least + (unsure.get(sku) ?? 0);
      const quantity = there.get(sku) ?? 0;
      if (quantity < least)
        findings.push({ kind: 'lost', subject, text: `${quantity} of ${least} acknowledged ${sku} (${status})` });
      if (quantity > most)
        findings.push({
          kind: 'wrong',
          subject,
          text: `${quantity} ${sku}, though only ${most} were not refused (${status})`,
        });
    }
  }
  return findings;
}
