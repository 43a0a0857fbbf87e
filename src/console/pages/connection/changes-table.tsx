import type { JSX } from 'preact';
import { auditEventText } from '../../ui/audit-events.js';
import { EmptyState } from '../../ui/empty-state.js';
import { Moment } from '../../ui/moment.js';
import type { PageFrame } from '../../ui/shell/page-shell.js';
import { Table } from '../../ui/table.js';
import type { ConnectionChangeLine } from './connection-view.js';
import { TEXTS } from './texts.js';

interface ChangesTableProps {
  frame: PageFrame;
  caption: string;
  changes: readonly ConnectionChangeLine[];
}

/** Who changed what, newest first. */
export function ChangesTable({ frame, caption, changes }: ChangesTableProps): JSX.Element {
  const { language, now } = frame;
  const texts = TEXTS[language];
  if (changes.length === 0) return <EmptyState title={texts.noChanges} text={texts.noChangesText} />;
  return (
    <Table
      caption={caption}
      columns={[{ label: texts.when }, { label: texts.who }, { label: texts.what }]}
      rows={changes.map((change) => [
        <Moment at={change.at} now={now} language={language} />,
        change.by.replace(/^operator:/, ''),
        <>
          {auditEventText(change.event, language)}
          {change.facts.map((fact) => (
            <p class="hint">{stateText(fact, texts)}</p>
          ))}
          {change.settings.map(({ path, before, after }) => (
            <p class="hint">
              {path}: <code>{before === 'null' ? texts.none : before}</code> →{' '}
              <code>{after === 'null' ? texts.none : after}</code>
            </p>
          ))}
        </>,
      ])}
    />
  );
}

type Texts = (typeof TEXTS)['en'];

function stateText(fact: string, { states }: Texts): string {
  return fact === 'disabled' || fact === 'enabled' ? states[fact] : fact;
}
