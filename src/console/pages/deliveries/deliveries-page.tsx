import type { ComponentChildren, JSX } from 'preact';
import type { NoticedStatus } from '../../../domain/orders/order-notice.js';
import { Badge } from '../../ui/badge.js';
import { EmptyState } from '../../ui/empty-state.js';
import { Moment } from '../../ui/moment.js';
import { Notice, RefusedReason } from '../../ui/notice.js';
import { numberText } from '../../ui/numbers.js';
import { orderAddress, feedAddress } from '../../ui/addresses.js';
import { Pager } from '../../ui/pager.js';
import { FormToken, type PageFrame, PageShell } from '../../ui/shell/page-shell.js';
import { renderPage } from '../../ui/shell/render-page.js';
import { Table } from '../../ui/table.js';
import { TEXTS } from './texts.js';

export interface DeliveriesView {
  hooks: readonly {
    hookId: string;
    shopId: number;
    url: string;
    state: 'active' | 'failing' | 'paused';
    /** Paused or failing since then. */
    since?: Date;
    ackedRevision: string;
    lastRevision: string;
    behind: string;
    error?: string;
  }[];
  notices: readonly {
    connectionId: string;
    orderId: string;
    status: NoticedStatus;
    isGivenUp: boolean;
    since: Date;
    error?: string;
  }[];
  /** There are more notices than are shown. */
  hasMoreNotices: boolean;
  feeds: readonly {
    shopId: number;
    url: string;
    dueAt: Date;
    error?: string;
    progress?: { lines: number; products: number };
    reports: readonly { reportId: number; importedAt: Date; products: number; errors: number; warnings: number }[];
  }[];
  jobs: readonly {
    jobId: string;
    kind: string;
    attempts: number;
    isRunning: boolean;
    /** Undefined: it waits for a person. */
    dueAt?: Date;
    error?: string;
  }[];
  /** The first page of jobs is shown. */
  isFirstPage: boolean;
  nextJob?: string;
  mayAct: boolean;
  outcome?: keyof (typeof TEXTS)['en']['done'] | { refused: string };
}

interface PartProps {
  frame: PageFrame;
  view: DeliveriesView;
}

export function deliveriesPage(frame: PageFrame, view: DeliveriesView): string {
  const texts = TEXTS[frame.language];
  const { outcome, nextJob } = view;
  const address = `${frame.base}/deliveries`;
  return renderPage(
    <PageShell frame={frame} title={texts.title} current="deliveries">
      <h1>{texts.title}</h1>
      <p class="sub">{texts.sub}</p>
      {outcome === undefined ? null : (
        <Notice tone={typeof outcome === 'string' ? 'good' : 'bad'}>
          {typeof outcome === 'string' ? (
            texts.done[outcome]
          ) : (
            <RefusedReason language={frame.language} reason={outcome.refused} />
          )}
        </Notice>
      )}
      <h2>{texts.hooks.title}</h2>
      <Hooks frame={frame} view={view} />
      <h2>{texts.notices.title}</h2>
      <Notices frame={frame} view={view} />
      <h2>{texts.feeds.title}</h2>
      <Feeds frame={frame} view={view} />
      <h2>{texts.jobs.title}</h2>
      <Jobs frame={frame} view={view} />
      <Pager
        label={texts.pages}
        {...(view.isFirstPage ? {} : { first: { href: address, label: texts.first } })}
        {...(nextJob === undefined ? {} : { next: { href: `${address}?after=${nextJob}`, label: texts.more } })}
      />
    </PageShell>,
  );
}

interface ActProps {
  frame: PageFrame;
  /** Below `/deliveries`. */
  path: string;
  label: string;
  children?: ComponentChildren;
}

/** A button that changes something. */
function Act({ frame, path, label, children }: ActProps): JSX.Element {
  return (
    <form method="post" action={`${frame.base}/deliveries/${path}`} class="actions">
      <FormToken signedIn={frame.signedIn} />
      {children}
      <button type="submit" class="quiet">
        {label}
      </button>
    </form>
  );
}

const HOOK_TONES = { active: 'good', failing: 'warn', paused: 'bad' } as const;

function Hooks({ frame, view: { hooks, mayAct } }: PartProps): JSX.Element {
  const { language, now } = frame;
  const { hooks: texts } = TEXTS[language];
  if (hooks.length === 0) return <EmptyState title={texts.empty} text={texts.emptyText} />;
  return (
    <Table
      caption={texts.title}
      columns={[
        { label: texts.url },
        { label: texts.state },
        { label: texts.progress },
        { label: texts.answer },
        ...(mayAct ? [{ label: texts.change, isQuiet: true }] : []),
      ]}
      rows={hooks.map((hook) => [
        <>
          <code>{hook.url}</code>
          <p class="hint">{texts.shop(hook.shopId)}</p>
        </>,
        <>
          <Badge tone={HOOK_TONES[hook.state]} text={texts.states[hook.state]} />
          {hook.since === undefined ? null : (
            <p class="hint">
              <Moment at={hook.since} now={now} language={language} />
            </p>
          )}
        </>,
        <>
          {hook.behind === '0' ? texts.upToDate : texts.behind(numberText(hook.behind, language))}
          <p class="hint">{texts.revision(hook.ackedRevision, hook.lastRevision)}</p>
        </>,
        hook.error ?? <span class="hint">{texts.fine}</span>,
        ...(mayAct ? [<HookActions frame={frame} hook={hook} />] : []),
      ])}
    />
  );
}

function HookActions({ frame, hook }: { frame: PageFrame; hook: DeliveriesView['hooks'][number] }): JSX.Element {
  const { hooks: texts } = TEXTS[frame.language];
  const { hookId, url, state } = hook;
  const path = `hooks/${encodeURIComponent(hookId)}`;
  return (
    <div class="acts">
      {state === 'paused' ? null : <Act frame={frame} path={`${path}/pause`} label={texts.pause} />}
      {state === 'active' ? null : <Act frame={frame} path={`${path}/resume`} label={texts.resume} />}
      <Act frame={frame} path={`${path}/replay`} label={texts.replay}>
        <input
          class="short"
          name="revision"
          type="text"
          inputMode="numeric"
          required
          placeholder={texts.from}
          aria-label={texts.fromOf(url)}
        />
      </Act>
    </div>
  );
}

function Notices({ frame, view: { notices, hasMoreNotices, mayAct } }: PartProps): JSX.Element {
  const { language, now, base } = frame;
  const { notices: texts, change } = TEXTS[language];
  if (notices.length === 0) return <EmptyState title={texts.empty} text={texts.emptyText} />;
  return (
    <>
      <Table
        caption={texts.title}
        columns={[
          { label: texts.order },
          { label: texts.what },
          { label: texts.state },
          { label: texts.why },
          { label: texts.since },
          ...(mayAct ? [{ label: change, isQuiet: true }] : []),
        ]}
        rows={notices.map((notice) => [
          <a href={orderAddress(base, notice)}>{notice.orderId}</a>,
          texts.names[notice.status],
          <Badge tone={notice.isGivenUp ? 'bad' : 'warn'} text={notice.isGivenUp ? texts.givenUp : texts.waiting} />,
          notice.error ?? '-',
          <Moment at={notice.since} now={now} language={language} />,
          ...(mayAct
            ? [
                notice.isGivenUp ? (
                  <Act frame={frame} path="notices/resend" label={texts.resend}>
                    <input type="hidden" name="connection" value={notice.connectionId} />
                    <input type="hidden" name="order" value={notice.orderId} />
                  </Act>
                ) : null,
              ]
            : []),
        ])}
      />
      {hasMoreNotices ? <p class="hint after">{texts.most(notices.length)}</p> : null}
    </>
  );
}

function Feeds({ frame, view: { feeds, mayAct } }: PartProps): JSX.Element {
  const { base, language, now } = frame;
  const { feeds: texts, change, hooks } = TEXTS[language];
  const number = (value: number): string => numberText(value, language);
  if (feeds.length === 0) return <EmptyState title={texts.empty} text={texts.emptyText} />;
  return (
    <Table
      caption={texts.title}
      columns={[
        { label: texts.url },
        { label: texts.state },
        { label: texts.next },
        { label: texts.reports },
        ...(mayAct ? [{ label: change, isQuiet: true }] : []),
      ]}
      rows={feeds.map(({ shopId, url, dueAt, error, progress, reports }) => [
        <>
          <code>{url}</code>
          <p class="hint">
            <a href={feedAddress(base, shopId)}>{hooks.shop(shopId)}</a>
          </p>
        </>,
        progress !== undefined ? (
          texts.running(number(progress.lines), number(progress.products))
        ) : error === undefined ? (
          <Badge tone="good" text={texts.waiting} />
        ) : (
          <>
            <Badge tone="bad" text={texts.failing} />
            <p>{error}</p>
          </>
        ),
        <Moment at={dueAt} now={now} language={language} />,
        reports.length === 0 ? (
          <span class="hint">{texts.noReports}</span>
        ) : (
          <ul class="plain">
            {reports.map((report) => (
              <li>
                <a href={feedAddress(base, shopId, report)}>
                  <Moment at={report.importedAt} now={now} language={language} />
                </a>{' '}
                <span class="hint">
                  {texts.report(number(report.products), number(report.errors), number(report.warnings))}
                </span>
              </li>
            ))}
          </ul>
        ),
        ...(mayAct
          ? [progress === undefined ? <Act frame={frame} path={`feeds/${shopId}/fetch`} label={texts.fetch} /> : null]
          : []),
      ])}
    />
  );
}

function Jobs({ frame, view: { jobs, mayAct } }: PartProps): JSX.Element {
  const { language, now } = frame;
  const { jobs: texts, change } = TEXTS[language];
  if (jobs.length === 0) return <EmptyState title={texts.empty} text={texts.emptyText} />;
  return (
    <Table
      caption={texts.title}
      columns={[
        { label: texts.kind },
        { label: texts.attempts, isNumber: true },
        { label: texts.why },
        { label: texts.next },
        ...(mayAct ? [{ label: change, isQuiet: true }] : []),
      ]}
      rows={jobs.map(({ jobId, kind, attempts, isRunning, dueAt, error }) => [
        <code>{kind}</code>,
        numberText(attempts, language),
        error ?? '-',
        isRunning ? (
          <Badge tone="info" text={texts.running} />
        ) : dueAt === undefined ? (
          <Badge tone="bad" text={texts.givenUp} />
        ) : (
          <Moment at={dueAt} now={now} language={language} />
        ),
        ...(mayAct
          ? [
              isRunning ? null : (
                <Act frame={frame} path={`jobs/${encodeURIComponent(jobId)}/retry`} label={texts.retry} />
              ),
            ]
          : []),
      ])}
    />
  );
}
