import type { JSX } from 'preact';
import { BUYER_LISTS, EVERY_ADDRESS } from '../../../domain/catalogue/catalogue-index.js';
import { Fact, FactList } from '../../ui/fact-list.js';
import { Moment, exactText } from '../../ui/moment.js';
import { numberText } from '../../ui/numbers.js';
import type { PageFrame } from '../../ui/shell/page-shell.js';
import { settingAddress } from '../../ui/addresses.js';
import type { IndexesView, PushLine } from './indexes-view.js';
import { whoseText } from './run-words.js';
import { TEXTS } from './texts.js';

interface PartProps {
  frame: PageFrame;
  view: IndexesView;
}

/** When indexes are made by themselves, and how they get to the buyer. */
export function WaysPart({ frame, view }: PartProps): JSX.Element {
  const texts = TEXTS[frame.language];
  return (
    <>
      <h2>{texts.schedule.title}</h2>
      <p>
        {scheduleText(view, frame.language)}{' '}
        <a href={settingAddress(frame.base, view.connectionId, 'index.every')}>{texts.schedule.settings}</a>
      </p>
      <h2>{texts.push.title}</h2>
      {view.pushes.length === 0 ? (
        <p>
          {texts.push.none} <code>punchout catalogue push set</code>
        </p>
      ) : (
        view.pushes.map((push) => <Push frame={frame} push={push} />)
      )}
      <h2>{texts.fetch.title}</h2>
      <Fetch frame={frame} view={view} />
      <h2>{texts.openBuy.title}</h2>
      <OpenBuy frame={frame} view={view} />
      <h2>{texts.lists.title}</h2>
      <FactList>
        {BUYER_LISTS.map((list) => (
          <Fact label={texts.lists.names[list]}>
            {view.lists[list] === 0
              ? texts.lists.none
              : texts.lists.codes(numberText(view.lists[list], frame.language))}
          </Fact>
        ))}
      </FactList>
      <p class="hint">
        {texts.lists.hint} <code>punchout catalogue codes set</code>
      </p>
    </>
  );
}

function scheduleText({ schedule, usualFormat }: IndexesView, language: PageFrame['language']): string {
  const texts = TEXTS[language];
  if (schedule === undefined || schedule.every === 'never') return texts.schedule.never;
  const formats = schedule.formats.length === 0 ? [usualFormat] : schedule.formats;
  const hour = `${String(schedule.hour).padStart(2, '0')}:00`;
  const names = formats.map((format) => texts.formats[format]).join(', ');
  const { addresses = [] } = schedule;
  const whose = addresses.includes(EVERY_ADDRESS)
    ? texts.schedule.everyAddress
    : addresses.length === 0
      ? ''
      : texts.schedule.addresses(addresses.join(', '));
  const when =
    schedule.every === 'day' ? texts.schedule.day(hour, names) : texts.schedule.week(schedule.weekday, hour, names);
  return `${when} ${whose}`.trimEnd();
}

function Push({ frame, push }: { frame: PageFrame; push: PushLine }): JSX.Element {
  const { language, now } = frame;
  const texts = TEXTS[language];
  const { sent, failed } = push;
  return (
    <FactList>
      <Fact label={texts.push.to}>
        <code>{push.address}</code>
      </Fact>
      <Fact label={texts.whose.label}>
        <span class="broken">{whoseText(push, language)}</span>
      </Fact>
      <Fact label={texts.push.format}>{texts.formats[push.format]}</Fact>
      <Fact label={texts.push.authorization}>
        {push.hasAuthorization ? texts.push.hasAuthorization : texts.push.noAuthorization}
      </Fact>
      <Fact label={texts.push.sent}>
        {sent === undefined ? (
          texts.push.notSent
        ) : (
          <>
            {texts.push.sentRun(sent.runId)} <Moment at={sent.at} now={now} language={language} />
          </>
        )}
      </Fact>
      <Fact label={texts.push.failed}>
        {failed === undefined ? undefined : (
          <>
            {texts.push.failedAt} <Moment at={failed.at} now={now} language={language} />:{' '}
            <span lang="en">{failed.reason}</span>
          </>
        )}
      </Fact>
      <Fact label={texts.push.next}>
        <NextPush frame={frame} push={push} />
      </Fact>
    </FactList>
  );
}

function NextPush({ frame: { base, language, now }, push: { next } }: { frame: PageFrame; push: PushLine }) {
  const texts = TEXTS[language];
  switch (next?.kind) {
    case undefined:
      return <>{texts.push.nothing}</>;
    case 'running':
      return <>{texts.push.running}</>;
    case 'due':
      return next.at <= now ? (
        <>{texts.push.running}</>
      ) : (
        <>
          <Moment at={next.at} now={now} language={language} /> ({exactText(next.at)})
        </>
      );
    case 'given_up':
      return (
        <>
          {texts.push.givenUp} <a href={`${base}/deliveries`}>{texts.push.deliveries}</a>
        </>
      );
  }
}

function Fetch({ frame, view }: PartProps): JSX.Element {
  const texts = TEXTS[frame.language];
  const formats = view.files.length === 0 ? [view.usualFormat] : [...new Set(view.files.map(({ format }) => format))];
  return (
    <FactList>
      <Fact label={texts.fetch.address}>
        {formats.map((format) => (
          <div>
            <code>{`${view.fetchUrl}/${format}`}</code>
          </div>
        ))}
        {view.addresses === undefined ? null : (
          <p class="hint">
            {texts.fetch.ofAddress} <code>?address_id={encodeURIComponent(view.addresses.ids[0] ?? '')}</code>
          </p>
        )}
      </Fact>
      <Fact label={texts.fetch.key}>
        <KeyLink frame={frame} view={view} kind="index" /> <span class="hint">{texts.fetch.hint}</span>
      </Fact>
    </FactList>
  );
}

function OpenBuy({ frame, view }: PartProps): JSX.Element {
  const texts = TEXTS[frame.language];
  return (
    <FactList>
      <Fact label={texts.openBuy.address}>
        <code>{view.openBuyUrl}</code>
      </Fact>
      <Fact label={texts.fetch.key}>
        <KeyLink frame={frame} view={view} kind="open-buy" /> <span class="hint">{texts.openBuy.hint}</span>
      </Fact>
    </FactList>
  );
}

/** Where a key of this connection is made, or by whom. */
function KeyLink({ frame, view, kind }: PartProps & { kind: 'index' | 'open-buy' }): JSX.Element {
  const texts = TEXTS[frame.language];
  if (!view.mayMakeKeys) return <>{texts.fetch.ask}</>;
  const query = new URLSearchParams({ kind, connection: view.connectionId });
  return <a href={`${frame.base}/access?${query.toString()}#make`}>{texts.fetch.make}</a>;
}
