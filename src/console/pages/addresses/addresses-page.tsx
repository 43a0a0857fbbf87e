import type { JSX } from 'preact';
import { Badge } from '../../ui/badge.js';
import { EmptyState } from '../../ui/empty-state.js';
import { FormRow } from '../../ui/form-row.js';
import { Moment } from '../../ui/moment.js';
import { Notice, RefusedReason } from '../../ui/notice.js';
import { Pager } from '../../ui/pager.js';
import { FormToken, type PageFrame, PageShell } from '../../ui/shell/page-shell.js';
import { renderPage } from '../../ui/shell/render-page.js';
import { Table } from '../../ui/table.js';
import { TEXTS } from './texts.js';

export interface AddressesView {
  connectionId: string;
  name: string;
  /** The table chooses customers. */
  isUsed: boolean;
  addresses: readonly AddressLine[];
  /** Of the whole table. */
  unknown: number;
  /** Mark of the next page. */
  next?: string;
  isFirst: boolean;
  mayChange: boolean;
  outcome?: { kind: 'done' } | { kind: 'refused'; reason: string };
  entered: { address: string; customer: string };
}

export interface AddressLine {
  addressId: string;
  isKnown: boolean;
  /** Absent: the usual one. */
  customer?: string;
  place: string;
  since: Date;
}

/** Whose prices a ShipTo address id gets. */
export function addressesPage(frame: PageFrame, view: AddressesView): string {
  const texts = TEXTS[frame.language];
  const own = `${frame.base}/connections/${encodeURIComponent(view.connectionId)}`;
  const title = texts.title(view.name);
  return renderPage(
    <PageShell frame={frame} title={title} current="connections">
      <h1>{title}</h1>
      <p class="sub">
        {texts.sub} <a href={own}>{view.name}</a>
      </p>
      {view.outcome === undefined ? null : (
        <Notice tone={view.outcome.kind === 'done' ? 'good' : 'bad'}>
          {view.outcome.kind === 'done' ? (
            texts.done
          ) : (
            <RefusedReason language={frame.language} reason={view.outcome.reason} />
          )}
        </Notice>
      )}
      {view.isUsed ? null : (
        <Notice tone="info">
          {texts.off} <a href={`${own}/settings`}>{texts.settings}</a>
        </Notice>
      )}
      {view.unknown === 0 ? null : <Notice tone="warn">{texts.unknown(view.unknown)}</Notice>}
      <Addresses frame={frame} view={view} own={own} />
      <Pager
        label={texts.pages}
        {...(view.isFirst ? {} : { first: { href: `${own}/addresses`, label: texts.first } })}
        {...(view.next === undefined
          ? {}
          : { next: { href: `${own}/addresses?after=${encodeURIComponent(view.next)}`, label: texts.next } })}
      />
      {view.mayChange ? (
        <>
          <h2 id="edit">{texts.save}</h2>
          <form class="card" method="post" action={`${own}/addresses`}>
            <FormToken signedIn={frame.signedIn} />
            <FormRow
              name="address"
              label={texts.address}
              value={view.entered.address}
              hint={texts.addressHint}
              required
            />
            <FormRow name="customer" label={texts.customer} value={view.entered.customer} hint={texts.customerHint} />
            <button type="submit">{texts.button}</button>
          </form>
        </>
      ) : null}
    </PageShell>,
  );
}

function Addresses({ frame, view, own }: { frame: PageFrame; view: AddressesView; own: string }): JSX.Element {
  const texts = TEXTS[frame.language];
  if (view.addresses.length === 0) return <EmptyState title={texts.none} text={texts.noneText} />;
  return (
    <Table
      caption={texts.table}
      columns={[
        { label: texts.address },
        { label: texts.customer },
        { label: texts.place },
        { label: texts.since },
        { label: texts.change, isQuiet: true },
      ]}
      rows={view.addresses.map(({ addressId, isKnown, customer, place, since }) => [
        <code>{addressId}</code>,
        isKnown ? (customer ?? texts.usual) : <Badge tone="warn" text={texts.isUnknown} />,
        place === '' ? '–' : place,
        <Moment at={since} now={frame.now} language={frame.language} />,
        view.mayChange ? (
          <div class="actions">
            <a
              href={`${own}/addresses?address=${encodeURIComponent(addressId)}#edit`}
              aria-label={texts.editOf(addressId)}
            >
              {texts.edit}
            </a>
            <form method="post" action={`${own}/addresses/remove`}>
              <FormToken signedIn={frame.signedIn} />
              <input type="hidden" name="address" value={addressId} />
              <button type="submit" class="danger" aria-label={texts.removeOf(addressId)}>
                {texts.remove}
              </button>
            </form>
          </div>
        ) : null,
      ])}
    />
  );
}
