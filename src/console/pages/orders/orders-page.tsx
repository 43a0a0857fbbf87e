import type { JSX } from 'preact';
import { ORDER_VERDICTS, type OrderVerdict, type PurchaseOrderKind } from '../../../domain/orders/purchase-order.js';
import { Badge } from '../../ui/badge.js';
import { EmptyState } from '../../ui/empty-state.js';
import { ChoiceRow, FormRow } from '../../ui/form-row.js';
import { Moment } from '../../ui/moment.js';
import { amountText } from '../../ui/numbers.js';
import { orderAddress, queryText, settingAddress } from '../../ui/addresses.js';
import { Pager } from '../../ui/pager.js';
import { type PageFrame, PageShell } from '../../ui/shell/page-shell.js';
import { renderPage } from '../../ui/shell/render-page.js';
import { Table } from '../../ui/table.js';
import { VerdictBadge } from '../../ui/status-badge.js';
import { TEXTS } from './texts.js';

export interface OrderLine {
  orderId: string;
  connectionId: string;
  connectionName: string;
  kind: PurchaseOrderKind;
  version: number;
  verdict: OrderVerdict;
  receivedAt: Date;
  total?: { amount: string; currency: string };
  storeNumber?: string;
  /** The shop refused it. */
  isRefused: boolean;
}

export interface OrdersView {
  filter: { verdict?: OrderVerdict; number?: string };
  orders: readonly OrderLine[];
  /** Connections of these orders that place none in the shop, although it takes them. */
  notPlacing: readonly { connectionId: string; name: string }[];
  isFirstPage: boolean;
  nextCursor?: string;
}

export function ordersPage(frame: PageFrame, view: OrdersView): string {
  const texts = TEXTS[frame.language];
  const { filter, orders, nextCursor } = view;
  const address = `${frame.base}/orders`;
  return renderPage(
    <PageShell frame={frame} title={texts.title} current="orders">
      <h1>{texts.title}</h1>
      <p class="sub">{texts.sub}</p>
      <form class="filters" action={address}>
        <FormRow name="number" label={texts.number} value={filter.number} autocomplete="off" />
        <ChoiceRow
          name="verdict"
          label={texts.columns.verdict}
          value={filter.verdict ?? ''}
          choices={[
            { value: '', label: texts.any },
            ...ORDER_VERDICTS.map((value) => ({ value, label: texts.verdicts[value] })),
          ]}
        />
        <div class="actions">
          <button type="submit">{texts.button}</button>
          <a href={address}>{texts.clear}</a>
        </div>
      </form>
      <NotPlacing frame={frame} view={view} />
      {orders.length === 0 ? (
        <EmptyState title={texts.empty} text={texts.emptyText} />
      ) : (
        <OrderTable frame={frame} orders={orders} />
      )}
      <Pager
        label={texts.pages}
        {...(view.isFirstPage ? {} : { first: { href: address + queryText(filter), label: texts.first } })}
        {...(nextCursor === undefined
          ? {}
          : { next: { href: address + queryText({ ...filter, cursor: nextCursor }), label: texts.next } })}
      />
    </PageShell>,
  );
}

function NotPlacing({ frame, view: { notPlacing } }: { frame: PageFrame; view: OrdersView }): JSX.Element | null {
  if (notPlacing.length === 0) return null;
  return (
    <p class="hint">
      {TEXTS[frame.language].notPlacing}
      {notPlacing.map(({ connectionId, name }, index) => (
        <>
          {index === 0 ? ' ' : ', '}
          <a href={settingAddress(frame.base, connectionId, 'cxml.placeOrders')}>{name}</a>
        </>
      ))}
    </p>
  );
}

function OrderTable({ frame, orders }: { frame: PageFrame; orders: readonly OrderLine[] }): JSX.Element {
  const { language, base, now } = frame;
  const texts = TEXTS[language];
  const { columns } = texts;
  return (
    <Table
      caption={texts.title}
      columns={[
        { label: columns.order },
        { label: columns.verdict },
        { label: columns.connection },
        { label: columns.total, isNumber: true },
        { label: columns.shop },
        { label: texts.received },
      ]}
      rows={orders.map((order) => [
        <>
          <a href={orderAddress(base, order)}>{order.orderId}</a>
          {order.kind === 'new' ? null : <p class="hint">{texts.version(order.version, texts.kinds[order.kind])}</p>}
        </>,
        <VerdictBadge verdict={order.verdict} words={texts.verdicts} />,
        order.connectionName,
        order.total === undefined ? '-' : amountText(order.total.amount, order.total.currency, language),
        order.isRefused ? <Badge tone="bad" text={texts.notPlaced} /> : (order.storeNumber ?? '-'),
        <Moment at={order.receivedAt} now={now} language={language} />,
      ])}
    />
  );
}
