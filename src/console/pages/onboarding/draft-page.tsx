import type { JSX } from 'preact';
import type { Protocol } from '../../../domain/transmission/protocol.js';
import { Fact, FactList } from '../../ui/fact-list.js';
import { Notice, RefusedReason } from '../../ui/notice.js';
import { FormRow, LinesRow } from '../../ui/form-row.js';
import { FormToken, type PageFrame } from '../../ui/shell/page-shell.js';
import { renderPage } from '../../ui/shell/render-page.js';
import { NameFields, ReturnsField } from '../connection-form/connection-fields.js';
import { type FieldFaults, faultText } from '../connection-form/field-fault.js';
import { TEXTS as FORM_TEXTS } from '../connection-form/texts.js';
import { DRAFT_STEPS, type DraftStep, StepFrame } from './step-frame.js';
import { TEXTS } from './texts.js';

export interface PlatformChoice {
  /** Name of the profile, or `middleware`. */
  value: string;
  platform: string;
  protocol: Protocol;
  meaning: string;
}

export interface DraftView {
  step: DraftStep;
  platforms: readonly PlatformChoice[];
  /** What the steps before have chosen; absent on the first. */
  chosen?: PlatformChoice;
  /** What was entered in all steps, by the names of the fields. It is in the address: nothing of it is secret. */
  entered: Readonly<Record<string, string>>;
  faults: FieldFaults;
  /** The identity of the shop must not be left empty. */
  needsTo: boolean;
  /** What the connection will be, for the last look. */
  summary?: { id: string; from?: string; to?: string; returns: readonly string[]; templates: readonly string[] };
  /** Why it was not created. */
  refusal?: string;
}

interface PartProps {
  frame: PageFrame;
  view: DraftView;
  texts: (typeof TEXTS)['en'];
}

/** The steps before a connection exists. They are read by GET, so going back and reloading lose nothing. */
export function draftPage(frame: PageFrame, view: DraftView): string {
  const texts = TEXTS[frame.language];
  const part = { frame, view, texts };
  const [heading, hint, content] = {
    platform: [texts.platformTitle, texts.platformHint, <PlatformForm {...part} />] as const,
    names: [texts.namesTitle, texts.namesHint, <NamesForm {...part} />] as const,
    returns: [texts.returnsTitle, texts.returnsHint, <ReturnsForm {...part} />] as const,
    check: [texts.checkTitle, texts.checkHint, <Check {...part} />] as const,
  }[view.step];
  const past = DRAFT_STEPS.slice(0, DRAFT_STEPS.indexOf(view.step));
  return renderPage(
    <StepFrame
      frame={frame}
      title={texts.title}
      heading={heading}
      hint={hint}
      step={view.step}
      hrefs={Object.fromEntries(past.map((step) => [step, addressOf(frame, view, step)]))}
    >
      {content}
    </StepFrame>,
  );
}

function addressOf({ base }: PageFrame, { entered }: DraftView, step: DraftStep): string {
  return `${base}/connections/new?${new URLSearchParams({ ...entered, step }).toString()}`;
}

/** Everything that other steps have entered. */
function Kept({ view, except }: { view: DraftView; except: readonly string[] }): JSX.Element {
  return (
    <>
      {Object.entries(view.entered)
        .filter(([name]) => !except.includes(name))
        .map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
    </>
  );
}

/** The first button is the one that Enter presses. */
function Buttons({ texts, next, back }: { texts: PartProps['texts']; next: DraftStep; back: DraftStep }): JSX.Element {
  return (
    <div class="actions">
      <button type="submit" name="step" value={next}>
        {texts.next}
      </button>
      <button type="submit" class="quiet" name="step" value={back} formNoValidate>
        {texts.back}
      </button>
    </div>
  );
}

function PlatformForm({ frame, view, texts }: PartProps): JSX.Element {
  const protocols = FORM_TEXTS[frame.language].protocols;
  const fault = view.faults['platform'] === undefined ? undefined : texts.platformMissing;
  return (
    <form action={`${frame.base}/connections/new`}>
      <Kept view={view} except={['platform']} />
      <fieldset class="choices" aria-describedby={fault === undefined ? undefined : 'platform-fault'}>
        <legend class="unseen">{texts.step.platform}</legend>
        {view.platforms.map(({ value, platform, protocol, meaning }) => (
          <label class="choice card">
            <input type="radio" name="platform" value={value} checked={value === view.entered['platform']} required />
            <span>
              <b>{platform}</b> <span class="badge quiet">{protocols[protocol]}</span>
              <span class="hint">{meaning}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {fault === undefined ? null : (
        <p class="fault" id="platform-fault">
          {fault}
        </p>
      )}
      <div class="actions">
        <button type="submit" name="step" value="names">
          {texts.next}
        </button>
      </div>
    </form>
  );
}

const NAME_FIELDS = ['name', 'id', 'domain', 'identity', 'to_domain', 'to_identity', 'templates', 'customers'];

function NamesForm({ frame, view, texts }: PartProps): JSX.Element {
  const { language } = frame;
  const { entered, faults, chosen } = view;
  const protocol = chosen?.protocol ?? 'cxml';
  const fault = (name: string): string | undefined => faultText(faults[name], language);
  return (
    <form class="card" action={`${frame.base}/connections/new`}>
      <Kept view={view} except={NAME_FIELDS} />
      <FormRow name="name" label={texts.name} value={entered['name']} hint={texts.nameHint} fault={fault('name')} />
      <FormRow name="id" label={texts.id} value={entered['id']} hint={texts.idHint} fault={fault('id')} />
      {protocol === 'cxml' ? <h2>{texts.from}</h2> : null}
      <NameFields language={language} protocol={protocol} entered={entered} faults={faults} />
      {protocol === 'cxml' ? (
        <>
          <h2>{texts.to}</h2>
          <FormRow
            name="to_domain"
            label={texts.toDomain}
            value={entered['to_domain'] ?? 'DUNS'}
            fault={fault('to_domain')}
          />
          <FormRow
            name="to_identity"
            label={texts.toIdentity}
            value={entered['to_identity']}
            hint={view.needsTo ? texts.toHint : `${texts.toHint} ${texts.toEmpty}`}
            fault={fault('to_identity')}
          />
        </>
      ) : null}
      {protocol === 'repost' ? (
        <>
          <LinesRow
            name="templates"
            label={texts.templates}
            value={entered['templates']}
            hint={texts.templatesHint}
            fault={fault('templates')}
          />
          <LinesRow
            name="customers"
            label={texts.customers}
            value={entered['customers']}
            hint={texts.customersHint}
            fault={fault('customers')}
          />
        </>
      ) : null}
      <Buttons texts={texts} next="returns" back="platform" />
    </form>
  );
}

function ReturnsForm({ frame, view, texts }: PartProps): JSX.Element {
  const { entered, faults, chosen } = view;
  const protocol = chosen?.protocol ?? 'cxml';
  return (
    <form class="card" action={`${frame.base}/connections/new`}>
      <Kept view={view} except={['returns']} />
      <ReturnsField language={frame.language} protocol={protocol} entered={entered} faults={faults} />
      <Buttons texts={texts} next="check" back="names" />
    </form>
  );
}

function Check({ frame, view, texts }: PartProps): JSX.Element {
  const { chosen, entered, summary } = view;
  const form = FORM_TEXTS[frame.language];
  return (
    <>
      {view.refusal === undefined ? null : (
        <Notice tone="bad">
          <RefusedReason language={frame.language} reason={view.refusal} />
        </Notice>
      )}
      <FactList>
        <Fact label={texts.name}>{entered['name']}</Fact>
        <Fact label={texts.id}>{summary?.id}</Fact>
        <Fact label={texts.facts.platform}>{chosen?.platform}</Fact>
        <Fact label={texts.facts.protocol}>{form.protocols[chosen?.protocol ?? 'cxml']}</Fact>
        <Fact label={chosen?.protocol === 'oci' ? form.userName : texts.facts.from}>{summary?.from}</Fact>
        <Fact label={texts.facts.to}>{chosen?.protocol === 'cxml' ? (summary?.to ?? texts.facts.any) : undefined}</Fact>
        <Fact label={texts.templates}>{chosen?.protocol === 'repost' ? summary?.templates.join(', ') : undefined}</Fact>
        <Fact label={form.returns}>{summary?.returns.join(', ')}</Fact>
      </FactList>
      <form method="post" action={`${frame.base}/connections/new`}>
        <FormToken signedIn={frame.signedIn} />
        <Kept view={view} except={[]} />
        <div class="actions">
          <button type="submit">{texts.create}</button>
          <a class="button quiet" href={addressOf(frame, view, 'returns')}>
            {texts.back}
          </a>
        </div>
      </form>
    </>
  );
}
