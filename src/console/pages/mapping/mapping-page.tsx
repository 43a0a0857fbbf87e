import type { JSX } from 'preact';
import { TRANSFORM_FORMS } from '../../../domain/mapping/transform-text.js';
import { ChoiceRow, LinesRow } from '../../ui/form-row.js';
import { Notice, RefusedReason } from '../../ui/notice.js';
import { FormToken, type PageFrame, PageShell } from '../../ui/shell/page-shell.js';
import { renderPage } from '../../ui/shell/render-page.js';
import { ChangesTable } from '../connection/changes-table.js';
import type { MappingPartProps } from './mapping-part.js';
import type { MappingView } from './mapping-view.js';
import { PreviewPart } from './preview-part.js';
import { ReplayPart } from './replay-part.js';
import { RuleRows } from './rule-rows.js';
import { TEXTS } from './texts.js';

/** The mapping workbench: rules at the left, the document of a cart at the right, what changes in sent carts below. */
export function mappingPage(frame: PageFrame, view: MappingView): string {
  const texts = TEXTS[frame.language];
  const part = { frame, view, texts };
  const own = `${frame.base}/connections/${encodeURIComponent(view.connectionId)}`;
  return renderPage(
    <PageShell
      frame={frame}
      title={texts.title(view.name)}
      current="connections"
      scripts={[frame.assets.preview]}
      isWide
    >
      <h1>{texts.title(view.name)}</h1>
      <p class="sub">{texts.sub}</p>
      <nav class="parts" aria-label={view.name}>
        <a href={own}>{texts.connection}</a>
        <a href={`${own}/settings`}>{texts.settings}</a>
      </nav>
      <Outcome {...part} own={own} />
      <form method="post" action={`${own}/mapping`}>
        <FormToken signedIn={frame.signedIn} />
        <input type="hidden" name="version" value={view.version} />
        <input type="hidden" name="rows" value={view.draft.rows.length} />
        {view.seen === undefined ? null : <input type="hidden" name="seen" value={view.seen} />}
        {/* Enter in a field does what the first button does. */}
        <button class="unseen" name="do" value="show" tabIndex={-1} aria-hidden="true">
          {texts.show}
        </button>
        <div class="bench">
          <section>
            <h2>{texts.rules}</h2>
            {view.faults.flatMap(({ row, text }) => (row === undefined ? [<p class="fault">{text}</p>] : []))}
            {view.rules === undefined ? <p class="hint">{texts.middleware}</p> : <RuleRows {...part} />}
            <Elsewhere {...part} />
            {view.rules === undefined ? null : <Reference {...part} />}
          </section>
          <section>
            <h2>{texts.document}</h2>
            <PreviewPart {...part} />
          </section>
        </div>
        <Saving {...part} />
      </form>
      {view.replay === undefined ? null : <ReplayPart {...part} replay={view.replay} />}
    </PageShell>,
  );
}

function Outcome({ frame, view: { outcome }, texts, own }: MappingPartProps & { own: string }): JSX.Element | null {
  if (outcome === undefined) return null;
  if (outcome.kind === 'done') return <Notice tone="good">{texts.saved}</Notice>;
  if (outcome.kind === 'unseen') return <Notice tone="warn">{texts.outcomeUnseen}</Notice>;
  if (outcome.kind === 'refused')
    return (
      <Notice tone="bad">
        <RefusedReason language={frame.language} reason={outcome.reason} />
      </Notice>
    );
  return (
    <>
      <Notice tone="bad">
        <p>{texts.lostRace}</p>
        <p>
          {texts.lostHint} <a href={`${own}/mapping`}>{texts.lostSaved}</a>
        </p>
      </Notice>
      <ChangesTable frame={frame} caption={texts.lostChanges} changes={outcome.changes} />
    </>
  );
}

/** What becomes of shipping and discounts, and the names of further fields. */
function Elsewhere({ view: { draft, rules }, texts }: MappingPartProps): JSX.Element {
  const choices = (labels: Record<string, string>): { value: string; label: string }[] => [
    { value: '', label: texts.usual },
    ...Object.entries(labels).map(([value, label]) => ({ value, label })),
  ];
  return (
    <div class="rule-fields">
      <ChoiceRow
        name="shipping"
        label={texts.shipping}
        value={draft.shipping}
        choices={choices(texts.shippingPlaces)}
      />
      <ChoiceRow
        name="promotions"
        label={texts.promotions}
        value={draft.promotions}
        choices={choices(texts.promotionRules)}
      />
      {rules === 'oci' ? (
        <LinesRow
          name="vendor_fields"
          label={texts.vendorFields}
          value={draft.vendorFields}
          hint={texts.vendorFieldsHint}
        />
      ) : null}
    </div>
  );
}

/** What can be written into the fields of a rule. */
function Reference({ view, texts }: MappingPartProps): JSX.Element {
  return (
    <>
      <details>
        <summary>{texts.allSources}</summary>
        <p class="hint">{texts.namedSources}</p>
        <ul class="plain names">
          {view.sources.map((source) => (
            <li>
              <code>{source}</code>
            </li>
          ))}
        </ul>
      </details>
      <details>
        <summary>{texts.allTransforms}</summary>
        <ul class="plain names">
          {TRANSFORM_FORMS.map((form) => (
            <li>
              <code>{form}</code>
            </li>
          ))}
        </ul>
      </details>
    </>
  );
}

/** The replay, and saving: only after the replay, or explicitly without it. */
function Saving({ view: { seen }, texts }: MappingPartProps): JSX.Element {
  return (
    <div class="card saving">
      <p class="hint">{texts.replayHint}</p>
      <div class="actions">
        <button class={seen === undefined ? undefined : 'quiet'} name="do" value="replay">
          {texts.replay}
        </button>
        <button class={seen === undefined ? 'quiet' : undefined} name="do" value="save">
          {texts.save}
        </button>
        {seen === undefined ? (
          <label class="tick">
            <input type="checkbox" name="unseen" value="1" /> {texts.unseen}
          </label>
        ) : (
          <span class="hint">{texts.seen}</span>
        )}
      </div>
    </div>
  );
}
