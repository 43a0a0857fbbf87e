import type { JSX } from 'preact';
import { EmptyState } from '../../ui/empty-state.js';
import { BarPlot } from '../../ui/bar-plot.js';
import { FigureCard } from '../../ui/figure-card.js';
import { ChoiceRow, FormRow } from '../../ui/form-row.js';
import { Funnel } from '../../ui/funnel.js';
import { Moment } from '../../ui/moment.js';
import { amountText, numberText, shareText } from '../../ui/numbers.js';
import { queryText } from '../../ui/addresses.js';
import { type PageFrame, PageShell } from '../../ui/shell/page-shell.js';
import { renderPage } from '../../ui/shell/render-page.js';
import { Table } from '../../ui/table.js';
import { TEXTS } from './texts.js';

interface Counts {
  callUps: number;
  logins: number;
  transfers: number;
  orders: number;
}

interface Sales {
  currency: string;
  completed: number;
  averageCart: string;
  revenue: string;
}

export interface AnalyticsView {
  fromDay: string;
  toDay: string;
  /** Days from the first to the last. */
  days: number;
  groupBy: 'day' | 'week' | 'month';
  fault?: 'bad_day' | 'bad_range';
  sessions: number;
  completed: number;
  /** Percent, decimal text. */
  conversionRate: string;
  sales: Sales;
  /** Every bucket of the time, also those without sessions. */
  timeline: readonly { date: string; sessions: number; completed: number; revenue: string }[];
  topProducts: readonly { sku: string; name: string; quantity: string; revenue: string }[];
  byCurrency: readonly Sales[];
  funnel: Counts;
  connections: readonly (Counts & { id: string; name: string; lastTransferAt?: Date })[];
  /** The periods that end today: number of days, and whether it is the shown one. */
  presets: readonly { days: '7' | '30' | '90' | '365'; fromDay: string; toDay: string; isShown: boolean }[];
}

export const CSV_PARTS = ['timeline', 'connections', 'products'] as const;

interface PartProps {
  frame: PageFrame;
  view: AnalyticsView;
}

export function analyticsPage(frame: PageFrame, view: AnalyticsView): string {
  const texts = TEXTS[frame.language];
  return renderPage(
    <PageShell frame={frame} title={texts.title} current="analytics">
      <h1>{texts.title}</h1>
      <p class="sub">{texts.sub(view.fromDay, view.toDay)}</p>
      <Period frame={frame} view={view} />
      {view.sessions === 0 && view.byCurrency.length === 0 ? (
        <EmptyState title={texts.empty} text={texts.emptyText} />
      ) : (
        <>
          <Figures frame={frame} view={view} />
          <Plots frame={frame} view={view} />
          <h2>{texts.funnel.title}</h2>
          <Steps frame={frame} view={view} />
          <h2>{texts.byConnection}</h2>
          <Connections frame={frame} view={view} />
          <Csv frame={frame} view={view} part="connections" />
          <h2>{texts.byCurrency}</h2>
          <Currencies frame={frame} view={view} />
          <h2>{texts.products(view.sales.currency)}</h2>
          <Products frame={frame} view={view} />
        </>
      )}
    </PageShell>,
  );
}

function Period({ frame, view }: PartProps): JSX.Element {
  const texts = TEXTS[frame.language];
  const { fromDay, toDay, sales, byCurrency, fault, presets } = view;
  const address = `${frame.base}/analytics`;
  const currencies = [...new Set([sales.currency, ...byCurrency.map(({ currency }) => currency)])];
  const wrong = fault === undefined ? {} : { fault: fault === 'bad_day' ? texts.badDay : texts.badRange };
  return (
    <>
      <nav aria-label={texts.presets}>
        <ul class="inline periods">
          {presets.map(({ days, isShown, ...range }) => (
            <li>
              <a
                href={address + queryText({ from: range.fromDay, to: range.toDay, currency: sales.currency })}
                aria-current={isShown ? 'true' : undefined}
              >
                {texts.preset[days]}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <form class="filters" action={address}>
        <FormRow name="from" label={texts.from} type="date" value={fromDay} {...wrong} />
        <FormRow name="to" label={texts.to} type="date" value={toDay} />
        <ChoiceRow
          name="currency"
          label={texts.currency}
          value={sales.currency}
          choices={currencies.map((value) => ({ value, label: value }))}
        />
        <div class="actions">
          <button type="submit">{texts.button}</button>
        </div>
      </form>
    </>
  );
}

function Figures({ frame: { language }, view }: PartProps): JSX.Element {
  const texts = TEXTS[language];
  const { sales, sessions, completed, conversionRate, days } = view;
  return (
    <div class="row">
      <FigureCard label={texts.sessions} value={numberText(sessions, language)} note={texts.sessionsNote(days)} />
      <FigureCard
        label={texts.conversion}
        value={`${numberText(conversionRate, language)} %`}
        note={texts.conversionNote(numberText(completed, language))}
      />
      <FigureCard
        label={texts.revenue}
        value={amountText(sales.revenue, sales.currency, language)}
        note={texts.revenueNote}
      />
      <FigureCard
        label={texts.average}
        value={amountText(sales.averageCart, sales.currency, language)}
        note={texts.averageNote(sales.currency)}
      />
    </div>
  );
}

function Plots({ frame, view }: PartProps): JSX.Element {
  const { language } = frame;
  const texts = TEXTS[language];
  const { plot } = texts;
  const { timeline, groupBy, sales, sessions } = view;
  const describe = (sum: string, values: readonly number[], textOf: (at: number) => string): string => {
    const highest = Math.max(0, ...values);
    const at = values.indexOf(highest);
    return highest === 0 ? plot.nothing : plot.describe(sum, textOf(at), timeline[at]?.date ?? '');
  };
  const revenueOf = (at: number): string => amountText(timeline[at]?.revenue ?? '0', sales.currency, language);
  const table = { summary: plot.table, label: plot.buckets[groupBy] };
  return (
    <>
      <h2>{plot.sessions}</h2>
      <BarPlot
        id="sessions"
        title={plot.sessions}
        description={describe(
          numberText(sessions, language),
          timeline.map((bucket) => bucket.sessions),
          (at) => numberText(timeline[at]?.sessions ?? 0, language),
        )}
        bars={timeline.map((bucket) => ({
          label: bucket.date,
          value: bucket.sessions,
          text: numberText(bucket.sessions, language),
          part: { value: bucket.completed, text: numberText(bucket.completed, language) },
        }))}
        table={{ ...table, value: texts.sessions, part: plot.completed }}
      />
      <h2>{plot.revenue(sales.currency)}</h2>
      <BarPlot
        id="revenue"
        title={plot.revenue(sales.currency)}
        description={describe(
          amountText(sales.revenue, sales.currency, language),
          timeline.map(({ revenue }) => Number(revenue)),
          revenueOf,
        )}
        bars={timeline.map(({ date, revenue }, at) => ({ label: date, value: Number(revenue), text: revenueOf(at) }))}
        table={{ ...table, value: texts.revenue }}
      />
      <Csv frame={frame} view={view} part="timeline" />
    </>
  );
}

const STEPS = ['callUps', 'logins', 'transfers', 'orders'] as const;

function Steps({ frame: { language }, view: { funnel } }: PartProps): JSX.Element {
  const { funnel: texts } = TEXTS[language];
  const steps = STEPS.map((step, index) => {
    const earlier = STEPS[index - 1];
    const lost = earlier === undefined ? 0 : funnel[earlier] - funnel[step];
    const share = shareText(funnel[step], funnel.callUps, language);
    const notes = step === 'callUps' || share === undefined ? [] : [texts.share(share)];
    if (step !== 'callUps' && lost > 0) notes.push(texts.lost[step](numberText(lost, language)));
    return { label: texts.steps[step], value: funnel[step], text: numberText(funnel[step], language), notes };
  });
  const description = steps.map(({ label, text }) => `${label}: ${text}`).join(', ');
  return <Funnel title={texts.title} description={description} steps={steps} />;
}

function Connections({ frame, view: { connections } }: PartProps): JSX.Element {
  const { language, now, base } = frame;
  const texts = TEXTS[language];
  return (
    <Table
      caption={texts.byConnection}
      columns={[
        { label: texts.connection },
        ...STEPS.map((step) => ({ label: texts.funnel.steps[step], isNumber: true })),
        { label: texts.share, isNumber: true },
        { label: texts.lastTransfer },
      ]}
      rows={connections.map(({ id, name, lastTransferAt, ...counts }) => [
        <a href={`${base}/sessions${queryText({ connection: id })}`}>{name}</a>,
        ...STEPS.map((step) => numberText(counts[step], language)),
        shareText(counts.transfers, counts.callUps, language) ?? '-',
        lastTransferAt === undefined ? '-' : <Moment at={lastTransferAt} now={now} language={language} />,
      ])}
    />
  );
}

function Currencies({ frame: { language }, view: { byCurrency } }: PartProps): JSX.Element {
  const texts = TEXTS[language];
  if (byCurrency.length === 0) return <EmptyState title={texts.noSales} text={texts.noSalesText} />;
  return (
    <Table
      caption={texts.byCurrency}
      columns={[
        { label: texts.currency },
        { label: texts.carts, isNumber: true },
        { label: texts.average, isNumber: true },
        { label: texts.revenue, isNumber: true },
      ]}
      rows={byCurrency.map(({ currency, completed, averageCart, revenue }) => [
        currency,
        numberText(completed, language),
        numberText(averageCart, language),
        numberText(revenue, language),
      ])}
    />
  );
}

function Products({ frame, view }: PartProps): JSX.Element {
  const { language } = frame;
  const texts = TEXTS[language];
  const { topProducts, sales } = view;
  if (topProducts.length === 0) return <EmptyState title={texts.noSales} text={texts.noSalesText} />;
  return (
    <>
      <Table
        caption={texts.products(sales.currency)}
        columns={[
          { label: texts.product },
          { label: texts.quantity, isNumber: true },
          { label: texts.revenue, isNumber: true },
        ]}
        rows={topProducts.map(({ sku, name, quantity, revenue }) => [
          <>
            {name} <p class="hint mono">{sku}</p>
          </>,
          numberText(quantity, language),
          numberText(revenue, language),
        ])}
      />
      <Csv frame={frame} view={view} part="products" />
    </>
  );
}

function Csv({ frame, view, part }: PartProps & { part: (typeof CSV_PARTS)[number] }): JSX.Element {
  const { fromDay: from, toDay: to, sales } = view;
  return (
    <p class="after">
      <a href={`${frame.base}/analytics/${part}.csv${queryText({ from, to, currency: sales.currency })}`} download>
        {TEXTS[frame.language].csv}
      </a>
    </p>
  );
}
