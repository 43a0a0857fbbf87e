import type { JSX } from 'preact';
import { DocumentView } from '../../ui/document-view.js';
import { EmptyState } from '../../ui/empty-state.js';
import { exactText, agoText } from '../../ui/moment.js';
import { Notice } from '../../ui/notice.js';
import { Pager } from '../../ui/pager.js';
import { type RefusalMeaning, RefusalNotice } from '../../ui/refusal-notice.js';
import { type PageFrame, PageShell } from '../../ui/shell/page-shell.js';
import { renderPage } from '../../ui/shell/render-page.js';
import { Timeline } from '../../ui/timeline.js';
import { TEXTS } from './texts.js';

/** One refused request: what was received and what was answered. */
export interface RefusedRequest {
  at: Date;
  refusal: RefusalMeaning;
  connection?: string;
  sessionId?: string;
  reference?: string;
  /** Of the client; for those who may read documents. */
  address?: string;
  documents: readonly { id: string; direction: 'in' | 'out'; kind: string; content: string }[];
}

export interface RefusalsView {
  /** Of all requests shown: the one cause, where the address names it. */
  cause?: RefusalMeaning;
  reference?: string;
  requests: readonly RefusedRequest[];
  mayReadDocuments: boolean;
  /** Address of the first page, where this is not the first. */
  first?: string;
  next?: string;
}

type Texts = (typeof TEXTS)['en'];

export function refusalsPage(frame: PageFrame, view: RefusalsView): string {
  const texts = TEXTS[frame.language];
  const { cause, reference, requests } = view;
  return renderPage(
    <PageShell frame={frame} title={cause?.title ?? texts.title} current="today">
      <h1>{cause?.title ?? texts.title}</h1>
      <p class="sub">{reference === undefined ? texts.sub : texts.reference(reference)}</p>
      {cause === undefined ? null : <RefusalNotice refusal={cause} labels={texts} />}
      {view.mayReadDocuments ? null : <Notice tone="info">{texts.hidden}</Notice>}
      {requests.length === 0 ? (
        <EmptyState
          title={texts.empty}
          text={texts.emptyText}
          link={{ href: `${frame.base}/refusals`, label: texts.all }}
        />
      ) : (
        <Timeline
          label={texts.list}
          entries={requests.map((request) => ({
            at: request.at,
            when: agoText(request.at, frame.now, frame.language),
            tone: 'bad',
            title: request.connection ?? texts.nobody,
            body: (
              <>
                <Facts frame={frame} request={request} texts={texts} />
                {cause === undefined || request.refusal.reason === undefined ? null : (
                  <p class="mono">{request.refusal.reason}</p>
                )}
                {cause === undefined ? <RefusalNotice refusal={request.refusal} labels={texts} /> : null}
                {request.documents.map(({ id, direction, kind, content }) => (
                  <DocumentView
                    id={`document-${id}`}
                    title={direction === 'in' ? texts.received(kind) : texts.answered(kind)}
                    content={content}
                    download={{ href: `${frame.base}/documents/${encodeURIComponent(id)}`, label: texts.download }}
                    copyLabel={texts.copy}
                    cutText={texts.cut}
                  />
                ))}
              </>
            ),
          }))}
        />
      )}
      <Pager
        label={texts.pages}
        {...(view.first === undefined ? {} : { first: { href: view.first, label: texts.first } })}
        {...(view.next === undefined ? {} : { next: { href: view.next, label: texts.next } })}
      />
    </PageShell>,
  );
}

interface FactsProps {
  frame: PageFrame;
  request: RefusedRequest;
  texts: Texts;
}

function Facts({ frame, request, texts }: FactsProps): JSX.Element {
  const { at, address, reference, sessionId } = request;
  return (
    <p class="hint">
      {exactText(at)}
      {address === undefined ? null : ` · ${texts.from} ${address}`}
      {reference === undefined ? null : (
        <>
          {' · '}
          {texts.ref} <code>{reference}</code>
        </>
      )}
      {sessionId === undefined ? null : (
        <>
          {' · '}
          <a href={`${frame.base}/sessions/${encodeURIComponent(sessionId)}`}>{texts.session}</a>
        </>
      )}
    </p>
  );
}
