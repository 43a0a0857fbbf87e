import type { JSX } from 'preact';
import { Badge } from '../../ui/badge.js';
import { BarPlot } from '../../ui/bar-plot.js';
import { EmptyState } from '../../ui/empty-state.js';
import { FigureCard } from '../../ui/figure-card.js';
import { Funnel } from '../../ui/funnel.js';
import type { Language } from '../../ui/language.js';
import { Moment } from '../../ui/moment.js';
import { Notice } from '../../ui/notice.js';
import { changeText, numberText, shareText } from '../../ui/numbers.js';
import { type PageFrame, PageShell } from '../../ui/shell/page-shell.js';
import { renderPage } from '../../ui/shell/render-page.js';
import { Table } from '../../ui/table.js';
import type { RefusalMeaning } from '../../ui/refusal-notice.js';
import { LiveTail, type TailView } from './live-tail.js';
import { StepTimes, type TimesView } from './step-times.js';
import { TEXTS } from './texts.js';

interface Counts {
  callUps: number;
  logins: number;
  transfers: number;
  orders: number;
}

export interface TodayView {
  now: Counts;
  before: Counts;
  /** Oldest first. */
  callUpsByHour: readonly { hoursAgo: number; callUps: number }[];
  refusals: readonly {
    meaning: RefusalMeaning;
    times: number;
    lastAt: Date;
    connection?: { id: string; name: string };
  }[];
  hooks: readonly { url: string; behind: string; since: Date; error?: string; isPaused: boolean }[];
  jobs: readonly { kind: string; jobs: number; givenUp: number; since: Date; lastError: string }[];
  sweeps: readonly { sweep: string; since: Date; error: string }[];
  /** Redis is away. */
  isDegraded: boolean;
  times: TimesView;
  tail: TailView;
}

type Texts = (typeof TEXTS)['en'];

export function todayPage(frame: PageFrame, view: TodayView): string {
  const { language } = frame;
  const texts = TEXTS[language];
  return renderPage(
    <PageShell frame={frame} title={texts.title} current="today" scripts={[frame.assets.tail]}>
      <h1>{texts.title}</h1>
      <p class="sub">{texts.sub}</p>
      {view.isDegraded ? <Notice tone="warn">{texts.degraded}</Notice> : null}
      <Figures view={view} texts={texts} language={language} />
      <h2>{texts.funnel.title}</h2>
      <CallUpFunnel view={view} texts={texts} language={language} />
      <h2>{texts.refusals.title}</h2>
      <Refusals frame={frame} view={view} texts={texts} />
      <h2>{texts.stuck.title}</h2>
      <Stuck frame={frame} view={view} texts={texts} />
      <h2>{texts.times.title}</h2>
      <StepTimes frame={frame} times={view.times} />
      <LiveTail frame={frame} view={view.tail} />
      <h2>{texts.hours.title}</h2>
      <Hours view={view} texts={texts} language={language} />
    </PageShell>,
  );
}

interface PartProps {
  view: TodayView;
  texts: Texts;
  language: Language;
}

function Figures({ view: { now, before, refusals }, texts, language }: PartProps): JSX.Element {
  const number = (value: number): string => numberText(value, language);
  const compared = (value: number, old: number): string =>
    [changeText(value, old, language), texts.before(number(old))].filter((part) => part !== undefined).join(', ');
  const share = shareText(now.transfers, now.callUps, language);
  const refused = refusals.reduce((sum, { times }) => sum + times, 0);
  return (
    <div class="row">
      <FigureCard label={texts.callUps} value={number(now.callUps)} note={compared(now.callUps, before.callUps)} />
      <FigureCard
        label={texts.transfers}
        value={number(now.transfers)}
        note={share === undefined ? texts.noCallUps : texts.ofCallUps(share)}
      />
      <FigureCard label={texts.ordered} value={number(now.orders)} note={compared(now.orders, before.orders)} />
      <FigureCard label={texts.refused} value={number(refused)} note={texts.causes(refusals.length)} />
    </div>
  );
}

const STEPS = ['callUps', 'logins', 'transfers', 'orders'] as const;

function CallUpFunnel({ view: { now, before }, texts, language }: PartProps): JSX.Element {
  const number = (value: number): string => numberText(value, language);
  const steps = STEPS.map((step, index) => {
    const earlier = STEPS[index - 1];
    const lost = earlier === undefined ? 0 : now[earlier] - now[step];
    const notes = [texts.before(number(before[step]))];
    if (step !== 'callUps' && lost > 0) notes.unshift(texts.funnel.lost[step](number(lost)));
    return { label: texts.funnel.steps[step], value: now[step], text: number(now[step]), notes };
  });
  return (
    <Funnel
      title={texts.funnel.title}
      description={steps.map(({ label, text }) => `${label}: ${text}`).join(', ')}
      steps={steps}
    />
  );
}

function Hours({ view: { callUpsByHour, now }, texts, language }: PartProps): JSX.Element {
  const highest = Math.max(0, ...callUpsByHour.map(({ callUps }) => callUps));
  return (
    <BarPlot
      id="hours"
      title={texts.hours.title}
      description={texts.hours.description(numberText(now.callUps, language), numberText(highest, language))}
      bars={callUpsByHour.map(({ hoursAgo, callUps }) => ({
        label: texts.hours.ago(hoursAgo),
        value: callUps,
        text: numberText(callUps, language),
      }))}
      table={{ summary: texts.hours.table, label: texts.hours.hour, value: texts.callUps }}
    />
  );
}

interface ListProps {
  frame: PageFrame;
  view: TodayView;
  texts: Texts;
}

function Refusals({ frame, view: { refusals }, texts: { refusals: texts } }: ListProps): JSX.Element {
  if (refusals.length === 0) return <EmptyState title={texts.empty} text={texts.emptyText} />;
  return (
    <Table
      caption={texts.title}
      columns={[
        { label: texts.what },
        { label: texts.connection },
        { label: texts.times, isNumber: true },
        { label: texts.last },
      ]}
      rows={refusals.map(({ meaning, times, lastAt, connection }) => [
        <>
          <Badge tone="bad" text={meaning.code} />{' '}
          <a href={`${frame.base}/refusals?${causeQuery(meaning.code, connection?.id)}`}>{meaning.title}</a>
          {meaning.reason === undefined ? null : <p class="mono">{meaning.reason}</p>}
          <p class="hint">{meaning.remedy}</p>
        </>,
        connection === undefined ? <span class="hint">{texts.nobody}</span> : connection.name,
        numberText(times, frame.language),
        <Moment at={lastAt} now={frame.now} language={frame.language} />,
      ])}
    />
  );
}

function causeQuery(code: string, connection: string | undefined): string {
  return new URLSearchParams(connection === undefined ? { code } : { code, connection }).toString();
}

function Stuck({ frame, view: { hooks, jobs, sweeps }, texts: { stuck: texts } }: ListProps): JSX.Element {
  const { language, now } = frame;
  if (hooks.length + jobs.length + sweeps.length === 0)
    return <EmptyState title={texts.empty} text={texts.emptyText} />;
  return (
    <Table
      caption={texts.title}
      columns={[{ label: texts.what }, { label: texts.why }, { label: texts.since }, { label: texts.remedy }]}
      rows={[
        ...hooks.map(({ url, behind, since, error, isPaused }) => [
          <>
            <Badge tone={isPaused ? 'bad' : 'warn'} text={isPaused ? texts.hookPaused : texts.hookFails} />{' '}
            <code>{url}</code>
            <p class="hint">{texts.events(numberText(behind, language))}</p>
          </>,
          error ?? '-',
          <Moment at={since} now={now} language={language} />,
          <span class="hint">{texts.hookRemedy}</span>,
        ]),
        ...jobs.map(({ kind, jobs: count, givenUp, since, lastError }) => [
          <>
            <Badge tone={givenUp > 0 ? 'bad' : 'warn'} text={givenUp > 0 ? texts.jobGivenUp : texts.jobFails} />{' '}
            {texts.jobs(numberText(count, language), kind)}
          </>,
          lastError,
          <Moment at={since} now={now} language={language} />,
          <span class="hint">{givenUp > 0 ? texts.givenUpRemedy : texts.jobRemedy}</span>,
        ]),
        ...sweeps.map(({ sweep, since, error }) => [
          <>
            <Badge tone="bad" text={texts.sweepFails} /> {sweep}
          </>,
          error,
          <Moment at={since} now={now} language={language} />,
          <span class="hint">{texts.sweepRemedy}</span>,
        ]),
      ]}
    />
  );
}
