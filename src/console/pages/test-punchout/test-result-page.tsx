import type { JSX } from 'preact';
import { Badge } from '../../ui/badge.js';
import { DocumentView } from '../../ui/document-view.js';
import { Notice } from '../../ui/notice.js';
import { type PageFrame, PageShell } from '../../ui/shell/page-shell.js';
import { renderPage } from '../../ui/shell/render-page.js';
import { Table } from '../../ui/table.js';
import { setupHrefs } from '../onboarding/step-frame.js';
import { TEXTS } from './texts.js';

export interface TestResultView {
  connectionId: string;
  name: string;
  testId: string;
  sessionId?: string;
  /** Absent: nothing came back yet. Numbers as people of the language write them. */
  cart?: {
    lines: readonly { sku: string; name: string; quantity: string; price: string; amount: string }[];
    total: string;
    findings: readonly ResultFinding[];
    /** As it came, fields one a line. */
    document: string;
  };
  preflight: readonly ResultFinding[];
}

export interface ResultFinding {
  severity: 'error' | 'warning';
  place: string;
  text: string;
}

type Texts = (typeof TEXTS)['en'];

/** What came back from a test punchout. */
export function testResultPage(frame: PageFrame, view: TestResultView): string {
  const texts = TEXTS[frame.language];
  const hrefs = setupHrefs(frame.base, view.connectionId);
  const { cart } = view;
  const own = `${frame.base}/connections/${encodeURIComponent(view.connectionId)}/tests/${encodeURIComponent(view.testId)}`;
  const heading = cart === undefined ? texts.waiting : cart.lines.length === 0 ? texts.empty : texts.back;
  return renderPage(
    <PageShell frame={frame} title={texts.resultTitle(view.name)} current="connections">
      <p class="sub">{texts.resultTitle(view.name)}</p>
      <h1>{heading}</h1>
      {cart === undefined ? (
        <p>
          {texts.waitingText} <a href={own}>{texts.reload}</a>
        </p>
      ) : (
        <>
          <Notice tone={verdictOf(cart.findings)}>
            {cart.findings.length === 0 ? texts.clean : texts.findings(cart.findings.length)}
          </Notice>
          <Findings findings={cart.findings} texts={texts} />
          {cart.lines.length === 0 ? null : <Lines cart={cart} texts={texts} />}
          {view.preflight.length === 0 ? null : (
            <>
              <h2>{texts.preflight}</h2>
              <Findings findings={view.preflight} texts={texts} />
            </>
          )}
          <DocumentView
            id="document"
            title={texts.document}
            content={cart.document}
            copyLabel={texts.copy}
            cutText={texts.cut}
          />
          {verdictOf(cart.findings) === 'bad' ? null : <p class="after">{texts.done}</p>}
        </>
      )}
      <div class="actions after">
        <a class="button" href={cart === undefined ? hrefs.test : hrefs['hand-over']}>
          {cart === undefined ? texts.again : texts.next}
        </a>
        {cart === undefined ? null : (
          <a class="button quiet" href={hrefs.test}>
            {texts.again}
          </a>
        )}
        {view.sessionId === undefined ? null : (
          <a class="button quiet" href={`${frame.base}/sessions/${encodeURIComponent(view.sessionId)}`}>
            {texts.session}
          </a>
        )}
      </div>
    </PageShell>,
  );
}

function verdictOf(findings: readonly ResultFinding[]): 'good' | 'warn' | 'bad' {
  if (findings.length === 0) return 'good';
  return findings.some(({ severity }) => severity === 'error') ? 'bad' : 'warn';
}

function Findings({ findings, texts }: { findings: readonly ResultFinding[]; texts: Texts }): JSX.Element | null {
  if (findings.length === 0) return null;
  return (
    <ul class="plain">
      {findings.map(({ severity, place, text }) => (
        <li>
          <Badge tone={severity === 'error' ? 'bad' : 'warn'} text={texts[severity]} />{' '}
          {place === '' ? null : <code>{place}</code>} {text}
        </li>
      ))}
    </ul>
  );
}

function Lines({ cart, texts }: { cart: NonNullable<TestResultView['cart']>; texts: Texts }): JSX.Element {
  return (
    <>
      <Table
        caption={texts.back}
        columns={[
          { label: texts.article },
          { label: texts.quantity, isNumber: true },
          { label: texts.price, isNumber: true },
          { label: texts.amount, isNumber: true },
        ]}
        rows={cart.lines.map(({ sku, name, quantity, price, amount }) => [
          <>
            {name}
            <p class="hint mono">{sku}</p>
          </>,
          quantity,
          price,
          amount,
        ])}
      />
      <p class="after">
        <b>{texts.total}:</b> {cart.total}
      </p>
    </>
  );
}
