import type { JSX } from 'preact';
import type { OrderVerdict } from '../../domain/orders/purchase-order.js';
import type { TransmissionStatus } from '../../domain/transmission/transmission.js';
import { Badge, type Tone } from './badge.js';
import type { Language } from './language.js';

const TONES: Record<TransmissionStatus, Tone> = {
  open: 'info',
  active: 'info',
  transferred: 'good',
  order_created: 'good',
  closed: 'quiet',
  cancelled: 'warn',
  expired: 'quiet',
};
const WORDS: Record<Language, Record<TransmissionStatus, string>> = {
  en: {
    open: 'not opened yet',
    active: 'shopping',
    transferred: 'cart sent',
    order_created: 'ordered',
    closed: 'left without a cart',
    cancelled: 'cancelled',
    expired: 'expired',
  },
  de: {
    open: 'noch nicht geöffnet',
    active: 'kauft ein',
    transferred: 'Warenkorb gesendet',
    order_created: 'bestellt',
    closed: 'ohne Warenkorb beendet',
    cancelled: 'abgebrochen',
    expired: 'abgelaufen',
  },
};

/** The status of a session as people say it. */
export function StatusBadge({ status, language }: { status: TransmissionStatus; language: Language }): JSX.Element {
  return <Badge tone={TONES[status]} text={WORDS[language][status]} />;
}

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
