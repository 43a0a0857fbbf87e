import type { JSX } from 'preact';
import { INDEX_FORMATS } from '../../../domain/catalogue/catalogue-index.js';
import { EmptyState } from '../../ui/empty-state.js';
import { Moment } from '../../ui/moment.js';
import { Notice, RefusedReason } from '../../ui/notice.js';
import { numberText } from '../../ui/numbers.js';
import { ChoiceRow, FormRow } from '../../ui/form-row.js';
import { FormToken, type PageFrame, PageShell } from '../../ui/shell/page-shell.js';
import { renderPage } from '../../ui/shell/render-page.js';
import { Table } from '../../ui/table.js';
import { type IndexesView, indexesAddress } from './indexes-view.js';
import { foundText, isGoing, StateBadge, starterText, whoseText } from './run-words.js';
import { TEXTS } from './texts.js';
import { WaysPart } from './ways-part.js';

interface PartProps {
  frame: PageFrame;
  view: IndexesView;
}

/** What the search of a buyer's system is fed with: runs, files, and how they get there. */
export function indexesPage(frame: PageFrame, view: IndexesView): string {
  const { base, language } = frame;
  const texts = TEXTS[language];
  const title = texts.title(view.name);
  const going = view.runs.find(isGoing);
  return renderPage(
    <PageShell frame={frame} title={title} current="connections">
      <h1>{title}</h1>
      <p class="sub">
        {texts.sub} <a href={`${base}/connections/${encodeURIComponent(view.connectionId)}`}>{view.name}</a>
      </p>
      <Outcome frame={frame} view={view} />
      {going === undefined ? null : (
        <Notice tone="info">
          {texts.going(going.runId, numberText(going.state === 'reading' ? going.read : going.products, language))}{' '}
          <a href={indexesAddress(base, view.connectionId)}>{texts.lookAgain}</a>
        </Notice>
      )}
      <h2>{texts.files.title}</h2>
      <Files frame={frame} view={view} />
      <h2>{texts.runs.title}</h2>
      <Runs frame={frame} view={view} />
      {view.mayMake ? (
        <>
          <h2>{texts.make.title}</h2>
          {going === undefined ? <MakeForm frame={frame} view={view} /> : <p class="hint">{texts.make.wait}</p>}
        </>
      ) : null}
      <WaysPart frame={frame} view={view} />
    </PageShell>,
  );
}

function Outcome({ frame: { language }, view: { outcome } }: PartProps): JSX.Element | null {
  if (outcome === undefined) return null;
  return (
    <Notice tone={outcome.kind === 'done' ? 'good' : 'bad'}>
      {outcome.kind === 'done' ? TEXTS[language].done : <RefusedReason language={language} reason={outcome.reason} />}
    </Notice>
  );
}

function Files({ frame: { base, language, now }, view }: PartProps): JSX.Element {
  const texts = TEXTS[language];
  if (view.files.length === 0) return <EmptyState title={texts.files.none} text={texts.files.noneText} />;
  const { columns } = texts.files;
  const own = indexesAddress(base, view.connectionId);
  return (
    <Table
      caption={texts.files.title}
      columns={[
        { label: columns.format },
        { label: texts.whose.label },
        { label: columns.products, isNumber: true },
        { label: columns.size, isNumber: true },
        { label: columns.since },
        { label: columns.run },
        { label: columns.file, isQuiet: true },
      ]}
      rows={view.files.map(({ addressId, format, runId, bytes, changedAt }) => {
        const whose = whoseText({ addressId }, language);
        const query = addressId === undefined ? '' : `?${new URLSearchParams({ address: addressId }).toString()}`;
        const items = view.runs.find((run) => run.runId === runId)?.items[format];
        return [
          texts.formats[format],
          <span class="broken">{whose}</span>,
          items === undefined ? '–' : numberText(items, language),
          bytes === undefined ? '–' : `${numberText(Math.ceil(bytes / 1000), language)} kB`,
          <Moment at={changedAt} now={now} language={language} />,
          <a href={`${own}/${runId}`}>{texts.runs.report(runId)}</a>,
          <a
            href={`${own}/files/${format}${query}`}
            download
            aria-label={texts.files.downloadOf(texts.formats[format], whose)}
          >
            {texts.files.download}
          </a>,
        ];
      })}
    />
  );
}

function Runs({ frame: { base, language, now }, view }: PartProps): JSX.Element {
  const texts = TEXTS[language];
  if (view.runs.length === 0) return <EmptyState title={texts.runs.none} text={texts.runs.noneText} />;
  const { columns } = texts.runs;
  const own = indexesAddress(base, view.connectionId);
  return (
    <Table
      caption={texts.runs.title}
      columns={[
        { label: columns.run },
        { label: columns.state },
        { label: texts.whose.label },
        { label: columns.files },
        { label: columns.found },
        { label: columns.when },
        { label: columns.by },
      ]}
      rows={view.runs.map((run) => [
        <a href={`${own}/${run.runId}`}>{texts.runs.report(run.runId)}</a>,
        <>
          <StateBadge state={run.state} language={language} />
          {run.reason === undefined ? null : (
            <p class="hint broken" lang="en">
              {run.reason}
            </p>
          )}
        </>,
        <span class="broken">{whoseText(run, language)}</span>,
        run.formats.map((format) => (
          <div>
            {texts.formats[format]}: {numberText(run.items[format] ?? 0, language)}
          </div>
        )),
        foundText(run.issues, language),
        <Moment at={run.startedAt} now={now} language={language} />,
        <span class="broken">{starterText(run.startedBy, language)}</span>,
      ])}
    />
  );
}

function MakeForm({ frame, view }: PartProps): JSX.Element {
  const texts = TEXTS[frame.language];
  const { formats, full, addressId } = view.entered ?? { formats: [view.usualFormat], full: false, addressId: '' };
  return (
    <form class="card" method="post" action={indexesAddress(frame.base, view.connectionId)}>
      <FormToken signedIn={frame.signedIn} />
      <fieldset class="choices plain">
        <legend class="label">{texts.make.formats}</legend>
        {INDEX_FORMATS.map((format) => (
          <label class="choice">
            <input type="checkbox" name="formats" value={format} checked={formats.includes(format)} />
            <span>
              {texts.formats[format]}
              {format === view.usualFormat ? <span class="hint">{texts.make.usual}</span> : null}
            </span>
          </label>
        ))}
      </fieldset>
      {view.addresses === undefined ? null : (
        <WhoseRow language={frame.language} addresses={view.addresses} value={addressId} />
      )}
      <fieldset class="choices plain">
        <legend class="label">{texts.make.read}</legend>
        {(['incremental', 'full'] as const).map((read) => (
          <label class="choice">
            <input type="radio" name="read" value={read} checked={(read === 'full') === full} />
            <span>{texts.make[read]}</span>
          </label>
        ))}
      </fieldset>
      <button type="submit">{texts.make.button}</button>
    </form>
  );
}

function WhoseRow({
  language,
  addresses: { ids, areMore },
  value,
}: {
  language: PageFrame['language'];
  addresses: NonNullable<IndexesView['addresses']>;
  value: string;
}): JSX.Element {
  const { label, hint, typed, usual } = TEXTS[language].whose;
  if (areMore) return <FormRow name="address" label={label} value={value} hint={typed} autocomplete="off" />;
  const choices = [{ value: '', label: usual }, ...ids.map((id) => ({ value: id, label: id }))];
  return <ChoiceRow name="address" label={label} value={value} choices={choices} hint={hint} />;
}
