import type { JSX } from 'preact';
import { type FeedFaultKind, type ImportIssue, type ImportReport, issueText } from '../../../domain/orders/feed.js';
import { Badge } from '../../ui/badge.js';
import { EmptyState } from '../../ui/empty-state.js';
import { Fact, FactList } from '../../ui/fact-list.js';
import { Moment } from '../../ui/moment.js';
import { Notice } from '../../ui/notice.js';
import { numberText } from '../../ui/numbers.js';
import { Pager } from '../../ui/pager.js';
import { type PageFrame, PageShell } from '../../ui/shell/page-shell.js';
import { renderPage } from '../../ui/shell/render-page.js';
import { Table } from '../../ui/table.js';
import { feedAddress } from '../../ui/addresses.js';
import { TEXTS } from './texts.js';

export interface FeedView {
  shopId: number;
  url: string;
  /** Why there is no newer import. */
  error?: string | undefined;
  /** Newest first. */
  reports: readonly Pick<ImportReport, 'reportId' | 'importedAt' | 'errors' | 'warnings'>[];
  /** The shown one; absent: nothing was imported yet. */
  report?: ImportReport;
  /** One page of the issues of that report, errors first. */
  issues: readonly FeedIssue[];
  isFirstPage: boolean;
  /** Number of issues before the next page. */
  next?: number | undefined;
}

export interface FeedIssue extends ImportIssue {
  /** Absent: this version does not know the fault. */
  kind?: FeedFaultKind | undefined;
}

interface PartProps {
  frame: PageFrame;
  view: FeedView;
}

/** What was wrong in one import of a feed, by lines. */
export function feedPage(frame: PageFrame, view: FeedView): string {
  const texts = TEXTS[frame.language];
  const { shopId, report, next, error } = view;
  const title = texts.title(shopId);
  return renderPage(
    <PageShell frame={frame} title={title} current="deliveries">
      <h1>{title}</h1>
      <nav class="parts" aria-label={title}>
        <a href={`${frame.base}/deliveries`}>{texts.back}</a>
      </nav>
      {error === undefined ? null : (
        <Notice tone="bad">
          {texts.failing}: {error}
        </Notice>
      )}
      {report === undefined ? (
        <EmptyState title={texts.noReport} text={texts.noReportText} />
      ) : (
        <>
          <Facts frame={frame} view={view} report={report} />
          <h2>{texts.issues}</h2>
          <p class="hint">{texts.sub}</p>
          <Issues frame={frame} view={view} />
          <Pager
            label={texts.pages}
            {...(view.isFirstPage
              ? {}
              : { first: { href: feedAddress(frame.base, shopId, report), label: texts.firstPage } })}
            {...(next === undefined
              ? {}
              : { next: { href: feedAddress(frame.base, shopId, report, next), label: texts.nextPage } })}
          />
          <h2>{texts.imports}</h2>
          <Imports frame={frame} view={view} />
        </>
      )}
    </PageShell>,
  );
}

function Facts({ frame: { language, now }, view, report }: PartProps & { report: ImportReport }): JSX.Element {
  const texts = TEXTS[language];
  const { facts } = texts;
  const number = (value: number): string => numberText(value, language);
  return (
    <FactList>
      <Fact label={facts.url}>
        <code>{view.url}</code>
      </Fact>
      <Fact label={facts.imported}>
        <Moment at={report.importedAt} now={now} language={language} />
      </Fact>
      <Fact label={facts.modified}>
        <Moment at={report.modifiedAt} now={now} language={language} />
      </Fact>
      <Fact label={facts.file}>{texts.file(number(report.lines), number(report.size), report.encoding)}</Fact>
      <Fact label={facts.result}>
        {texts.result(
          number(report.products),
          number(report.errors),
          number(report.warnings),
          number(report.issueLines),
        )}
      </Fact>
    </FactList>
  );
}

function Issues({ frame: { language }, view: { issues } }: PartProps): JSX.Element {
  const texts = TEXTS[language];
  if (issues.length === 0) return <EmptyState title={texts.noIssues} text={texts.noIssuesText} />;
  const { columns } = texts;
  return (
    <Table
      caption={texts.issues}
      columns={[
        { label: columns.issue },
        { label: columns.lines },
        { label: columns.value },
        { label: columns.remedy },
      ]}
      rows={issues.map((issue) => {
        const { what, remedy } = wordsOf(issue, texts);
        return [
          <>
            <Badge tone={issue.severity === 'error' ? 'bad' : 'warn'} text={texts.severities[issue.severity]} /> {what}
          </>,
          <Lines lines={issue.lines} texts={texts} />,
          <Value issue={issue} texts={texts} />,
          remedy ?? '-',
        ];
      })}
    />
  );
}

type Texts = (typeof TEXTS)['en'];

/** Lines that are shown at once; the others are folded. */
const SHOWN_LINES = 10;
/** So many lines of one issue are kept. */
const MOST_LINES = 1_000;

function Lines({ lines, texts }: { lines: readonly number[]; texts: Texts }): JSX.Element {
  const rest = lines.slice(SHOWN_LINES);
  return (
    <>
      {lines.slice(0, SHOWN_LINES).join(', ')}
      {rest.length === 0 ? null : (
        <details>
          <summary>{texts.more(rest.length)}</summary>
          {rest.join(', ')}
          {lines.length < MOST_LINES ? null : <p class="hint">{texts.first(MOST_LINES)}</p>}
        </details>
      )}
    </>
  );
}

function Value({ issue, texts }: { issue: FeedIssue; texts: Texts }): JSX.Element {
  const { value, lines, productId, productTitle } = issue;
  const product = [productId, productTitle].filter((part) => part !== null).join(', ');
  return (
    <>
      {value === undefined ? '-' : value === '' ? texts.empty : <code>{value}</code>}
      {value === undefined || lines.length < 2 ? null : <p class="hint">{texts.firstValue}</p>}
      {product === '' ? null : <p class="hint broken">{product}</p>}
    </>
  );
}

/** The fault in the words of the page, with its values; a fault that is unknown here in those of its report. */
function wordsOf(issue: FeedIssue, { kinds }: Texts): { what: string; remedy?: string } {
  if (issue.kind === undefined) return { what: issueText(issue) };
  const { what, remedy } = kinds[issue.kind];
  return { what: issueText(issue, what), remedy };
}

function Imports({ frame, view: { shopId, reports, report } }: PartProps): JSX.Element {
  const { base, language, now } = frame;
  const texts = TEXTS[language];
  return (
    <ul class="plain">
      {reports.map((one) => (
        <li>
          <a
            href={feedAddress(base, shopId, one)}
            aria-current={one.reportId === report?.reportId ? 'true' : undefined}
          >
            <Moment at={one.importedAt} now={now} language={language} />
          </a>{' '}
          <span class="hint">{texts.counts(numberText(one.errors, language), numberText(one.warnings, language))}</span>
        </li>
      ))}
    </ul>
  );
}
