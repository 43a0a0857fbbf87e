import type { FinalState } from '../final-state.js';
import type { Finding } from './finding.js';

/** The shop has deleted the carts of ended transmissions, and still has non-empty carts of active ones. */
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
