import type { JSX } from 'preact';
import type { Protocol } from '../../../domain/transmission/protocol.js';
import { FormRow } from '../../ui/form-row.js';
import { Notice, RefusedReason } from '../../ui/notice.js';
import { ProofField, wrongProofText } from '../../ui/proof-field.js';
import type { PageFrame } from '../../ui/shell/page-shell.js';
import { renderPage } from '../../ui/shell/render-page.js';
import { ChangeForm } from '../connection/change-form.js';
import { SecretField } from '../connection-form/connection-fields.js';
import { type FieldFaults, faultText } from '../connection-form/field-fault.js';
import { StepFrame, setupHrefs } from './step-frame.js';
import { TEXTS } from './texts.js';

export interface SetupView {
  step: 'secret' | 'customer';
  connectionId: string;
  name: string;
  protocol: Protocol;
  version: number;
  secrets: number;
  /** Which choice is marked, and what was entered. */
  entered: Readonly<Record<string, string>>;
  faults: FieldFaults;
  outcome?: { kind: 'wrong_proof' | 'lost' } | { kind: 'refused'; reason: string };
  /** Made by this very request; in no other page. */
  madeSecret?: string;
}

interface PartProps {
  frame: PageFrame;
  view: SetupView;
  texts: (typeof TEXTS)['en'];
}

/** The steps on a connection that exists: its secret, and the shop's customer. */
export function setupPage(frame: PageFrame, view: SetupView): string {
  const { language, base } = frame;
  const texts = TEXTS[language];
  const { outcome } = view;
  const isSecret = view.step === 'secret';
  const customerHint = view.protocol === 'repost' ? texts.customerMiddleware : texts.customerHint;
  return renderPage(
    <StepFrame
      frame={frame}
      title={texts.titleOf(view.name)}
      heading={isSecret ? texts.secretTitle : texts.customerTitle}
      hint={
        isSecret ? (view.secrets > 0 ? `${texts.has(view.secrets)} ${texts.hasHint}` : texts.secretHint) : customerHint
      }
      step={view.step}
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
      {isSecret ? (
        <SecretStep frame={frame} view={view} texts={texts} />
      ) : (
        <CustomerStep frame={frame} view={view} texts={texts} />
      )}
      <p class="hint after">
        {texts.earlier} <a href={`${base}/connections/${encodeURIComponent(view.connectionId)}`}>{texts.earlierLink}</a>
        .
      </p>
    </StepFrame>,
  );
}

interface ChoicesProps {
  name: string;
  label: string;
  value: string;
  choices: readonly { value: string; label: string }[];
}

function Choices({ name, label, value, choices }: ChoicesProps): JSX.Element {
  return (
    <fieldset class="choices plain">
      <legend class="unseen">{label}</legend>
      {choices.map((choice) => (
        <label class="choice">
          <input type="radio" name={name} value={choice.value} checked={choice.value === value} />
          <span>{choice.label}</span>
        </label>
      ))}
    </fieldset>
  );
}

function SecretStep({ frame, view, texts }: PartProps): JSX.Element {
  const next = setupHrefs(frame.base, view.connectionId).customer;
  if (view.madeSecret !== undefined)
    return (
      <>
        <Notice tone="good">
          <p>{texts.made}</p>
          <p>
            <code class="secret">{view.madeSecret}</code>
          </p>
        </Notice>
        <a class="button" href={next}>
          {texts.next}
        </a>
      </>
    );
  return (
    <ChangeForm frame={frame} view={view} path="setup/secret" isCard>
      <Choices
        name="choice"
        label={texts.choice}
        value={view.entered['choice'] ?? (view.secrets > 0 ? 'later' : 'make')}
        choices={[
          { value: 'make', label: texts.make },
          { value: 'given', label: texts.given },
          { value: 'later', label: texts.later },
        ]}
      />
      <SecretField language={frame.language} protocol={view.protocol} faults={view.faults} />
      <ProofField frame={frame} id="secret" />
      <div class="actions">
        <button type="submit">{texts.next}</button>
      </div>
    </ChangeForm>
  );
}

function CustomerStep({ frame, view, texts }: PartProps): JSX.Element {
  const { language, base } = frame;
  const { entered, faults } = view;
  return (
    <ChangeForm frame={frame} view={view} path="setup/customer" isCard>
      {view.protocol === 'repost' ? null : (
        <>
          <Choices
            name="customer"
            label={texts.customerChoice}
            value={entered['customer'] ?? 'default'}
            choices={[
              { value: 'default', label: texts.shopDefault },
              { value: 'number', label: texts.byNumber },
              { value: 'email', label: texts.byEmail },
            ]}
          />
          <FormRow
            name="number"
            label={texts.number}
            value={entered['number']}
            fault={faultText(faults['number'], language)}
          />
          <FormRow
            name="email"
            label={texts.email}
            value={entered['email']}
            fault={faultText(faults['email'], language)}
          />
        </>
      )}
      <div class="actions">
        <button type="submit">{texts.switchOn}</button>
        <a class="button quiet" href={setupHrefs(base, view.connectionId).secret}>
          {texts.back}
        </a>
      </div>
    </ChangeForm>
  );
}
