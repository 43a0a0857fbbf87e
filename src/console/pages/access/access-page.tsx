import type { JSX } from 'preact';
import type { ApiKey } from '../../../ports/access/client-keys.js';
import { Badge } from '../../ui/badge.js';
import { EmptyState } from '../../ui/empty-state.js';
import { ChoiceRow, FormRow } from '../../ui/form-row.js';
import { Moment, agoText } from '../../ui/moment.js';
import { Notice } from '../../ui/notice.js';
import { ProofField, wrongProofText } from '../../ui/proof-field.js';
import { FormToken, type PageFrame, PageShell } from '../../ui/shell/page-shell.js';
import { renderPage } from '../../ui/shell/render-page.js';
import { Table } from '../../ui/table.js';
import { TEXTS } from './texts.js';

/** What the form offers, with the scopes that each stands for. */
export const KEY_KINDS = { read: ['read'], write: ['read', 'write'], admin: ['admin'] } as const;
/** Days that an old key may still work. */
export const GRACE_DAYS = [0, 1, 7, 30] as const;

export interface AccessView {
  /** Newest first. */
  keys: readonly ApiKey[];
  /** Made by this very request; in no other page. */
  madeKey?: string;
  outcome?: { kind: 'done' } | { kind: 'wrong_proof' } | { kind: 'refused'; reason: string };
  /** What was typed. */
  draft?: { name: string; kind: string };
}

/** Who has access beside the buyers: API keys, and the way to the operators. */
export function accessPage(frame: PageFrame, view: AccessView): string {
  const texts = TEXTS[frame.language];
  return renderPage(
    <PageShell frame={frame} title={texts.title} current="access">
      <h1>{texts.title}</h1>
      <p class="sub">
        {texts.sub} <a href={`${frame.base}/operators`}>{texts.operators}</a>
      </p>
      <Told frame={frame} view={view} />
      <h2>{texts.keys}</h2>
      {view.keys.length === 0 ? (
        <EmptyState title={texts.none} text={texts.noneText} />
      ) : (
        <KeyTable frame={frame} keys={view.keys} />
      )}
      <h2>{texts.make}</h2>
      <form class="card" method="post" action={`${frame.base}/access/keys`}>
        <FormToken signedIn={frame.signedIn} />
        <FormRow name="name" label={texts.name} value={view.draft?.name} hint={texts.nameHint} required />
        <ChoiceRow
          name="kind"
          label={texts.may}
          value={view.draft?.kind ?? 'read'}
          choices={(['read', 'write', 'admin'] as const).map((value) => ({ value, label: texts.choices[value] }))}
        />
        <ProofField frame={frame} id="make" />
        <button type="submit">{texts.button}</button>
      </form>
    </PageShell>,
  );
}

function Told({ frame, view: { madeKey, outcome } }: { frame: PageFrame; view: AccessView }): JSX.Element | null {
  const texts = TEXTS[frame.language];
  if (madeKey !== undefined)
    return (
      <Notice tone="good">
        <p>{texts.made}</p>
        <p>
          <code class="secret">{madeKey}</code>
        </p>
      </Notice>
    );
  switch (outcome?.kind) {
    case 'done':
      return <Notice tone="good">{texts.done}</Notice>;
    case 'wrong_proof':
      return <Notice tone="bad">{wrongProofText(frame)}</Notice>;
    case 'refused':
      return <Notice tone="bad">{outcome.reason}</Notice>;
    default:
      return null;
  }
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
        key.scopes.map((scope) => texts.scopes[scope]).join(', '),
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
      <form method="post" action={`${address}/revoke`}>
        <FormToken signedIn={frame.signedIn} />
        <ProofField frame={frame} id={`revoke-${keyId}`} />
        <button type="submit" class="danger" aria-label={texts.revokeKey(name)}>
          {texts.revoke}
        </button>
      </form>
    </div>
  );
}
