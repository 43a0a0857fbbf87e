import type { JSX } from 'preact';
import type { OrderVerdict } from '../../../domain/orders/purchase-order.js';
import { Badge, type Tone } from '../badge.js';

export const VERDICT_TONES: Record<OrderVerdict, Tone> = { matched: 'good', mismatch: 'bad', unmatched: 'warn' };

/** How an order compares with its cart. */
export function VerdictBadge({
  verdict,
  words,
}: {
  verdict: OrderVerdict;
  words: Record<OrderVerdict, string>;
}): JSX.Element {
  return <Badge tone={VERDICT_TONES[verdict]} text={words[verdict]} />;
}
