import type { JSX } from 'preact';
import type { PayloadSummary } from '../../../domain/transmission/transfer-payload.js';
import { PROTOCOLS, type Protocol } from '../../../domain/transmission/protocol.js';
import type { TransmissionStatus } from '../../../domain/transmission/transmission.js';
import { queryText } from '../../ui/addresses.js';
import { Badge } from '../../ui/badge.js';
import { EmptyState } from '../../ui/empty-state.js';
import { ChoiceRow, FormRow } from '../../ui/form-row.js';
import { Moment } from '../../ui/moment.js';
import { amountText, numberText } from '../../ui/numbers.js';
import { type PageFrame, PageShell } from '../../ui/shell/page-shell.js';
import { Pager } from '../../ui/pager.js';
import { renderPage } from '../../ui/shell/render-page.js';
import { StatusBadge } from '../../ui/status-badge.js';
import { Table } from '../../ui/table.js';
import { TEXTS } from './texts.js';

export const STATUS_WORDS = ['active', 'completed', 'cancelled', 'expired'] as const;
export type StatusWord = (typeof STATUS_WORDS)[number];

/** As in the address. Absent: not restricted. */
export interface SessionFilter {
  q?: string | undefined;
  status?: StatusWord | undefined;
  protocol?: Protocol | undefined;
  /** Id of a connection. */
  connection?: string | undefined;
  /** Days, `2026-11-30`, both inclusive. */
  from?: string | undefined;
  to?: string | undefined;
}

export interface SessionLine {
  transmissionId: string;
  status: TransmissionStatus;
  protocol: Protocol;
  connectionName: string;
  buyer: { name?: string | undefined; email?: string | undefined; company?: string | undefined };
  summary: PayloadSummary;
  createdAt: Date;
  /** Of a test punchout. */
  isTest?: true | undefined;
}

export interface SessionsView {
  filter: SessionFilter;
  /** A day that is none. */
  hasBadDay: boolean;
  /** To choose from. */
  connections: readonly { id: string; name: string }[];
  sessions: readonly SessionLine[];
  /** Set by a search, which has no further pages: at most this many are shown. */
  most?: number;
  isFirstPage: boolean;
  /** The address of the next page begins here. */
  nextCursor?: string;
}

export function sessionsPage(frame: PageFrame, view: SessionsView): string {
  const texts = TEXTS[frame.language];
  const { filter, sessions, most } = view;
  const address = `${frame.base}/sessions`;
  return renderPage(
    <PageShell
      frame={frame}
      title={texts.title}
      current="sessions"
      {...(filter.q === undefined ? {} : { search: filter.q })}
    >
      <h1>{texts.title}</h1>
      <p class="sub">{texts.sub}</p>
      <Filters address={address} view={view} language={frame.language} />
      {sessions.length === 0 ? (
        <EmptyState title={texts.empty} text={texts.emptyText} link={{ href: address, label: texts.clear }} />
      ) : (
        <SessionTable frame={frame} sessions={sessions} />
      )}
      {most === undefined || sessions.length === 0 ? null : <p class="hint">{texts.found(sessions.length, most)}</p>}
      <Pager
        label={texts.pages}
        {...(view.isFirstPage ? {} : { first: { href: `${address}${queryText({ ...filter })}`, label: texts.first } })}
        {...(view.nextCursor === undefined
          ? {}
          : { next: { href: `${address}${queryText({ ...filter, cursor: view.nextCursor })}`, label: texts.next } })}
      />
    </PageShell>,
  );
}

interface FiltersProps {
  address: string;
  view: SessionsView;
  language: PageFrame['language'];
}

function Filters({ address, view: { filter, hasBadDay, connections }, language }: FiltersProps): JSX.Element {
  const texts = TEXTS[language];
  const any = { value: '', label: texts.any };
  const badDay = hasBadDay ? { fault: texts.badDay } : {};
  return (
    <form class="filters" action={address}>
      <div class="field wide">
        <label for="f-q">{texts.search}</label>
        <input id="f-q" type="text" name="q" value={filter.q} aria-describedby="q-hint" />
        <span id="q-hint" class="unseen">
          {texts.searchHint}
        </span>
      </div>
      <ChoiceRow
        name="status"
        label={texts.status}
        value={filter.status ?? ''}
        choices={[any, ...STATUS_WORDS.map((value) => ({ value, label: texts.statuses[value] }))]}
      />
      <ChoiceRow
        name="protocol"
        label={texts.protocol}
        value={filter.protocol ?? ''}
        choices={[any, ...PROTOCOLS.map((value) => ({ value, label: value }))]}
      />
      <ChoiceRow
        name="connection"
        label={texts.columns.connection}
        value={filter.connection ?? ''}
        choices={[any, ...connections.map(({ id, name }) => ({ value: id, label: name }))]}
      />
      <FormRow name="from" label={texts.from} type="date" value={filter.from} {...badDay} />
      <FormRow name="to" label={texts.to} type="date" value={filter.to} />
      <div class="actions">
        <button type="submit">{texts.button}</button>
        <a href={address}>{texts.clear}</a>
      </div>
    </form>
  );
}

function SessionTable({ frame, sessions }: { frame: PageFrame; sessions: readonly SessionLine[] }): JSX.Element {
  const { language } = frame;
  const texts = TEXTS[language];
  return (
    <Table
      caption={texts.title}
      columns={[
        { label: texts.columns.buyer },
        { label: texts.columns.status },
        { label: texts.columns.connection },
        { label: texts.columns.cart, isNumber: true },
        { label: texts.columns.started },
      ]}
      rows={sessions.map(({ transmissionId, status, protocol, connectionName, buyer, summary, createdAt, isTest }) => [
        <>
          <a href={`${frame.base}/sessions/${encodeURIComponent(transmissionId)}`}>
            {buyer.name ?? buyer.email ?? texts.unnamed}
          </a>
          <p class="hint">{otherNames(buyer, connectionName)}</p>
        </>,
        <>
          <StatusBadge status={status} language={language} />{' '}
          {isTest === true ? <Badge tone="info" text={texts.test} /> : null}
        </>,
        <>
          {connectionName} <span class="hint">{protocol}</span>
        </>,
        Number(summary.itemsCount) === 0 ? (
          <span class="hint">{texts.emptyCart}</span>
        ) : (
          <>
            {amountText(summary.totalAmount, summary.currency, language)}
            <p class="hint">{texts.pieces(numberText(summary.itemsCount, language))}</p>
          </>
        ),
        <Moment at={createdAt} now={frame.now} language={language} />,
      ])}
    />
  );
}

/** What stands under the first name of a buyer: the e-mail and the company, if they say more than the other cells. */
function otherNames({ name, email, company }: SessionLine['buyer'], connectionName: string): string {
  const shown = ['', name ?? email, connectionName];
  return [email, company].filter((text) => text !== undefined && !shown.includes(text)).join(', ');
}
