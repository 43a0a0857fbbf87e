import type { JSX } from 'preact';
import type { AuditEvent } from '../../../domain/access/audit-event.js';
import { queryText } from '../../ui/addresses.js';
import { AUDIT_EVENTS, auditEventText } from '../../ui/audit-events.js';
import { EmptyState } from '../../ui/empty-state.js';
import { ChoiceRow, FormRow } from '../../ui/form-row.js';
import { exactText } from '../../ui/moment.js';
import { Notice } from '../../ui/notice.js';
import { numberText } from '../../ui/numbers.js';
import { Pager } from '../../ui/pager.js';
import { FormToken, type PageFrame, PageShell } from '../../ui/shell/page-shell.js';
import { renderPage } from '../../ui/shell/render-page.js';
import { Table } from '../../ui/table.js';
import { TEXTS } from './texts.js';

/** As in the address. Absent: not restricted. */
export interface AuditFilter {
  who?: string | undefined;
  event?: AuditEvent | undefined;
  /** Days, `2026-11-30`, both inclusive. */
  from?: string | undefined;
  to?: string | undefined;
}

export interface AuditLine {
  auditId: string;
  at: Date;
  /** `operator:...`, `key:...`, `cli`. */
  by: string;
  event: string;
  /** Settings with their values before and after, as JSON. */
  settings: readonly { path: string; before: string; after: string }[];
  /** Other facts by their names. */
  facts: readonly { name: string; text: string }[];
}

export interface AuditView {
  filter: AuditFilter;
  /** A day that is none. */
  hasBadDay: boolean;
  lines: readonly AuditLine[];
  isFirstPage: boolean;
  /** The next page begins after this row. */
  nextCursor?: string | undefined;
  /** Of a check that was asked for. */
  verdict?: AuditVerdictView | undefined;
}

export interface AuditVerdictView {
  linked: number;
  waiting: number;
  anchor: string | undefined;
  faults: readonly { auditId: string; what: keyof typeof TEXTS.en.faults }[];
}

/** Who changed what, newest first, and the check of its chain. */
export function auditPage(frame: PageFrame, view: AuditView): string {
  const { language, base } = frame;
  const texts = TEXTS[language];
  const address = `${base}/audit`;
  const { filter, lines, nextCursor } = view;
  return renderPage(
    <PageShell frame={frame} title={texts.title} current="audit">
      <h1>{texts.title}</h1>
      <p class="sub">{texts.sub}</p>
      <Filters frame={frame} view={view} address={address} />
      {lines.length === 0 ? (
        <EmptyState title={texts.empty} text={texts.emptyText} link={{ href: address, label: texts.clear }} />
      ) : (
        <Table
          caption={texts.title}
          columns={[{ label: texts.columns.when }, { label: texts.columns.who }, { label: texts.columns.what }]}
          rows={lines.map((line) => [
            <time dateTime={line.at.toISOString()}>{exactText(line.at)}</time>,
            line.by.replace(/^operator:/, ''),
            <What line={line} language={language} />,
          ])}
        />
      )}
      <Pager
        label={texts.pages}
        {...(view.isFirstPage ? {} : { first: { href: address + queryText({ ...filter }), label: texts.first } })}
        {...(nextCursor === undefined
          ? {}
          : { next: { href: address + queryText({ ...filter, after: nextCursor }), label: texts.next } })}
      />
      <h2 id="chain">{texts.verify}</h2>
      <p class="hint">{texts.verifyHint}</p>
      {view.verdict === undefined ? null : <Verdict verdict={view.verdict} language={language} />}
      <form method="post" action={`${address}/verification#chain`}>
        <FormToken signedIn={frame.signedIn} />
        <button type="submit" class="quiet">
          {texts.verify}
        </button>
      </form>
    </PageShell>,
  );
}

type Language = PageFrame['language'];

function Filters({ frame, view, address }: { frame: PageFrame; view: AuditView; address: string }): JSX.Element {
  const { language } = frame;
  const texts = TEXTS[language];
  const { filter, hasBadDay } = view;
  const events = AUDIT_EVENTS.map((value) => ({ value, label: auditEventText(value, language) }));
  return (
    <form class="filters" action={address}>
      <FormRow name="who" label={texts.who} value={filter.who} />
      <ChoiceRow
        name="event"
        label={texts.what}
        value={filter.event ?? ''}
        choices={[{ value: '', label: texts.any }, ...events]}
      />
      <FormRow
        name="from"
        label={texts.from}
        type="date"
        value={filter.from}
        {...(hasBadDay ? { fault: texts.badDay } : {})}
      />
      <FormRow name="to" label={texts.to} type="date" value={filter.to} />
      <div class="actions">
        <button type="submit">{texts.button}</button>
        <a href={address}>{texts.clear}</a>
      </div>
    </form>
  );
}

function What({ line: { event, facts, settings }, language }: { line: AuditLine; language: Language }): JSX.Element {
  const texts = TEXTS[language];
  const value = (text: string): string => (text === 'null' ? texts.none : text);
  return (
    <>
      {auditEventText(event, language)}
      {facts.map(({ name, text }) => (
        <p class="hint">
          {name}: <code>{text}</code>
        </p>
      ))}
      {settings.map(({ path, before, after }) => (
        <p class="hint">
          {path === '' ? '' : `${path}: `}
          <code>{value(before)}</code> → <code>{value(after)}</code>
        </p>
      ))}
    </>
  );
}

function Verdict({ verdict, language }: { verdict: AuditVerdictView; language: Language }): JSX.Element {
  const texts = TEXTS[language];
  const { linked, waiting, anchor, faults } = verdict;
  const isGood = faults.length === 0;
  return (
    <Notice tone={isGood ? 'good' : 'bad'}>
      <p>
        {!isGood
          ? texts.faulty
          : linked === 0
            ? texts.nothingLinked
            : texts.unchanged(numberText(String(linked), language))}
      </p>
      {isGood ? null : (
        <ul>
          {faults.map(({ auditId, what }) => (
            <li>
              {texts.row(auditId)} {texts.faults[what]}
            </li>
          ))}
        </ul>
      )}
      {waiting === 0 ? null : <p>{texts.waiting(numberText(String(waiting), language))}</p>}
      {anchor === undefined ? null : (
        <p>
          {texts.anchor} <code>{anchor}</code>
        </p>
      )}
    </Notice>
  );
}
