import type { FinalState } from '../final-state.js';
import type { Finding } from './finding.js';

/** The cart of an ended transmission is gone from the shop; that of a live one with something in it is there. */
export function checkCartsCleared(
  transmissionIds: readonly string[],
  state: FinalState,
  filled: (transmissionId: string) => boolean,
): Finding[] {
  return transmissionIds.flatMap((subject): Finding[] => {
    const status = state.statuses.get(subject) ?? 'unknown';
    const isThere = state.carts.has(subject);
    if (isThere && status !== 'active')
      return [{ kind: 'wrong', subject, text: `its cart is still there (${status})` }];
    if (!isThere && status === 'active' && filled(subject))
      return [{ kind: 'lost', subject, text: 'the cart of a live session is gone' }];
    return [];
  });
}
