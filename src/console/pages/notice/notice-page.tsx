import { type PageFrame, PageShell } from '../../ui/shell/page-shell.js';
import { renderPage } from '../../ui/shell/render-page.js';
import { TEXTS } from './texts.js';

export interface NoticeView {
  kind: 'forbidden' | 'unknown' | 'stale' | 'failed' | 'refused' | 'used' | 'hop';
  /** A sentence more exact than the page's own. */
  reason?: string;
  /** Names the error in the log. */
  reference?: string;
  /** Of a hop: where it leads, a path of the console. */
  to?: string;
}

/** A page that says why there is nothing else to see. */
export function noticePage(frame: PageFrame, { kind, reason, reference, to }: NoticeView): string {
  const texts = TEXTS[frame.language];
  const { title, text } = texts[kind];
  return renderPage(
    <PageShell frame={frame} title={title} {...(to === undefined ? {} : { refreshTo: to })}>
      <div class="card">
        <h1>{title}</h1>
        {reason === undefined ? null : <p>{reason}</p>}
        <p class="hint">{text}</p>
        {reference === undefined ? null : (
          <p class="hint">
            {texts.reference}: <code>{reference}</code>
          </p>
        )}
        <p>
          <a href={to ?? frame.base}>{to === undefined ? texts.back : texts.open}</a>
        </p>
      </div>
    </PageShell>,
  );
}
