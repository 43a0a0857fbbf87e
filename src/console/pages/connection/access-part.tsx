import type { JSX } from 'preact';
import { EmptyState } from '../../ui/empty-state.js';
import { Moment } from '../../ui/moment.js';
import { ProofField } from '../../ui/proof-field.js';
import { Table } from '../../ui/table.js';
import { NameFields, SecretField } from '../connection-form/connection-fields.js';
import { ChangeForm, type PartProps } from './change-form.js';

/** Names of the buyer: listed, added, removed. */
export function NamesPart({ frame, view, texts }: PartProps): JSX.Element {
  const { language, now } = frame;
  if (view.protocol === 'repost') return <p class="hint">{texts.middlewareNames}</p>;
  return (
    <>
      <p class="hint">{texts.namesHint}</p>
      {view.credentials.length === 0 ? (
        <EmptyState title={texts.noNames} text={texts.noNamesText} />
      ) : (
        <Table
          caption={texts.names}
          columns={[{ label: texts.name }, { label: texts.added }, { label: texts.change, isQuiet: true }]}
          rows={view.credentials.map(({ id, text, addedAt }) => [
            <code>{text}</code>,
            <Moment at={addedAt} now={now} language={language} />,
            view.mayChange ? (
              <ChangeForm frame={frame} view={view} path={`credentials/${encodeURIComponent(id)}/remove`}>
                <button type="submit" class="danger" aria-label={texts.removeName(text)}>
                  {texts.remove}
                </button>
              </ChangeForm>
            ) : null,
          ])}
        />
      )}
      {view.mayChange ? (
        <details class="more" open={view.faults['identity'] !== undefined || view.faults['domain'] !== undefined}>
          <summary>{texts.addName}</summary>
          <ChangeForm frame={frame} view={view} path="credentials" isCard>
            <NameFields language={language} protocol={view.protocol} entered={view.entered} faults={view.faults} />
            <button type="submit">{texts.addName}</button>
          </ChangeForm>
        </details>
      ) : null}
    </>
  );
}

/** Secrets by id and age: made, added, revoked. */
export function SecretsPart({ frame, view, texts }: PartProps): JSX.Element {
  const { language, now } = frame;
  return (
    <>
      <p class="hint">{texts.secretsHint}</p>
      {view.secrets.length === 0 ? (
        <EmptyState title={texts.noSecret} text={texts.noSecretText} />
      ) : (
        <Table
          caption={texts.secrets[view.protocol]}
          columns={[
            { label: texts.secret },
            { label: texts.added },
            { label: texts.kept },
            { label: texts.change, isQuiet: true },
          ]}
          rows={view.secrets.map(({ id, madeAt, isSealed }) => [
            <code>{id}</code>,
            <Moment at={madeAt} now={now} language={language} />,
            isSealed ? texts.sealed : texts.hash,
            view.mayChange ? (
              <ChangeForm frame={frame} view={view} path={`secrets/${encodeURIComponent(id)}/revoke`}>
                <ProofField frame={frame} id={`revoke-${id}`} />
                <button type="submit" class="danger" aria-label={texts.revokeSecret(id)}>
                  {texts.revoke}
                </button>
              </ChangeForm>
            ) : null,
          ])}
        />
      )}
      {view.mayChange ? (
        <>
          <ChangeForm frame={frame} view={view} path="secrets/make">
            <ProofField frame={frame} id="make" />
            <div class="actions">
              <button type="submit">{texts.make}</button>
              <span class="hint">{texts.makeHint}</span>
            </div>
          </ChangeForm>
          <details class="more" open={view.faults['secret'] !== undefined}>
            <summary>{texts.giveTitle}</summary>
            <ChangeForm frame={frame} view={view} path="secrets" isCard>
              <SecretField language={language} protocol={view.protocol} faults={view.faults} />
              <ProofField frame={frame} id="give" />
              <button type="submit">{texts.give}</button>
            </ChangeForm>
          </details>
        </>
      ) : null}
    </>
  );
}
