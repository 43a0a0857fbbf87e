import type { ComponentChildren, JSX } from 'preact';
import type { NoticedStatus } from '../../../domain/orders/order-notice.js';
import type { PriceDrift } from '../../../domain/orders/price-drift.js';
import type { OrderVerdict } from '../../../domain/orders/purchase-order.js';
import type { PayloadSummary } from '../../../domain/transmission/transfer-payload.js';
import type { TransmissionStatus } from '../../../domain/transmission/transmission.js';
import { Badge } from '../../ui/badge.js';
import { ExplainedFindings, type FindingGroup } from '../../ui/documents/explained-findings.js';
import { findingPlaces } from '../../ui/documents/finding-places.js';
import { DocumentView, type LineNote } from '../../ui/document-view.js';
import { Fact, FactList } from '../../ui/fact-list.js';
import { exactText, sinceText } from '../../ui/moment.js';
import { Notice } from '../../ui/notice.js';
import { amountText, numberText } from '../../ui/numbers.js';
import { type PageFrame, PageShell } from '../../ui/shell/page-shell.js';
import { renderPage } from '../../ui/shell/render-page.js';
import { StatusBadge } from '../../ui/status-badge.js';
import { Timeline, type TimelineEntry } from '../../ui/timeline.js';
import { type RefusalMeaning, RefusalNotice } from '../../ui/refusal-notice.js';
import { orderAddress } from '../../ui/addresses.js';
import { DriftNotice } from './drift-notice.js';
import { isNamedStep, stepTitle, TEXTS } from './texts.js';

export interface SessionView {
  transmissionId: string;
  status: TransmissionStatus;
  protocol: string;
  connection: { id: string; name: string };
  buyer: { name?: string | undefined; email?: string | undefined; company?: string | undefined };
  buyerCookie: string;
  returnUrl: string;
  createdAt: Date;
  expiresAt: Date;
  summary: PayloadSummary;
  /** Of a test punchout: it counts in no figure. */
  isTest?: true | undefined;
  steps: readonly { event: string; at: Date }[];
  /** Absent: the operator may not see documents. */
  documents?: readonly SessionDocument[];
  orders: readonly SessionOrder[];
  deliveries: readonly SessionDelivery[];
}

/** A notice about an order to the buyer's system. */
export interface SessionDelivery {
  at: Date;
  status: NoticedStatus;
  state: 'sent' | 'waiting' | 'given_up';
  error?: string;
}

export interface SessionDocument {
  /** Names it in addresses: its id, or `cart`. */
  id: string;
  at: Date;
  direction: 'in' | 'out';
  kind: string;
  content: string;
  warning?: string;
  findings?: readonly FindingGroup[];
  refusal?: RefusalMeaning;
  drift?: PriceDrift;
}

export interface SessionOrder {
  orderId: string;
  at: Date;
  verdict: OrderVerdict;
  mismatches: readonly string[];
  storeNumber?: string;
  storeRefusal?: string;
}

type Texts = (typeof TEXTS)['en'];

export function sessionPage(frame: PageFrame, view: SessionView): string {
  const { language } = frame;
  const texts = TEXTS[language];
  const { buyer } = view;
  const name = [...new Set([buyer.name ?? buyer.email ?? texts.unnamed, buyer.company])].filter(Boolean).join(', ');
  return renderPage(
    <PageShell frame={frame} title={name} current="sessions">
      <h1>
        {name} <StatusBadge status={view.status} language={language} />{' '}
        {view.isTest === true ? <Badge tone="info" text={texts.test} /> : null}
      </h1>
      <Facts frame={frame} view={view} texts={texts} />
      {view.status === 'expired' ? <ExpiredNotice view={view} texts={texts} /> : null}
      <p class="actions">
        <a class="button quiet" href={`${addressOf(frame, view)}/compare`}>
          {texts.compare}
        </a>
        {view.documents === undefined ? null : (
          <a class="button quiet" href={`${addressOf(frame, view)}/bundle`} download>
            {texts.bundle}
          </a>
        )}
      </p>
      {view.documents === undefined ? <Notice tone="info">{texts.hidden}</Notice> : null}
      <Timeline label={texts.timeline} entries={entriesOf(frame, view, texts)} />
    </PageShell>,
  );
}

function addressOf({ base }: PageFrame, { transmissionId }: SessionView): string {
  return `${base}/sessions/${encodeURIComponent(transmissionId)}`;
}

/** Why nothing came back, and what to do if it happens often. */
function ExpiredNotice({ view: { steps }, texts }: Pick<PartProps, 'view' | 'texts'>): JSX.Element {
  const { meaning, remedy } = steps.some(({ event }) => event === 'login') ? texts.expiredIdle : texts.expiredUnused;
  return (
    <Notice tone="warn">
      <b>{meaning}</b> {remedy}
    </Notice>
  );
}

interface PartProps {
  frame: PageFrame;
  view: SessionView;
  texts: Texts;
}

function Facts({ frame: { base, language }, view, texts }: PartProps): JSX.Element {
  const { summary } = view;
  const amount = amountText(summary.totalAmount, summary.currency, language);
  const size = texts.cart(numberText(summary.itemsCount, language), numberText(summary.linesCount, language));
  return (
    <FactList>
      <Fact label={texts.facts.connection}>
        <a href={`${base}/connections/${encodeURIComponent(view.connection.id)}`}>{view.connection.name}</a> (
        {view.protocol})
      </Fact>
      <Fact label={texts.facts.buyer}>{view.buyer.email}</Fact>
      <Fact label={texts.facts.cart}>{`${amount}, ${size}`}</Fact>
      <Fact label={texts.facts.id}>
        <code>{view.transmissionId}</code>
      </Fact>
      <Fact label={texts.facts.cookie}>{view.buyerCookie === '' ? undefined : <code>{view.buyerCookie}</code>}</Fact>
      <Fact label={texts.facts.returnUrl}>
        <code>{view.returnUrl}</code>
      </Fact>
      <Fact label={texts.facts.expires}>
        <time dateTime={view.expiresAt.toISOString()}>{exactText(view.expiresAt)}</time>
      </Fact>
    </FactList>
  );
}

interface Happening {
  at: Date;
  tone?: TimelineEntry['tone'];
  title: ComponentChildren;
  body: ComponentChildren[];
}

/** Steps, orders and documents in the order of their times. A document joins the nearest step. */
function entriesOf(frame: PageFrame, view: SessionView, texts: Texts): TimelineEntry[] {
  const happenings: Happening[] = view.steps.map(({ event, at }) => ({
    at,
    title: stepTitle(event, frame.language),
    body: isNamedStep(event) ? [<p class="hint">{texts.stepTexts[event]}</p>] : [],
  }));
  happenings.push(
    ...view.orders.map((order) =>
      orderHappening(
        order,
        orderAddress(frame.base, { connectionId: view.connection.id, orderId: order.orderId }),
        texts,
      ),
    ),
  );
  happenings.push(...view.deliveries.map((delivery) => deliveryHappening(delivery, texts)));
  for (const document of view.documents ?? []) {
    const part = <DocumentPart frame={frame} view={view} document={document} texts={texts} />;
    const away = ({ at }: Happening): number => Math.abs(at.getTime() - document.at.getTime());
    const [near] = happenings.filter((one) => away(one) < NEAR_MS).toSorted((a, b) => away(a) - away(b));
    if (near === undefined) {
      const title =
        document.drift === undefined ? texts.document(document.kind, document.direction) : texts.drift.title;
      happenings.push({ at: document.at, title, body: [part], ...toneOf(document) });
    } else {
      near.body.push(part);
      Object.assign(near, toneOf(document));
    }
  }
  const start = view.createdAt;
  return happenings
    .toSorted((a, b) => a.at.getTime() - b.at.getTime())
    .map(({ body, ...entry }) => ({
      ...entry,
      when: entry.at <= start ? clockText(entry.at) : sinceText(entry.at, start, frame.language),
      body: <>{body}</>,
    }));
}

/** A document and the step that it belongs to are stored within this time. */
const NEAR_MS = 1_000;

function toneOf({ refusal, warning, drift, findings = [] }: SessionDocument): Pick<Happening, 'tone'> {
  if (refusal !== undefined) return { tone: 'bad' };
  if (findings.length > 0 || drift !== undefined) return { tone: 'warn' };
  return warning === undefined || warning === '' ? {} : { tone: 'warn' };
}

function orderHappening(order: SessionOrder, address: string, texts: Texts): Happening {
  const { orderId, at, verdict, mismatches, storeNumber, storeRefusal } = order;
  const tone = verdict === 'matched' ? 'good' : verdict === 'mismatch' ? 'bad' : 'warn';
  return {
    at,
    tone: storeRefusal === undefined ? tone : 'bad',
    title: (
      <>
        <a href={address}>{texts.order(orderId)}</a> <Badge tone={tone} text={texts.verdicts[verdict]} />
      </>
    ),
    body: [
      storeNumber === undefined ? null : <p class="hint">{texts.placed(storeNumber)}</p>,
      storeRefusal === undefined ? null : <Notice tone="bad">{texts.notPlaced(storeRefusal)}</Notice>,
      mismatches.length === 0 ? null : (
        <>
          <p class="hint">{texts.mismatches}</p>
          <ul>
            {mismatches.map((text) => (
              <li>{text}</li>
            ))}
          </ul>
        </>
      ),
    ],
  };
}

const DELIVERY_TONES = { sent: 'good', waiting: 'warn', given_up: 'bad' } as const;

function deliveryHappening({ at, status, state, error }: SessionDelivery, texts: Texts): Happening {
  const tone = DELIVERY_TONES[state];
  return {
    at,
    tone,
    title: (
      <>
        {texts.delivery[status]} <Badge tone={tone} text={texts.deliveryStates[state]} />
      </>
    ),
    body: [error === undefined ? null : <Notice tone={state === 'sent' ? 'info' : 'bad'}>{error}</Notice>],
  };
}

interface DocumentPartProps extends PartProps {
  document: SessionDocument;
}

function DocumentPart({ frame, view, document, texts }: DocumentPartProps): JSX.Element {
  const { id, kind, direction, content, refusal, warning, findings, drift } = document;
  const address = `${addressOf(frame, view)}/documents/${encodeURIComponent(id)}`;
  return (
    <>
      {refusal === undefined ? null : <RefusalNotice refusal={refusal} labels={texts} />}
      {warning === undefined || warning === '' ? null : (
        <Notice tone="warn">
          <b>{texts.warning}:</b> {warning}
        </Notice>
      )}
      {drift === undefined ? null : <DriftNotice frame={frame} drift={drift} />}
      {findings === undefined ? null : <ExplainedFindings groups={findings} labels={texts} />}
      <DocumentView
        id={`document-${id}`}
        title={drift === undefined ? texts.document(kind, direction) : texts.drift.title}
        content={content}
        download={{ href: address, label: texts.download }}
        copyLabel={texts.copy}
        cutText={texts.cut}
        notesOf={(lines) => notesOf(lines, findings ?? [])}
      />
    </>
  );
}

/** The findings of a cart, under the text lines that they are about. */
function notesOf(lines: readonly string[], groups: readonly FindingGroup[]): Map<number, LineNote[]> {
  const placed = groups.flatMap(({ code, severity, places }) =>
    places.flatMap(({ line, sku, ...place }) =>
      line === undefined || sku === undefined ? [] : [{ ...place, line, sku, severity, code }],
    ),
  );
  const noteOf = ({ code, severity, message }: (typeof placed)[number]): LineNote => ({
    tone: severity === 'error' ? 'bad' : 'warn',
    text: code === undefined ? message : `${code}: ${message}`,
  });
  return new Map([...findingPlaces(lines, placed)].map(([at, found]) => [at, found.map(noteOf)]));
}

/** `14:02:11`, in UTC. */
function clockText(at: Date): string {
  return at.toISOString().slice(11, 19);
}
