import type { JSX } from 'preact';
import { DELIVERY_KEYS, REQUEST_SIGNATURES, SHOP_ROLES } from '../../../domain/orders/connect-shop.js';
import type { ShopSummary } from '../../../ports/orders/connect-shops.js';
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

export interface ShopsView {
  shops: readonly ShopSummary[];
  made?: { key: string; hookSecret: string };
  outcome?: AccessOutcome;
  draft: Readonly<Record<string, string>>;
}

/** ConnectShops, the parties of order events, and the keys that they sign with. */
export function shopsPage(frame: PageFrame, { shops, made, outcome, draft }: ShopsView): string {
  const texts = TEXTS[frame.language];
  const { shops: words } = texts;
  const shown =
    made === undefined
      ? []
      : [
          { label: words.key, secret: made.key },
          { label: words.hookSecret, secret: made.hookSecret },
        ];
  return renderPage(
    <AccessFrame frame={frame} part="shops" sub={words.sub} made={shown} outcome={outcome}>
      {shops.length === 0 ? (
        <EmptyState title={words.none} text={words.noneText} />
      ) : (
        <Table
          caption={texts.parts.shops}
          columns={[
            { label: texts.columns.name },
            { label: words.role },
            { label: words.signing },
            { label: words.keys },
            { label: texts.columns.change, isQuiet: true },
          ]}
          rows={shops.map((shop) => [
            <>
              {shop.name} {shop.demo ? <Badge tone="info" text={texts.demo} /> : null}
              <p class="hint">
                <code>{shop.shopId}</code>
              </p>
            </>,
            <>
              {words.roles[shop.role]}
              {shop.connectionId === undefined ? null : (
                <p class="hint">
                  <a href={`${frame.base}/connections/${encodeURIComponent(shop.connectionId)}`}>{shop.connectionId}</a>
                </p>
              )}
            </>,
            <>
              {words.deliveryKeys[shop.signing.deliveryKey]}
              <p class="hint">{words.signatures[shop.signing.requestSignature]}</p>
            </>,
            <Keys frame={frame} shop={shop} />,
            <ChangeButton
              frame={frame}
              action={`${frame.base}/access/shops/${shop.shopId}/keys`}
              id={`more-${shop.shopId}`}
              text={words.more}
              label={words.moreOf(shop.name)}
              tone="quiet"
            />,
          ])}
        />
      )}
      <h2>{words.add}</h2>
      <form class="card" method="post" action={`${frame.base}/access/shops`}>
        <FormToken signedIn={frame.signedIn} />
        <FormRow name="shop_id" label={words.id} value={draft['shop_id']} hint={words.idHint} required />
        <FormRow name="name" label={texts.name} value={draft['name']} required />
        <Choice name="role" label={words.role} draft={draft} values={SHOP_ROLES} words={words.roles} />
        <FormRow name="connection" label={words.connection} value={draft['connection']} hint={words.connectionHint} />
        <Choice
          name="delivery_key"
          label={words.deliveryKey}
          draft={draft}
          values={DELIVERY_KEYS}
          words={words.deliveryKeys}
          kept={words.kept(words.deliveryKeys.own)}
        />
        <Choice
          name="request_signature"
          label={words.signature}
          draft={draft}
          values={REQUEST_SIGNATURES}
          words={words.signatures}
          kept={words.kept(words.signatures.optional)}
        />
        <ProofField frame={frame} id="add" />
        <button type="submit">{words.button}</button>
      </form>
    </AccessFrame>,
  );
}

interface ChoiceProps<Value extends string> {
  name: string;
  label: string;
  draft: Readonly<Record<string, string>>;
  values: readonly Value[];
  words: Readonly<Record<Value, string>>;
  /** Offered first: the shop keeps what it has. */
  kept?: string;
}

function Choice<Value extends string>({ name, label, draft, values, words, kept }: ChoiceProps<Value>): JSX.Element {
  return (
    <ChoiceRow
      name={name}
      label={label}
      value={draft[name] ?? ''}
      choices={[
        ...(kept === undefined ? [] : [{ value: '', label: kept }]),
        ...values.map((value) => ({ value, label: words[value] })),
      ]}
    />
  );
}

function Keys({ frame, shop }: { frame: PageFrame; shop: ShopSummary }): JSX.Element {
  const { language, now, base } = frame;
  const texts = TEXTS[language];
  if (shop.keys.length === 0) return <Badge tone="warn" text={texts.shops.noKey} />;
  return (
    <ul class="plain">
      {shop.keys.map(({ keyId, createdAt, expiresAt }) => (
        <li class="actions">
          <span>
            <code>{keyId}</code> <Moment at={createdAt} now={now} language={language} />{' '}
            {expiresAt === undefined ? null : (
              <Badge tone="warn" text={texts.ends(agoText(expiresAt, now, language))} />
            )}
          </span>
          <ChangeButton
            frame={frame}
            action={`${base}/access/shops/${shop.shopId}/keys/${encodeURIComponent(keyId)}/revoke`}
            id={`${shop.shopId}-${keyId}`}
            text={texts.revoke}
            label={texts.shops.revokeKey(shop.name, keyId)}
            tone="danger"
          />
        </li>
      ))}
    </ul>
  );
}
