import type { JSX } from 'preact';
import {
  BUYER_LISTS,
  coveredPercent,
  INDEX_FAULTS,
  type IndexIssue,
} from '../../../domain/catalogue/catalogue-index.js';
import { Badge } from '../../ui/badge.js';
import { EmptyState } from '../../ui/empty-state.js';
import { Fact, FactList } from '../../ui/fact-list.js';
import { Moment } from '../../ui/moment.js';
import { Notice } from '../../ui/notice.js';
import { numberText } from '../../ui/numbers.js';
import { type PageFrame, PageShell } from '../../ui/shell/page-shell.js';
import { renderPage } from '../../ui/shell/render-page.js';
import { Table } from '../../ui/table.js';
import { type IndexRunView, indexesAddress } from './indexes-view.js';
import { StateBadge, starterText, whoseText } from './run-words.js';
import { TEXTS } from './texts.js';

interface PartProps {
  frame: PageFrame;
  view: IndexRunView;
}

/** The report of one run: what was left out, and why. */
export function runPage(frame: PageFrame, view: IndexRunView): string {
  const texts = TEXTS[frame.language];
  const { connectionId, name, run } = view;
  const title = texts.run.title(run.runId, name);
  return renderPage(
    <PageShell frame={frame} title={title} current="connections">
      <h1>{title}</h1>
      <nav class="parts" aria-label={title}>
        <a href={indexesAddress(frame.base, connectionId)}>{texts.run.back}</a>
        <a href={`${frame.base}/connections/${encodeURIComponent(connectionId)}`} class="broken">
          {name}
        </a>
      </nav>
      {run.reason === undefined ? null : (
        <Notice tone="bad">
          <span lang="en">{run.reason}</span>
        </Notice>
      )}
      <Facts frame={frame} view={view} />
      <h2>{texts.run.coverage}</h2>
      <Coverage frame={frame} view={view} />
      <h2>{texts.run.issues}</h2>
      <Issues frame={frame} view={view} />
    </PageShell>,
  );
}

function Facts({ frame: { language, now }, view: { run } }: PartProps): JSX.Element {
  const texts = TEXTS[language];
  const { facts } = texts.run;
  return (
    <FactList>
      <Fact label={facts.state}>
        <StateBadge state={run.state} language={language} />
      </Fact>
      <Fact label={texts.whose.label}>
        <span class="broken">{whoseText(run, language)}</span>
      </Fact>
      {run.formats.map((format) => (
        <Fact label={texts.formats[format]}>
          {texts.files.columns.products}: {numberText(run.items[format] ?? 0, language)}
        </Fact>
      ))}
      <Fact label={facts.products}>{numberText(run.products, language)}</Fact>
      <Fact label={facts.read}>{texts.run.readCount(numberText(run.read, language), run.incremental)}</Fact>
      <Fact label={facts.begun}>
        <Moment at={run.startedAt} now={now} language={language} />
      </Fact>
      <Fact label={facts.ended}>
        {run.endedAt === undefined ? undefined : <Moment at={run.endedAt} now={now} language={language} />}
      </Fact>
      <Fact label={facts.by}>{starterText(run.startedBy, language)}</Fact>
    </FactList>
  );
}

function Coverage({ frame: { language }, view: { run } }: PartProps): JSX.Element {
  const texts = TEXTS[language];
  return (
    <FactList>
      {BUYER_LISTS.map((list) => {
        const covered = run.coverage[list];
        return (
          <Fact label={texts.lists.names[list]}>
            {covered === undefined
              ? texts.run.noList
              : texts.run.covered(
                  numberText(coveredPercent(covered), language),
                  numberText(covered.matched, language),
                  numberText(covered.products, language),
                )}
          </Fact>
        );
      })}
    </FactList>
  );
}

/** What leaves products out comes first. */
function bySeverity(one: IndexIssue, other: IndexIssue): number {
  const rank = ({ kind }: IndexIssue): number => (INDEX_FAULTS[kind].severity === 'error' ? 0 : 1);
  return rank(one) - rank(other) || other.count - one.count;
}

function Issues({ frame: { language }, view: { run } }: PartProps): JSX.Element {
  const texts = TEXTS[language];
  if (run.issues.length === 0) return <EmptyState title={texts.run.noIssues} text={texts.run.noIssuesText} />;
  const { columns } = texts.run;
  return (
    <>
      <p class="hint">{texts.run.sub}</p>
      <Table
        caption={texts.run.issues}
        columns={[
          { label: columns.issue },
          { label: columns.field },
          { label: columns.products },
          { label: columns.remedy },
        ]}
        rows={run.issues.toSorted(bySeverity).map((issue) => {
          const { what, remedy } = texts.kinds[issue.kind];
          const { severity } = INDEX_FAULTS[issue.kind];
          return [
            <>
              <Badge tone={severity === 'error' ? 'bad' : 'warn'} text={texts.severities[severity]} /> {what}
            </>,
            <>
              {issue.field}
              <p class="hint">{issue.format === undefined ? texts.run.everyFormat : texts.formats[issue.format]}</p>
            </>,
            <Products issue={issue} language={language} />,
            remedy,
          ];
        })}
      />
    </>
  );
}

/** Products that are shown at once; the others are folded. */
const SHOWN = 8;

function Products({
  issue: { count, products, values },
  language,
}: {
  issue: IndexIssue;
  language: PageFrame['language'];
}): JSX.Element {
  const texts = TEXTS[language];
  const seen = products.map((sku, nth) => {
    const value = values[nth] ?? '';
    return value === '' || value === sku ? sku : `${sku} (${value})`;
  });
  const rest = seen.slice(SHOWN);
  return (
    <>
      {numberText(count, language)}
      <p class="hint broken">{seen.slice(0, SHOWN).join(', ')}</p>
      {rest.length === 0 ? null : (
        <details>
          <summary>{texts.run.more(rest.length)}</summary>
          <p class="hint broken">{rest.join(', ')}</p>
          {count === products.length ? null : <p class="hint">{texts.run.first(products.length)}</p>}
        </details>
      )}
    </>
  );
}
