import type { JSX } from 'preact';
import { EmptyState } from '../../ui/empty-state.js';
import { durationText, numberText } from '../../ui/numbers.js';
import { exactText } from '../../ui/moment.js';
import type { PageFrame } from '../../ui/shell/page-shell.js';
import { Table } from '../../ui/table.js';
import { TEXTS } from './texts.js';

export interface TimesView {
  /** Start of the measuring. */
  since: Date;
  steps: readonly Times<'server' | 'shop'>[];
  waits: {
    /** Only so many call-ups were read, the newest; absent: all. */
    sampled?: number | undefined;
    steps: readonly (Omit<Times<'buyer'>, 'step' | 'of'> & { until: 'login' | 'transfer' })[];
  };
}

interface Times<Of extends string> {
  step: string;
  of: Of;
  times: number;
  halfMs: number;
  mostMs: number;
}

/** Calls to the shop that are listed. */
const MOST_CALLS = 5;

/** The slowest steps and shop calls, slowest first; then how long buyers took. */
export function StepTimes({ frame: { language }, times }: { frame: PageFrame; times: TimesView }): JSX.Element {
  const texts = TEXTS[language].times;
  const { sampled } = times.waits;
  const slowest = (of: 'server' | 'shop', most: number): TimesView['steps'] =>
    times.steps
      .filter((step) => step.of === of)
      .toSorted((a, b) => b.mostMs - a.mostMs)
      .slice(0, most);
  const measured = [...slowest('server', 3), ...slowest('shop', MOST_CALLS)].toSorted((a, b) => b.mostMs - a.mostMs);
  const named = (step: string): step is keyof typeof texts.steps => Object.hasOwn(texts.steps, step);
  const rows = [
    ...measured.map(({ step, of, ...rest }) => ({
      ...rest,
      name: of === 'shop' ? texts.call(step) : named(step) ? texts.steps[step] : step,
      whose: texts.whose[of],
    })),
    ...times.waits.steps.map(({ until, ...rest }) => ({ ...rest, name: texts.waits[until], whose: texts.whose.buyer })),
  ];
  if (rows.length === 0) return <EmptyState title={texts.empty} text={texts.emptyText} />;
  return (
    <>
      <Table
        caption={texts.title}
        columns={[
          { label: texts.step },
          { label: texts.where },
          { label: texts.half, isNumber: true },
          { label: texts.most, isNumber: true },
          { label: texts.count, isNumber: true },
        ]}
        rows={rows.map(({ name, whose, halfMs, mostMs, times: count }) => [
          name,
          <span class="hint">{whose}</span>,
          durationText(halfMs, language),
          durationText(mostMs, language),
          numberText(count, language),
        ])}
      />
      <p class="hint">
        {texts.source(exactText(times.since), sampled === undefined ? undefined : numberText(sampled, language))}
      </p>
    </>
  );
}
