import type { JSX } from 'preact';
import { EmptyState } from '../../ui/empty-state.js';
import { Fact, FactList } from '../../ui/fact-list.js';
import { exactText, sinceText } from '../../ui/moment.js';
import { Notice } from '../../ui/notice.js';
import { amountText } from '../../ui/numbers.js';
import { type PageFrame, PageShell } from '../../ui/shell/page-shell.js';
import { renderPage } from '../../ui/shell/render-page.js';
import { SideBySide } from '../../ui/documents/side-by-side.js';
import { StatusBadge } from '../../ui/status-badge.js';
import { Timeline } from '../../ui/timeline.js';
import type { SessionView } from '../session/session-page.js';
import { stepTitle } from '../session/texts.js';
import { TEXTS } from './texts.js';

export type ComparedSession = Pick<
  SessionView,
  'transmissionId' | 'status' | 'createdAt' | 'summary' | 'steps' | 'documents' | 'returnUrl' | 'buyer'
>;

export interface ComparisonView {
  connection: { id: string; name: string };
  session: ComparedSession;
  /** The last session of the connection whose cart went back; absent: there is none. */
  good?: ComparedSession;
}

type Texts = (typeof TEXTS)['en'];

/** A session beside the last good one of its connection. */
export function comparisonPage(frame: PageFrame, view: ComparisonView): string {
  const texts = TEXTS[frame.language];
  const { session, good, connection } = view;
  return renderPage(
    <PageShell frame={frame} title={texts.title} current="sessions">
      <h1>{texts.title}</h1>
      <p class="sub">
        {texts.sub(connection.name)} <a href={addressOf(frame, session.transmissionId)}>{texts.back}</a>
      </p>
      {good === undefined ? (
        <EmptyState title={texts.none} text={texts.noneText} />
      ) : (
        <>
          <div class="sides">
            <Story frame={frame} session={good} title={texts.good} texts={texts} />
            <Story frame={frame} session={session} title={texts.session} texts={texts} />
          </div>
          <h2>{texts.documents}</h2>
          {session.documents === undefined ? <Notice tone="info">{texts.hidden}</Notice> : null}
          {pairsOf(good.documents ?? [], session.documents ?? []).map(({ kind, direction, left, right }) => (
            <SideBySide
              title={texts.document(kind, direction)}
              left={{ label: texts.good, content: left }}
              right={{ label: texts.session, content: right }}
              texts={texts}
            />
          ))}
        </>
      )}
    </PageShell>,
  );
}

function addressOf({ base }: PageFrame, transmissionId: string): string {
  return `${base}/sessions/${encodeURIComponent(transmissionId)}`;
}

interface StoryProps {
  frame: PageFrame;
  session: ComparedSession;
  title: string;
  texts: Texts;
}

function Story({ frame, session, title, texts }: StoryProps): JSX.Element {
  const { language } = frame;
  const { transmissionId, status, createdAt, summary, steps, returnUrl, buyer } = session;
  return (
    <section class="card">
      <h2 class="what">
        <a href={addressOf(frame, transmissionId)}>{title}</a> <StatusBadge status={status} language={language} />
      </h2>
      <FactList>
        <Fact label={texts.at}>{exactText(createdAt)}</Fact>
        <Fact label={texts.buyer}>{buyer.email ?? buyer.name}</Fact>
        <Fact label={texts.cart}>{amountText(summary.totalAmount, summary.currency, language)}</Fact>
        <Fact label={texts.returnUrl}>{returnUrl}</Fact>
      </FactList>
      <Timeline
        label={title}
        entries={steps.map(({ event, at }) => ({
          at,
          when: sinceText(at, createdAt, language),
          title: stepTitle(event, language),
        }))}
      />
    </section>
  );
}

interface Pair {
  kind: string;
  direction: 'in' | 'out';
  left?: string;
  right?: string;
}

type Document = NonNullable<SessionView['documents']>[number];

/** The first document of a kind beside the first of the other session, the second beside the second. */
function pairsOf(left: readonly Document[], right: readonly Document[]): Pair[] {
  const pairs = new Map<string, Pair>();
  for (const [side, documents] of [
    ['left', left],
    ['right', right],
  ] as const) {
    const times = new Map<string, number>();
    for (const { kind, direction, content } of documents) {
      const name = JSON.stringify([direction, kind]);
      const time = (times.get(name) ?? 0) + 1;
      times.set(name, time);
      const key = `${name} ${time}`;
      const pair: Pair = pairs.get(key) ?? { kind, direction };
      pair[side] = content;
      pairs.set(key, pair);
    }
  }
  return [...pairs.values()];
}
