import type { JSX } from 'preact';
import type { PriceDrift } from '../../../domain/orders/price-drift.js';
import { exactText } from '../../ui/moment.js';
import { Notice } from '../../ui/notice.js';
import { amountText } from '../../ui/numbers.js';
import type { PageFrame } from '../../ui/shell/page-shell.js';
import { TEXTS } from './texts.js';

interface DriftNoticeProps {
  frame: PageFrame;
  drift: PriceDrift;
}

/** Which offered prices the shop has changed, and which of the two counts. */
export function DriftNotice({ frame: { base, language }, drift }: DriftNoticeProps): JSX.Element {
  const { drift: texts } = TEXTS[language];
  const { offer, orderId = '', outcome, lines } = drift;
  return (
    <Notice tone="warn">
      <p>
        {texts.offer}{' '}
        <a href={`${base}/sessions/${encodeURIComponent(offer.sessionId)}`}>
          <time dateTime={offer.sentAt.toISOString()}>{exactText(offer.sentAt)}</time>
        </a>
        , {offer.days === undefined ? texts.endless : texts.days(String(offer.days))}.{' '}
        <b>{texts.outcomes[outcome](orderId)}</b>
      </p>
      <ul>
        {lines.map(({ supplierPartId, offered, present, currency, buyerTold }) => (
          <li>
            {texts.line(
              supplierPartId,
              amountText(offered, currency, language),
              amountText(present, currency, language),
            )}{' '}
            {buyerTold === undefined ? null : buyerTold ? texts.told : texts.untold}
          </li>
        ))}
      </ul>
      <p class="hint">{texts.untaxed}</p>
    </Notice>
  );
}
