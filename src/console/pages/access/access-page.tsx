import type { JSX } from 'preact';
import type { ApiKey } from '../../../ports/access/client-keys.js';
import { Badge } from '../../ui/badge.js';
import { EmptyState } from '../../ui/empty-state.js';
import { ChoiceRow, FormRow } from '../../ui/form-row.js';
import { Moment, agoText } from '../../ui/moment.js';
import { ProofField } from '../../ui/proof-field.js';
import { FormToken, type PageFrame } from '../../ui/shell/page-shell.js';
import { renderPage } from '../../ui/shell/render-page.js';
import { Table } from '../../ui/table.js';
import { AccessFrame, type AccessOutcome } from './access-frame.js';
import { ChangeButton } from './change-button.js';
import { TEXTS } from './texts.js';

/** What the form offers, with the scopes that each stands for. */
export const KEY_KINDS = {
  read: ['read'],
  write: ['read', 'write'],
  admin: ['admin'],
  index: ['index'],
  'open-buy': ['open-buy'],
} as const;
/** Days that an old key may still work. */
export const GRACE_DAYS = [0, 1, 7, 30] as const;

export interface AccessView {
  /** Newest first. */
  keys: readonly ApiKey[];
  /** Made by this very request; in no other page. */
  madeKey?: string;
  outcome?: AccessOutcome;
  /** What was typed. */
  draft?: { name: string; kind: string; connection: string };
}

/** API keys, the first part of Access. */
export function accessPage(frame: PageFrame, view: AccessView): string {
  const texts = TEXTS[frame.language];
  const made = view.madeKey === undefined ? [] : [{ label: texts.key, secret: view.madeKey }];
  return renderPage(
    <AccessFrame frame={frame} part="keys" sub={texts.sub} made={made} outcome={view.outcome}>
      {view.keys.length === 0 ? (
        <EmptyState title={texts.none} text={texts.noneText} />
      ) : (
        <KeyTable frame={frame} keys={view.keys} />
      )}
      <h2 id="make">{texts.make}</h2>
      <form class="card" method="post" action={`${frame.base}/access/keys`}>
        <FormToken signedIn={frame.signedIn} />
        <FormRow name="name" label={texts.name} value={view.draft?.name} hint={texts.nameHint} required />
        <ChoiceRow
          name="kind"
          label={texts.may}
          value={view.draft?.kind ?? 'read'}
          choices={(['read', 'write', 'admin', 'index', 'open-buy'] as const).map((value) => ({
            value,
            label: texts.choices[value],
          }))}
        />
        <FormRow
          name="connection"
          label={texts.ofConnection}
          value={view.draft?.connection}
          hint={texts.ofConnectionHint}
        />
        <ProofField frame={frame} id="make" />
        <button type="submit">{texts.button}</button>
      </form>
    </AccessFrame>,
  );
}

function KeyTable({ frame, keys }: { frame: PageFrame; keys: readonly ApiKey[] }): JSX.Element {
  const { language, now } = frame;
  const texts = TEXTS[language];
  return (
    <Table
      caption={texts.keys}
      columns={[
        { label: texts.columns.name },
        { label: texts.columns.scopes },
        { label: texts.columns.state },
        { label: texts.columns.made },
        { label: texts.columns.change, isQuiet: true },
      ]}
      rows={keys.map((key) => [
        <>
          {key.name}
          <p class="hint">
            <code>{key.keyId}</code>
          </p>
        </>,
        <>
          {key.scopes.map((scope) => texts.scopes[scope]).join(', ')}
          {key.connectionId === undefined ? null : (
            <p class="hint">
              <code>{key.connectionId}</code>
            </p>
          )}
        </>,
        <KeyState apiKey={key} frame={frame} />,
        <Moment at={key.createdAt} now={now} language={language} />,
        isActive(key, now) ? <KeyForms apiKey={key} frame={frame} /> : null,
      ])}
    />
  );
}

interface KeyProps {
  frame: PageFrame;
  apiKey: ApiKey;
}

function isActive({ revokedAt, expiresAt }: ApiKey, now: Date): boolean {
  return revokedAt === undefined && (expiresAt === undefined || expiresAt > now);
}

function KeyState({ frame: { language, now }, apiKey }: KeyProps): JSX.Element {
  const texts = TEXTS[language];
  if (!isActive(apiKey, now)) return <Badge tone="quiet" text={texts.revoked} />;
  const { expiresAt, demo } = apiKey;
  if (expiresAt !== undefined) return <Badge tone="warn" text={texts.ends(agoText(expiresAt, now, language))} />;
  return demo ? <Badge tone="info" text={texts.demo} /> : <Badge tone="good" text={texts.active} />;
}

function KeyForms({ frame, apiKey: { keyId, name, expiresAt } }: KeyProps): JSX.Element {
  const texts = TEXTS[frame.language];
  const address = `${frame.base}/access/keys/${encodeURIComponent(keyId)}`;
  return (
    <div class="actions">
      {expiresAt === undefined ? (
        <form method="post" action={`${address}/rotate`}>
          <FormToken signedIn={frame.signedIn} />
          <div class="actions">
            <div>
              <label class="unseen" for={`grace-${keyId}`}>
                {texts.grace}
              </label>
              <select id={`grace-${keyId}`} name="grace">
                {GRACE_DAYS.map((days) => (
                  <option value={days} selected={days === 7}>
                    {texts.days(days)}
                  </option>
                ))}
              </select>
            </div>
            <button type="submit" class="quiet" aria-label={texts.rotateKey(name)}>
              {texts.rotate}
            </button>
          </div>
          <ProofField frame={frame} id={`rotate-${keyId}`} />
        </form>
      ) : null}
      <ChangeButton
        frame={frame}
        action={`${address}/revoke`}
        id={`revoke-${keyId}`}
        text={texts.revoke}
        label={texts.revokeKey(name)}
        tone="danger"
      />
    </div>
  );
}
