import type { JSX } from 'preact';
import type { Acceptance } from '../../../domain/access/acceptance.js';
import { Moment, exactText } from '../../ui/moment.js';
import { Notice, RefusedReason } from '../../ui/notice.js';
import { ProofField, wrongProofText } from '../../ui/proof-field.js';
import { Table } from '../../ui/table.js';
import type { PageFrame } from '../../ui/shell/page-shell.js';
import { renderPage } from '../../ui/shell/render-page.js';
import { ChangeForm } from '../connection/change-form.js';
import { StepFrame, setupHrefs } from '../onboarding/step-frame.js';
import { TEXTS as ONBOARDING_TEXTS } from '../onboarding/texts.js';
import { AcceptancePart } from './acceptance-part.js';
import { HandOverSheet, type SheetView } from './hand-over-sheet.js';
import { TEXTS } from './texts.js';

export interface HandOverView {
  connectionId: string;
  version: number;
  sheet: SheetView;
  secrets: number;
  days: number;
  /** What the buyer's system has done. */
  steps: Acceptance['steps'];
  links: readonly { madeBy: string; createdAt: Date; expiresAt: Date; openedAt?: Date }[];
  /** Made by this very request; in no other page. */
  madeLink?: string;
  outcome?: { kind: 'wrong_proof' | 'lost' } | { kind: 'refused'; reason: string };
}

interface PartProps {
  frame: PageFrame;
  view: HandOverView;
}

/** The sheet, and the link that shows it to the buyer's IT. The last step of the set-up. */
export function handOverPage(frame: PageFrame, view: HandOverView): string {
  const { language, base } = frame;
  const texts = TEXTS[language];
  const { outcome } = view;
  return renderPage(
    <StepFrame
      frame={frame}
      title={ONBOARDING_TEXTS[language].titleOf(view.sheet.name)}
      heading={texts.title(view.sheet.name)}
      hint={`${texts.sub} ${texts.print}`}
      step="hand-over"
      hrefs={setupHrefs(base, view.connectionId)}
    >
      {outcome === undefined ? null : (
        <Notice tone="bad">
          {outcome.kind === 'refused' ? (
            <RefusedReason language={frame.language} reason={outcome.reason} />
          ) : outcome.kind === 'lost' ? (
            texts.lost
          ) : (
            wrongProofText(frame)
          )}
        </Notice>
      )}
      <LinkPart frame={frame} view={view} />
      <AcceptancePart frame={frame} steps={view.steps} sessions={`${base}/sessions`} />
      <HandOverSheet language={language} view={view.sheet} />
    </StepFrame>,
  );
}

function LinkPart({ frame, view }: PartProps): JSX.Element {
  const { language, now } = frame;
  const texts = TEXTS[language];
  return (
    <section class="no-print">
      <h2>{texts.linkTitle}</h2>
      {view.madeLink === undefined ? (
        <ChangeForm frame={frame} view={view} path="hand-over" isCard>
          <p class="hint">{texts.linkHint(view.days)}</p>
          <fieldset class="choices plain">
            <legend class="unseen">{texts.linkTitle}</legend>
            <label class="choice">
              <input type="radio" name="secret" value="new" checked={view.secrets === 0} />
              <span>
                {texts.withSecret}
                {view.secrets > 1 ? <span class="hint">{texts.replaces}</span> : null}
              </span>
            </label>
            <label class="choice">
              <input type="radio" name="secret" value="none" checked={view.secrets > 0} />
              <span>{texts.without}</span>
            </label>
          </fieldset>
          <ProofField frame={frame} id="hand-over" />
          <button type="submit">{texts.makeLink}</button>
        </ChangeForm>
      ) : (
        <Notice tone="good">
          <p>{texts.made}</p>
          <p>
            <code class="secret">{view.madeLink}</code>
          </p>
        </Notice>
      )}
      {view.links.length === 0 ? null : (
        <>
          <h2>{texts.links}</h2>
          <Table
            caption={texts.links}
            columns={[{ label: texts.columns.made }, { label: texts.columns.by }, { label: texts.columns.state }]}
            rows={view.links.map(({ createdAt, madeBy, openedAt, expiresAt }) => [
              <Moment at={createdAt} now={now} language={language} />,
              madeBy.replace(/^operator:/, ''),
              openedAt === undefined ? (
                `${texts.waiting} ${exactText(expiresAt)}`
              ) : (
                <>
                  {texts.openedAt} <Moment at={openedAt} now={now} language={language} />
                </>
              ),
            ])}
          />
        </>
      )}
    </section>
  );
}
