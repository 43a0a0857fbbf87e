import { Notice, RefusedReason } from '../../ui/notice.js';
import { ProofField, wrongProofText } from '../../ui/proof-field.js';
import { type PageFrame, PageShell } from '../../ui/shell/page-shell.js';
import { renderPage } from '../../ui/shell/render-page.js';
import { ChangeForm } from './change-form.js';
import type { ConnectionView } from './connection-view.js';
import { TEXTS } from './texts.js';

export interface RemovalView extends Pick<ConnectionView, 'connectionId' | 'name' | 'version'> {
  outcome?: { kind: 'wrong_proof' } | { kind: 'live'; sessions: number } | { kind: 'refused'; reason: string };
}

/** Asks before a connection is removed. */
export function removalPage(frame: PageFrame, view: RemovalView): string {
  const texts = TEXTS[frame.language];
  const { outcome } = view;
  const title = texts.removalTitle(view.name);
  return renderPage(
    <PageShell frame={frame} title={title} current="connections">
      <h1>{title}</h1>
      {outcome === undefined ? null : (
        <Notice tone="bad">
          {outcome.kind === 'live' ? (
            texts.live(outcome.sessions)
          ) : outcome.kind === 'refused' ? (
            <RefusedReason language={frame.language} reason={outcome.reason} />
          ) : (
            wrongProofText(frame)
          )}
        </Notice>
      )}
      <ChangeForm frame={frame} view={view} path="remove" isCard>
        <p>{texts.removalText}</p>
        <ProofField frame={frame} id="remove" />
        <div class="actions">
          <button type="submit" class="danger">
            {texts.removalButton}
          </button>
          <a class="button quiet" href={`${frame.base}/connections/${encodeURIComponent(view.connectionId)}`}>
            {texts.keep}
          </a>
        </div>
      </ChangeForm>
    </PageShell>,
  );
}
