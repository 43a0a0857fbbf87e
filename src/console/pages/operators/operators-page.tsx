import type { JSX } from 'preact';
import { OPERATOR_ROLES } from '../../../domain/access/operator-roles.js';
import { type Operator, PASSWORD_MIN } from '../../../domain/access/operator.js';
import { Badge } from '../../ui/badge.js';
import { ChoiceRow, FormRow } from '../../ui/form-row.js';
import { Notice, RefusedReason } from '../../ui/notice.js';
import { ProofField, wrongProofText } from '../../ui/proof-field.js';
import { FormToken, type PageFrame, PageShell } from '../../ui/shell/page-shell.js';
import { renderPage } from '../../ui/shell/render-page.js';
import { Table } from '../../ui/table.js';
import { TEXTS } from './texts.js';

export interface OperatorsView {
  operators: readonly Operator[];
  ownId: string;
  /** Operators may also sign in at the OpenID provider, without a password of ours. */
  hasProvider: boolean;
  outcome?: { kind: 'done' } | { kind: 'wrong_proof' } | { kind: 'refused'; reason: string };
  /** What was typed into the form for a new one. */
  draft?: { email: string; name: string; role: string };
}

export function operatorsPage(frame: PageFrame, view: OperatorsView): string {
  const texts = TEXTS[frame.language];
  const { outcome } = view;
  return renderPage(
    <PageShell frame={frame} title={texts.title} current="operators">
      <h1>{texts.title}</h1>
      <p class="sub">{texts.sub}</p>
      {outcome === undefined ? null : (
        <Notice tone={outcome.kind === 'done' ? 'good' : 'bad'}>
          {outcome.kind === 'done' ? (
            texts.done
          ) : outcome.kind === 'wrong_proof' ? (
            wrongProofText(frame)
          ) : (
            <RefusedReason language={frame.language} reason={outcome.reason} />
          )}
        </Notice>
      )}
      <Table
        caption={texts.title}
        columns={[
          { label: texts.columns.who },
          { label: texts.columns.state },
          { label: texts.columns.role },
          { label: texts.columns.change, isQuiet: true },
        ]}
        rows={view.operators.map((operator) => [
          <>
            {operator.name} {operator.operatorId === view.ownId ? <Badge tone="info" text={texts.you} /> : null}
            <p class="hint">{operator.email}</p>
          </>,
          operator.disabledAt === undefined ? (
            <Badge tone="good" text={texts.active} />
          ) : (
            <Badge tone="quiet" text={texts.disabled} />
          ),
          operator.operatorId === view.ownId || operator.fromProvider === true ? (
            <>
              {texts.roles[operator.role]}
              {operator.fromProvider === true ? <p class="hint">{texts.fromProvider}</p> : null}
            </>
          ) : (
            <RoleForm frame={frame} operator={operator} />
          ),
          operator.operatorId === view.ownId ? null : <StateForm frame={frame} operator={operator} />,
        ])}
      />
      <h2>{texts.add}</h2>
      <AddForm frame={frame} view={view} />
    </PageShell>,
  );
}

interface OperatorProps {
  frame: PageFrame;
  operator: Operator;
}

function RoleForm({ frame, operator }: OperatorProps): JSX.Element {
  const texts = TEXTS[frame.language];
  const id = operator.operatorId;
  return (
    <form method="post" action={`${frame.base}/operators/${encodeURIComponent(id)}/role`}>
      <FormToken signedIn={frame.signedIn} />
      <label class="unseen" for={`role-${id}`}>
        {texts.roleOf(operator.email)}
      </label>
      <div class="actions">
        <div>
          <select id={`role-${id}`} name="role">
            {OPERATOR_ROLES.map((role) => (
              <option value={role} selected={role === operator.role}>
                {texts.roles[role]}
              </option>
            ))}
          </select>
        </div>
        <button type="submit" class="quiet">
          {texts.setRole}
        </button>
      </div>
      <ProofField frame={frame} id={`role-${id}`} />
    </form>
  );
}

function StateForm({ frame, operator }: OperatorProps): JSX.Element {
  const texts = TEXTS[frame.language];
  const { operatorId, email, disabledAt } = operator;
  const isActive = disabledAt === undefined;
  return (
    <form method="post" action={`${frame.base}/operators/${encodeURIComponent(operatorId)}/state`}>
      <FormToken signedIn={frame.signedIn} />
      <input type="hidden" name="state" value={isActive ? 'disabled' : 'active'} />
      <ProofField frame={frame} id={`state-${operatorId}`} />
      <button
        type="submit"
        class={isActive ? 'danger' : 'quiet'}
        aria-label={isActive ? texts.disable(email) : texts.enable(email)}
      >
        {isActive ? texts.disableShort : texts.enableShort}
      </button>
    </form>
  );
}

function AddForm({ frame, view }: { frame: PageFrame; view: OperatorsView }): JSX.Element {
  const texts = TEXTS[frame.language];
  const { draft } = view;
  return (
    <form class="card" method="post" action={`${frame.base}/operators`}>
      <FormToken signedIn={frame.signedIn} />
      <FormRow name="email" label={texts.email} type="email" value={draft?.email} autocomplete="off" required />
      <FormRow name="name" label={texts.name} value={draft?.name} autocomplete="off" required />
      <ChoiceRow
        name="role"
        label={texts.role}
        value={draft?.role ?? 'viewer'}
        choices={OPERATOR_ROLES.map((value) => ({ value, label: texts.roles[value] }))}
      />
      <p class="hint">{texts.roleHelp}</p>
      <FormRow
        name="password"
        label={texts.password}
        type="password"
        hint={view.hasProvider ? texts.passwordOrProvider : texts.passwordHint}
        autocomplete="new-password"
        minLength={PASSWORD_MIN}
        required={!view.hasProvider}
      />
      <ProofField frame={frame} id="add" />
      <button type="submit">{texts.button}</button>
    </form>
  );
}
