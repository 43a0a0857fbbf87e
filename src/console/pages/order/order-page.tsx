import type { JSX } from 'preact';
import type { OrderEventName, OrderStatus } from '../../../domain/orders/connect-order.js';
import type { OrderBesideCart } from '../../../domain/orders/compare-order.js';
import type { NoticedStatus } from '../../../domain/orders/order-notice.js';
import type { OrderVerdict, PurchaseOrderKind } from '../../../domain/orders/purchase-order.js';
import { Badge } from '../../ui/badge.js';
import { EmptyState } from '../../ui/empty-state.js';
import { Fact, FactList } from '../../ui/fact-list.js';
import { Moment } from '../../ui/moment.js';
import { Notice, RefusedReason } from '../../ui/notice.js';
import { amountText, numberText } from '../../ui/numbers.js';
import { orderAddress, settingAddress } from '../../ui/addresses.js';
import { FormToken, type PageFrame, PageShell } from '../../ui/shell/page-shell.js';
import { renderPage } from '../../ui/shell/render-page.js';
import { Table } from '../../ui/table.js';
import { VerdictBadge } from '../../ui/status-badge.js';
import { LineTable } from './line-table.js';
import { TEXTS } from './texts.js';

export interface OrderView {
  orderId: string;
  connection: { id: string; name: string };
  document: { version: number; kind: PurchaseOrderKind; verdict: OrderVerdict; receivedAt: Date };
  /** Oldest first. */
  documents: readonly OrderView['document'][];
  isDeleted: boolean;
  sessionId?: string;
  total?: { amount: string; currency: string };
  storeNumber?: string;
  storeRefusal?: string;
  comparison: OrderBesideCart;
  hasCart: boolean;
  parts: readonly { supplierOrderId: string; status: OrderStatus }[];
  events: readonly { name: OrderEventName; shopId: number; at: Date; hooks: number; received: number }[];
  confirmations: readonly {
    status: NoticedStatus;
    at: Date;
    state: 'sent' | 'waiting' | 'given_up';
    error?: string;
  }[];
  placing?: { attempts: number; error?: string };
  notPlaceable?: keyof (typeof TEXTS)['en']['notPlaceable'];
  mayAct: boolean;
  outcome?: 'placed' | 'resent' | { refused: string };
}

interface PartProps {
  frame: PageFrame;
  view: OrderView;
}

export function orderPage(frame: PageFrame, view: OrderView): string {
  const texts = TEXTS[frame.language];
  const { outcome, placing, storeRefusal } = view;
  return renderPage(
    <PageShell frame={frame} title={texts.title(view.orderId)} current="orders">
      <p class="hint">
        <a href={`${frame.base}/orders`}>{texts.all}</a>
      </p>
      <h1>{texts.title(view.orderId)}</h1>
      <p class="sub">
        <VerdictBadge verdict={view.document.verdict} words={texts.verdicts} />
      </p>
      {outcome === undefined ? null : (
        <Notice tone={typeof outcome === 'string' ? 'good' : 'bad'}>
          {typeof outcome === 'string' ? (
            texts.done[outcome]
          ) : (
            <RefusedReason language={frame.language} reason={outcome.refused} />
          )}
        </Notice>
      )}
      {view.isDeleted ? <Notice tone="warn">{texts.deleted}</Notice> : null}
      {storeRefusal === undefined ? null : <Notice tone="bad">{texts.refused(storeRefusal)}</Notice>}
      {placing === undefined ? null : (
        <Notice tone={placing.error === undefined ? 'info' : 'warn'}>
          {texts.placing(placing.attempts)} {placing.error}
        </Notice>
      )}
      <Facts frame={frame} view={view} />
      <Actions frame={frame} view={view} />
      <h2>{texts.lines}</h2>
      {view.hasCart ? null : <p class="hint">{texts.noCart}</p>}
      <Whole frame={frame} view={view} />
      <LineTable frame={frame} comparison={view.comparison} hasCart={view.hasCart} />
      <h2>{texts.confirmations}</h2>
      <Confirmations frame={frame} view={view} />
      <h2>{texts.events}</h2>
      <Events frame={frame} view={view} />
    </PageShell>,
  );
}

function Facts({ frame, view }: PartProps): JSX.Element {
  const { base, language, now } = frame;
  const texts = TEXTS[language];
  const { facts } = texts;
  const { connection, document, documents, sessionId, total, storeNumber, parts } = view;
  return (
    <FactList>
      <Fact label={facts.connection}>
        <a href={`${base}/connections/${encodeURIComponent(connection.id)}`}>{connection.name}</a>
      </Fact>
      <Fact label={facts.received}>
        <Moment at={document.receivedAt} now={now} language={language} />
      </Fact>
      <Fact label={facts.session}>
        {sessionId === undefined ? (
          texts.noSession
        ) : (
          <a href={`${base}/sessions/${encodeURIComponent(sessionId)}`}>{sessionId}</a>
        )}
      </Fact>
      <Fact label={facts.total}>{total === undefined ? '-' : amountText(total.amount, total.currency, language)}</Fact>
      <Fact label={facts.shop}>{storeNumber === undefined ? texts.notInShop : texts.placedAs(storeNumber)}</Fact>
      {parts.length === 0 ? null : (
        <Fact label={texts.status}>
          {parts.map(({ supplierOrderId, status }) => texts.parts(texts.statuses[status], supplierOrderId)).join(', ')}
        </Fact>
      )}
      {documents.length < 2 ? null : (
        <Fact label={texts.documents}>
          <ul class="inline">
            {documents.map(({ version, kind }) => (
              <li>
                <a
                  href={orderAddress(base, { connectionId: connection.id, orderId: view.orderId, version })}
                  aria-current={version === document.version ? 'true' : undefined}
                >
                  {texts.version(version, texts.kinds[kind])}
                </a>
              </li>
            ))}
          </ul>
        </Fact>
      )}
    </FactList>
  );
}

function Actions({ frame, view }: PartProps): JSX.Element | null {
  const texts = TEXTS[frame.language];
  if (!view.mayAct) return null;
  const address = `${frame.base}/orders/${encodeURIComponent(view.connection.id)}`;
  const fields = (
    <>
      <FormToken signedIn={frame.signedIn} />
      <input type="hidden" name="order" value={view.orderId} />
    </>
  );
  const hasFailed = view.confirmations.some(({ state }) => state === 'given_up');
  return (
    <section aria-label={texts.actions}>
      <div class="actions">
        {view.notPlaceable === undefined ? (
          <form method="post" action={`${address}/place`}>
            {fields}
            <button type="submit">{texts.place}</button>
          </form>
        ) : null}
        {hasFailed ? (
          <form method="post" action={`${address}/resend`}>
            {fields}
            <button type="submit" class="quiet">
              {texts.resend}
            </button>
          </form>
        ) : null}
      </div>
      <p class="hint">
        {view.notPlaceable === undefined ? texts.placeHint : texts.notPlaceable[view.notPlaceable]}{' '}
        {view.notPlaceable === 'not_allowed' ? (
          <a href={settingAddress(frame.base, view.connection.id, 'cxml.placeOrders')}>{texts.allowPlacing}</a>
        ) : null}
      </p>
    </section>
  );
}

/** What differs about the order as a whole. */
function Whole({ frame, view }: PartProps): JSX.Element | null {
  const texts = TEXTS[frame.language];
  const { whole, lines } = view.comparison;
  const valueOf = (kind: string, value: string): string =>
    kind === 'total' && value !== texts.none ? numberText(value, frame.language) : value;
  if (whole.length === 0)
    return view.hasCart && lines.every(({ mismatches }) => mismatches.length === 0) ? (
      <Notice tone="good">{texts.nothing}</Notice>
    ) : null;
  return (
    <Notice tone="bad">
      {whole.map(({ kind, comparedWith = 'lines', ordered = texts.none, sent = texts.none }) => (
        <p>
          <b>{texts.differences[kind]}:</b>{' '}
          {kind === 'expired'
            ? texts.offer(ordered, sent)
            : texts.totalOf[comparedWith](valueOf(kind, ordered), valueOf(kind, sent))}
        </p>
      ))}
    </Notice>
  );
}

const STATE_TONES = { sent: 'good', waiting: 'warn', given_up: 'bad' } as const;

function Confirmations({ frame, view }: PartProps): JSX.Element {
  const { language, now } = frame;
  const texts = TEXTS[language];
  if (view.confirmations.length === 0)
    return <EmptyState title={texts.noConfirmations} text={texts.noConfirmationsText} />;
  return (
    <Table
      caption={texts.confirmations}
      columns={[{ label: texts.confirmations }, { label: texts.state }, { label: texts.when }, { label: texts.why }]}
      rows={view.confirmations.map(({ status, at, state, error }) => [
        texts.confirmation[status],
        <Badge tone={STATE_TONES[state]} text={texts.confirmationStates[state]} />,
        <Moment at={at} now={now} language={language} />,
        error ?? '-',
      ])}
    />
  );
}

function Events({ frame, view }: PartProps): JSX.Element {
  const { language, now } = frame;
  const texts = TEXTS[language];
  if (view.events.length === 0) return <EmptyState title={texts.noEvents} text={texts.noEventsText} />;
  return (
    <Table
      caption={texts.events}
      columns={[
        { label: texts.event },
        { label: texts.shop, isNumber: true },
        { label: texts.received, isNumber: true },
        { label: texts.when },
      ]}
      rows={view.events.map(({ name, shopId, at, hooks, received }) => [
        texts.eventNames[name],
        String(shopId),
        hooks === 0 ? texts.noHooks : texts.receivedBy(received, hooks),
        <Moment at={at} now={now} language={language} />,
      ])}
    />
  );
}
