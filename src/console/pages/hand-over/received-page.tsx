import type { Acceptance } from '../../../domain/access/acceptance.js';
import { exactText } from '../../ui/moment.js';
import { Notice } from '../../ui/notice.js';
import { type PageFrame, PageShell } from '../../ui/shell/page-shell.js';
import { renderPage } from '../../ui/shell/render-page.js';
import { AcceptancePart } from './acceptance-part.js';
import { HandOverSheet, type SheetView } from './hand-over-sheet.js';
import { TEXTS } from './texts.js';

/** What the buyer's IT sees behind its link, without a sign-in. */
export type ReceivedView =
  /** Not opened yet: a person must press the button, since mail programs open links. */
  | { kind: 'ready' }
  | { kind: 'shown'; sheet: SheetView }
  /** Later, in the browser that opened the link: without the secret, with what was seen. */
  | { kind: 'session'; sheet: SheetView; steps: Acceptance['steps']; isAccepted: boolean }
  | { kind: 'opened'; at: Date }
  | { kind: 'unknown' };

export function receivedPage(frame: PageFrame, view: ReceivedView): string {
  const texts = TEXTS[frame.language];
  if (view.kind === 'shown')
    return renderPage(
      <PageShell frame={frame} title={texts.title(view.sheet.name)} isWide>
        <h1>{texts.title(view.sheet.name)}</h1>
        <Notice tone="warn">{texts.onceMore}</Notice>
        <p class="no-print">
          <a href={`${frame.base}/handed-over`}>{texts.toChecklist}</a>
        </p>
        <HandOverSheet language={frame.language} view={view.sheet} />
      </PageShell>,
    );
  if (view.kind === 'session')
    return renderPage(
      <PageShell frame={frame} title={texts.title(view.sheet.name)} isWide scripts={[frame.assets.ticks]}>
        <h1>{texts.title(view.sheet.name)}</h1>
        <div id="ticks" aria-live="polite" data-done={view.isAccepted ? '' : undefined}>
          {view.isAccepted ? <Notice tone="good">{texts.acceptance.done}</Notice> : null}
          <AcceptancePart frame={frame} steps={view.steps} />
        </div>
        <p class="no-print">
          <a href={`${frame.base}/handed-over`}>{texts.acceptance.again}</a>{' '}
          <a href={`${frame.base}/handed-over/acceptance.json`}>{texts.acceptance.report}</a>
        </p>
        <HandOverSheet language={frame.language} view={view.sheet} />
      </PageShell>,
    );
  const told = {
    ready: [texts.doorTitle, texts.doorText],
    opened: [texts.openedTitle, texts.openedText],
    unknown: [texts.unknownTitle, texts.unknownText],
  } as const;
  const [title, text] = told[view.kind];
  return renderPage(
    <PageShell frame={frame} title={title}>
      <div class="card">
        <h1>{title}</h1>
        <p>{text}</p>
        {view.kind === 'opened' ? (
          <p class="hint">
            {texts.openedWhen}: {exactText(view.at)}
          </p>
        ) : null}
        {view.kind === 'ready' ? (
          <form method="post">
            <button type="submit">{texts.doorButton}</button>
          </form>
        ) : null}
      </div>
    </PageShell>,
  );
}
