import type { Protocol } from '../../../domain/transmission/protocol.js';
import { Badge } from '../../ui/badge.js';
import { EmptyState } from '../../ui/empty-state.js';
import { Moment } from '../../ui/moment.js';
import { numberText, shareText } from '../../ui/numbers.js';
import { type PageFrame, PageShell } from '../../ui/shell/page-shell.js';
import { renderPage } from '../../ui/shell/render-page.js';
import { Table } from '../../ui/table.js';
import { TEXTS } from './texts.js';

export interface ConnectionLine {
  connectionId: string;
  name: string;
  protocol: Protocol;
  platform?: string;
  demo: boolean;
  /** Its call-ups are refused. */
  isDisabled: boolean;
  returnOrigins: readonly string[];
  callUps: number;
  transfers: number;
  lastTransferAt?: Date;
  newestSecretAt?: Date;
}

export function connectionsPage(frame: PageFrame, connections: readonly ConnectionLine[], mayChange: boolean): string {
  const { language, now } = frame;
  const texts = TEXTS[language];
  const { columns } = texts;
  return renderPage(
    <PageShell frame={frame} title={texts.title} current="connections">
      <h1>{texts.title}</h1>
      <p class="sub">{texts.sub}</p>
      {mayChange ? (
        <p>
          <a class="button" href={`${frame.base}/connections/new`}>
            {texts.add}
          </a>
        </p>
      ) : null}
      {connections.length === 0 ? (
        <EmptyState title={texts.empty} text={texts.emptyText} />
      ) : (
        <Table
          caption={texts.title}
          columns={[
            { label: columns.name },
            { label: columns.protocol },
            { label: columns.callUps, isNumber: true },
            { label: columns.rate, isNumber: true },
            { label: columns.last },
            { label: columns.secret },
            { label: columns.returns },
          ]}
          rows={connections.map((one) => [
            <>
              <a href={`${frame.base}/connections/${encodeURIComponent(one.connectionId)}`}>{one.name}</a>{' '}
              {one.demo ? <Badge tone="info" text={texts.demo} /> : null}
              {one.isDisabled ? <Badge tone="warn" text={texts.disabled} /> : null}
              <p class="hint mono">{one.connectionId}</p>
            </>,
            <>
              {one.protocol}
              {one.platform === undefined ? null : <p class="hint">{texts.platform(one.platform)}</p>}
            </>,
            numberText(one.callUps, language),
            rateText(one, frame),
            one.lastTransferAt === undefined ? (
              <span class="hint">{texts.none}</span>
            ) : (
              <Moment at={one.lastTransferAt} now={now} language={language} />
            ),
            one.newestSecretAt === undefined ? (
              <span class="hint">{texts.noSecret}</span>
            ) : (
              <Moment at={one.newestSecretAt} now={now} language={language} />
            ),
            one.returnOrigins.map((origin) => (
              <div>
                <code>{origin}</code>
              </div>
            )),
          ])}
        />
      )}
    </PageShell>,
  );
}

function rateText({ callUps, transfers }: ConnectionLine, { language }: PageFrame): string {
  const share = shareText(transfers, callUps, language);
  return share === undefined ? TEXTS[language].noCallUps : TEXTS[language].rate(numberText(transfers, language), share);
}
