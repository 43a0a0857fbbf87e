import type { JSX } from 'preact';
import type { ListedClient } from '../../../ports/access/client-keys.js';
import { Badge } from '../../ui/badge.js';
import { EmptyState } from '../../ui/empty-state.js';
import { FormRow } from '../../ui/form-row.js';
import { Moment } from '../../ui/moment.js';
import { ProofField } from '../../ui/proof-field.js';
import { FormToken, type PageFrame } from '../../ui/shell/page-shell.js';
import { renderPage } from '../../ui/shell/render-page.js';
import { Table } from '../../ui/table.js';
import { AccessFrame, type AccessOutcome } from './access-frame.js';
import { ChangeButton } from './change-button.js';
import { TEXTS } from './texts.js';

export interface ClientsView {
  clients: readonly ListedClient[];
  madeSecret?: string;
  outcome?: AccessOutcome;
  draft: Readonly<Record<string, string>>;
}

/** OAuth clients, which manage session contexts. */
export function clientsPage(frame: PageFrame, { clients, madeSecret, outcome, draft }: ClientsView): string {
  const texts = TEXTS[frame.language];
  const { clients: words } = texts;
  const made = madeSecret === undefined ? [] : [{ label: words.secret, secret: madeSecret }];
  return renderPage(
    <AccessFrame frame={frame} part="clients" sub={words.sub} made={made} outcome={outcome}>
      {clients.length === 0 ? (
        <EmptyState title={words.none} text={words.noneText} />
      ) : (
        <Table
          caption={texts.parts.clients}
          columns={[
            { label: texts.columns.name },
            { label: texts.columns.state },
            { label: words.secrets },
            { label: texts.columns.change, isQuiet: true },
          ]}
          rows={clients.map((client) => [
            <>
              {client.name}
              <p class="hint">
                <code>{client.clientId}</code>
              </p>
              {client.connectionId === undefined ? null : <p class="hint">{words.openBuyOf(client.connectionId)}</p>}
            </>,
            client.revoked ? (
              <Badge tone="quiet" text={words.revoked} />
            ) : client.demo ? (
              <Badge tone="info" text={texts.demo} />
            ) : (
              <Badge tone="good" text={texts.active} />
            ),
            <Secrets frame={frame} client={client} />,
            client.revoked ? null : <ClientForms frame={frame} client={client} />,
          ])}
        />
      )}
      <h2>{words.add}</h2>
      <form class="card" method="post" action={`${frame.base}/access/clients`}>
        <FormToken signedIn={frame.signedIn} />
        <FormRow name="client_id" label={words.id} value={draft['client_id']} hint={words.idHint} required />
        <FormRow name="name" label={texts.name} value={draft['name']} hint={words.nameHint} required />
        <ProofField frame={frame} id="add" />
        <button type="submit">{words.button}</button>
      </form>
    </AccessFrame>,
  );
}

interface ClientProps {
  frame: PageFrame;
  client: ListedClient;
}

function addressOf({ base }: PageFrame, { clientId }: ListedClient): string {
  return `${base}/access/clients/${encodeURIComponent(clientId)}`;
}

function Secrets({ frame, client }: ClientProps): JSX.Element {
  const texts = TEXTS[frame.language];
  return (
    <ul class="plain">
      {client.secrets.map(({ secretId, createdAt }) => (
        <li class="actions">
          <Moment at={createdAt} now={frame.now} language={frame.language} />
          <ChangeButton
            frame={frame}
            action={`${addressOf(frame, client)}/secrets/${encodeURIComponent(secretId)}/revoke`}
            id={secretId}
            text={texts.revoke}
            label={texts.clients.revokeSecret(client.name, secretId.slice(0, 8))}
            tone="danger"
          />
        </li>
      ))}
    </ul>
  );
}

function ClientForms({ frame, client }: ClientProps): JSX.Element {
  const { clients: words } = TEXTS[frame.language];
  return (
    <div class="actions">
      <ChangeButton
        frame={frame}
        action={`${addressOf(frame, client)}/secrets`}
        id={`more-${client.clientId}`}
        text={words.more}
        label={words.moreOf(client.name)}
        tone="quiet"
      />
      <ChangeButton
        frame={frame}
        action={`${addressOf(frame, client)}/revoke`}
        id={`end-${client.clientId}`}
        text={words.end}
        label={words.endOf(client.name)}
        tone="danger"
      />
    </div>
  );
}
