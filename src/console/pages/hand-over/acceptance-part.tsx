import type { JSX } from 'preact';
import type { Acceptance } from '../../../domain/access/acceptance.js';
import { Badge } from '../../ui/badge.js';
import { Moment } from '../../ui/moment.js';
import type { PageFrame } from '../../ui/shell/page-shell.js';
import { Table } from '../../ui/table.js';
import { TEXTS } from './texts.js';

interface AcceptanceProps {
  frame: PageFrame;
  steps: Acceptance['steps'];
  /** Address of the sessions, for operators; absent: they are not linked. */
  sessions?: string;
}

/** What the buyer's system has done so far; printed with the sheet it is the report of the acceptance. */
export function AcceptancePart({ frame, steps, sessions }: AcceptanceProps): JSX.Element {
  const { language, now } = frame;
  const texts = TEXTS[language].acceptance;
  return (
    <section>
      <h2>{texts.title}</h2>
      <p class="hint">{texts.hint}</p>
      <Table
        caption={texts.title}
        columns={[{ label: texts.step }, { label: texts.state }, { label: texts.when }]}
        rows={steps.map(({ step, seen }) => {
          const moment = seen === undefined ? '–' : <Moment at={seen.at} now={now} language={language} />;
          return [
            texts.steps[step],
            seen === undefined ? <Badge tone="warn" text={texts.open} /> : <Badge tone="good" text={texts.seen} />,
            seen === undefined || sessions === undefined ? (
              moment
            ) : (
              <a href={`${sessions}/${encodeURIComponent(seen.transmissionId)}`}>{moment}</a>
            ),
          ];
        })}
      />
    </section>
  );
}
