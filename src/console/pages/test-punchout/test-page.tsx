import type { JSX } from 'preact';
import { DocumentView } from '../../ui/document-view.js';
import { Moment } from '../../ui/moment.js';
import { Notice } from '../../ui/notice.js';
import { type RefusalMeaning, RefusalNotice } from '../../ui/refusal-notice.js';
import { FormToken, type PageFrame } from '../../ui/shell/page-shell.js';
import { renderPage } from '../../ui/shell/render-page.js';
import { Table } from '../../ui/table.js';
import { StepFrame, setupHrefs } from '../onboarding/step-frame.js';
import { TEXTS as ONBOARDING_TEXTS } from '../onboarding/texts.js';
import { TEXTS } from './texts.js';

export interface TestView {
  connectionId: string;
  name: string;
  /** Why no test can be started. */
  hindrance?: 'disabled' | 'noName';
  /** The test that this very request has started. */
  started?: {
    testId: string;
    /** Opens the shop, once; absent: refused. */
    startUrl?: string;
    refusal?: RefusalMeaning;
    /** Why there was no answer. */
    unreachable?: string;
    sent: string;
    answer?: string;
  };
  tests: readonly { testId: string; at: Date; by: string; sessionId?: string; isBack: boolean }[];
}

interface PartProps {
  frame: PageFrame;
  view: TestView;
  texts: (typeof TEXTS)['en'];
}

/** The step that tries a connection: starts a test, opens the shop, lists the tests of the last day. */
export function testPage(frame: PageFrame, view: TestView): string {
  const { language, base } = frame;
  const texts = TEXTS[language];
  const part = { frame, view, texts };
  const hrefs = setupHrefs(base, view.connectionId);
  const isDone = view.tests.some(({ isBack }) => isBack);
  return renderPage(
    <StepFrame
      frame={frame}
      title={ONBOARDING_TEXTS[language].titleOf(view.name)}
      heading={texts.heading}
      hint={texts.hint}
      step="test"
      hrefs={hrefs}
    >
      {view.started === undefined ? null : <Started {...part} started={view.started} />}
      <StartForm {...part} />
      <p class="after">
        <a href={hrefs['hand-over']}>{isDone ? texts.next : texts.skip}</a>
      </p>
      <Tests {...part} />
    </StepFrame>,
  );
}

function StartForm({ frame, view, texts }: PartProps): JSX.Element {
  if (view.hindrance === 'disabled')
    return (
      <Notice tone="warn">
        {texts.disabled} <a href={setupHrefs(frame.base, view.connectionId).customer}>{texts.toCustomer}</a>
      </Notice>
    );
  if (view.hindrance === 'noName') return <Notice tone="warn">{texts.noName}</Notice>;
  return (
    <form
      class="change after"
      method="post"
      action={`${frame.base}/connections/${encodeURIComponent(view.connectionId)}/test`}
    >
      <FormToken signedIn={frame.signedIn} />
      <button type="submit" class={view.started?.startUrl === undefined ? '' : 'quiet'}>
        {view.started === undefined ? texts.start : texts.again}
      </button>
    </form>
  );
}

function Started({
  frame,
  view,
  texts,
  started,
}: PartProps & { started: NonNullable<TestView['started']> }): JSX.Element {
  const { startUrl, refusal, unreachable } = started;
  const own = `${frame.base}/connections/${encodeURIComponent(view.connectionId)}/tests`;
  return (
    <>
      {startUrl === undefined ? (
        <>
          <Notice tone="bad">
            <p>{unreachable === undefined ? texts.refused : texts.unreachable(unreachable)}</p>
            {unreachable === undefined ? null : <p>{texts.unreachableHint}</p>}
          </Notice>
          {refusal === undefined ? null : <RefusalNotice refusal={refusal} labels={texts} />}
        </>
      ) : (
        <div class="card">
          <p>
            <b>{texts.accepted}</b>
          </p>
          <p class="hint">{texts.openHint}</p>
          <div class="actions">
            <a class="button" href={startUrl} target="_blank" rel="noopener">
              {texts.open}
            </a>
            <a class="button quiet" href={`${own}/${encodeURIComponent(started.testId)}`}>
              {texts.result}
            </a>
          </div>
        </div>
      )}
      <Document id="sent" title={texts.sent} content={started.sent} texts={texts} />
      {started.answer === undefined ? null : (
        <Document id="received" title={texts.received} content={started.answer} texts={texts} />
      )}
    </>
  );
}

interface DocumentProps {
  id: string;
  title: string;
  content: string;
  texts: PartProps['texts'];
}

function Document({ id, title, content, texts }: DocumentProps): JSX.Element {
  return <DocumentView id={id} title={title} content={content} copyLabel={texts.copy} cutText={texts.cut} />;
}

function Tests({ frame, view, texts }: PartProps): JSX.Element | null {
  const { base, now, language } = frame;
  if (view.tests.length === 0) return null;
  const own = `${base}/connections/${encodeURIComponent(view.connectionId)}/tests`;
  const { columns, states } = texts;
  return (
    <>
      <h2>{texts.tests}</h2>
      <Table
        caption={texts.tests}
        columns={[
          { label: columns.when },
          { label: columns.by },
          { label: columns.state },
          { label: columns.session },
          { label: texts.show, isQuiet: true },
        ]}
        rows={view.tests.map(({ testId, at, by, sessionId, isBack }) => [
          <Moment at={at} now={now} language={language} />,
          by.replace(/^operator:/, ''),
          isBack ? states.back : sessionId === undefined ? states.refused : states.waiting,
          sessionId === undefined ? null : (
            <a href={`${base}/sessions/${encodeURIComponent(sessionId)}`}>{texts.session}</a>
          ),
          sessionId === undefined ? null : <a href={`${own}/${encodeURIComponent(testId)}`}>{texts.show}</a>,
        ])}
      />
    </>
  );
}
