import type { JSX } from 'preact';
import { Badge } from '../../ui/badge.js';
import { EmptyState } from '../../ui/empty-state.js';
import { Fact, FactList } from '../../ui/fact-list.js';
import { Moment } from '../../ui/moment.js';
import { Notice, RefusedReason } from '../../ui/notice.js';
import { wrongProofText } from '../../ui/proof-field.js';
import { type PageFrame, PageShell } from '../../ui/shell/page-shell.js';
import { renderPage } from '../../ui/shell/render-page.js';
import { Table } from '../../ui/table.js';
import { ReturnsField } from '../connection-form/connection-fields.js';
import { TEXTS as FORM_TEXTS } from '../connection-form/texts.js';
import { NamesPart, SecretsPart } from './access-part.js';
import { ChangeForm, type PartProps } from './change-form.js';
import { ChangesTable } from './changes-table.js';
import type { ConnectionView } from './connection-view.js';
import { TEXTS } from './texts.js';

/** One buying organisation: who it is, what it may, what it did last. */
export function connectionPage(frame: PageFrame, view: ConnectionView): string {
  const texts = TEXTS[frame.language];
  const part = { frame, view, texts };
  return renderPage(
    <PageShell frame={frame} title={view.name} current="connections">
      <h1>
        {view.name}{' '}
        {view.disabledAt === undefined ? (
          <Badge tone="good" text={texts.enabled} />
        ) : (
          <Badge tone="warn" text={texts.disabled} />
        )}{' '}
        {view.demo ? <Badge tone="info" text={texts.demo} /> : null}
      </h1>
      <Parts {...part} />
      <Outcome {...part} />
      {view.mayChange && view.disabledAt !== undefined && view.secrets.length === 0 ? (
        <Notice tone="info">
          {texts.unfinished}{' '}
          <a href={`${frame.base}/connections/${encodeURIComponent(view.connectionId)}/setup/secret`}>{texts.goOn}</a>
        </Notice>
      ) : null}
      <Facts {...part} />
      <h2>{texts.names}</h2>
      <NamesPart {...part} />
      <h2>{texts.secrets[view.protocol]}</h2>
      <SecretsPart {...part} />
      <h2>{texts.returns}</h2>
      <Returns {...part} />
      <h2>{texts.refusals}</h2>
      <Refusals {...part} />
      {view.mayChange ? (
        <>
          <h2>{texts.changes}</h2>
          <ChangesTable frame={frame} caption={texts.changes} changes={view.changes} />
          <h2>{texts.state}</h2>
          <State {...part} />
        </>
      ) : null}
    </PageShell>,
  );
}

function Parts({ frame: { base }, view: { connectionId, mayChange }, texts }: PartProps): JSX.Element {
  const own = `${base}/connections/${encodeURIComponent(connectionId)}`;
  return (
    <nav class="parts" aria-label={texts.parts}>
      <a href={`${own}/settings`}>{texts.settings}</a>
      <a href={`${own}/mapping`}>{texts.mapping}</a>
      <a href={`${own}/addresses`}>{texts.addresses}</a>
      <a href={`${own}/indexes`}>{texts.indexes}</a>
      {mayChange ? (
        <>
          <a href={`${own}/setup/secret`}>{texts.setup}</a>
          <a href={`${own}/test`}>{texts.test}</a>
          <a href={`${own}/hand-over`}>{texts.handOver}</a>
        </>
      ) : null}
      <a href={`${base}/sessions?connection=${encodeURIComponent(connectionId)}`}>{texts.sessions}</a>
    </nav>
  );
}

function Outcome({ frame, view: { outcome, madeSecret }, texts }: PartProps): JSX.Element | null {
  if (madeSecret !== undefined)
    return (
      <Notice tone="good">
        <p>{texts.made}</p>
        <p>
          <code class="secret">{madeSecret}</code>
        </p>
      </Notice>
    );
  if (outcome === undefined || outcome.kind === 'faulty') return null;
  if (outcome.kind === 'lost')
    return (
      <>
        <Notice tone="bad">
          <p>{texts.lost}</p>
          <p>{texts.lostHint}</p>
        </Notice>
        <ChangesTable frame={frame} caption={texts.changes} changes={outcome.changes} />
      </>
    );
  if (outcome.kind === 'done') return <Notice tone="good">{texts.done}</Notice>;
  const { kind } = outcome;
  return (
    <Notice tone="bad">
      {kind === 'refused' ? (
        <RefusedReason language={frame.language} reason={outcome.reason} />
      ) : kind === 'gone' ? (
        texts.gone
      ) : (
        wrongProofText(frame)
      )}
    </Notice>
  );
}

function Facts({ frame, view, texts }: PartProps): JSX.Element {
  const { now, language } = frame;
  const moment = (at: Date): JSX.Element => <Moment at={at} now={now} language={language} />;
  const { lastCart } = view;
  return (
    <FactList>
      <Fact label={texts.facts.id}>
        <code>{view.connectionId}</code>
      </Fact>
      <Fact label={texts.facts.protocol}>{FORM_TEXTS[language].protocols[view.protocol]}</Fact>
      <Fact label={texts.facts.platform}>{view.platform ?? texts.generic}</Fact>
      <Fact label={texts.facts.customer}>{view.customer ?? texts.shopDefault}</Fact>
      <Fact label={texts.facts.created}>{moment(view.createdAt)}</Fact>
      <Fact label={texts.facts.since}>{view.disabledAt === undefined ? undefined : moment(view.disabledAt)}</Fact>
      <Fact label={texts.facts.lastCart}>
        {lastCart === undefined ? (
          texts.noCart
        ) : (
          <a href={`${frame.base}/sessions/${encodeURIComponent(lastCart.sessionId)}`}>{moment(lastCart.at)}</a>
        )}
      </Fact>
    </FactList>
  );
}

function Returns({ frame, view, texts }: PartProps): JSX.Element {
  if (!view.mayChange)
    return (
      <ul class="plain">
        {view.returnOrigins.map((origin) => (
          <li>
            <code>{origin}</code>
          </li>
        ))}
      </ul>
    );
  const entered = { returns: view.entered['returns'] ?? view.returnOrigins.join('\n') };
  return (
    <ChangeForm frame={frame} view={view} path="returns" isCard>
      <ReturnsField language={frame.language} protocol={view.protocol} entered={entered} faults={view.faults} />
      <button type="submit">{texts.save}</button>
    </ChangeForm>
  );
}

function Refusals({ frame, view, texts }: PartProps): JSX.Element {
  const { base, now, language } = frame;
  if (view.refusals.length === 0) return <EmptyState title={texts.noRefusals} text={texts.noRefusalsText} />;
  return (
    <>
      <Table
        caption={texts.refusals}
        columns={[{ label: texts.when }, { label: texts.cause }, { label: texts.remedy }]}
        rows={view.refusals.map(({ at, meaning, reference }) => [
          <Moment at={at} now={now} language={language} />,
          <>
            {reference === undefined ? (
              <code>{meaning.code}</code>
            ) : (
              <a href={`${base}/refusals?reference=${encodeURIComponent(reference)}`}>
                <code>{meaning.code}</code>
              </a>
            )}
            <p class="hint">{meaning.reason ?? meaning.title}</p>
          </>,
          meaning.remedy,
        ])}
      />
      <p class="after">
        <a href={`${base}/refusals?connection=${encodeURIComponent(view.connectionId)}`}>{texts.allRefusals}</a>
      </p>
    </>
  );
}

function State({ frame, view, texts }: PartProps): JSX.Element {
  const isEnabled = view.disabledAt === undefined;
  return (
    <div class="card">
      <ChangeForm frame={frame} view={view} path="state">
        <input type="hidden" name="state" value={isEnabled ? 'disabled' : 'enabled'} />
        <div class="actions">
          <button type="submit" class={isEnabled ? 'danger' : ''}>
            {isEnabled ? texts.disable : texts.enable}
          </button>
          <span class="hint">{isEnabled ? texts.disableHint : texts.enableHint}</span>
        </div>
      </ChangeForm>
      <p class="after">
        <a href={`${frame.base}/connections/${encodeURIComponent(view.connectionId)}/remove`}>{texts.removal}</a>
      </p>
    </div>
  );
}
