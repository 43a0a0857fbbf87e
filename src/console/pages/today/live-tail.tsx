import type { JSX } from 'preact';
import { Badge } from '../../ui/badge.js';
import type { Language } from '../../ui/language.js';
import { exactText } from '../../ui/moment.js';
import { amountText } from '../../ui/numbers.js';
import type { PageFrame } from '../../ui/shell/page-shell.js';
import { TEXTS } from './texts.js';

/** Something that happened. */
export interface TailEvent {
  type: 'call_up' | 'login' | 'transfer' | 'end' | 'order' | 'refusal' | 'delivery';
  at: Date;
  /** Name of the connection. */
  connection?: string | undefined;
  sessionId?: string | undefined;
  /** Of a refusal: its code in words. */
  title?: string | undefined;
  reason?: string | undefined;
  kind?: string | undefined;
  reference?: string | undefined;
  /** Only for roles that see addresses. */
  address?: string | undefined;
  total?: { amount: string; currency: string } | undefined;
}

export interface TailView {
  /** Newest first. */
  events: readonly TailEvent[];
  /** Where the stream goes on after them. */
  place: string;
  refusedOnly: boolean;
  /** Pages of one operator that may follow at once. */
  mostPages: number;
}

/** One line of the tail. The server writes it into the page, or sends it to the script. */
export interface TailLine {
  /** `14:03:27`, UTC. */
  time: string;
  exact: string;
  tone: 'good' | 'warn' | 'bad' | 'info' | 'quiet';
  what: string;
  text: string;
  href?: string;
}

const TONES: Record<TailEvent['type'], TailLine['tone']> = {
  call_up: 'quiet',
  login: 'info',
  transfer: 'good',
  end: 'quiet',
  order: 'good',
  refusal: 'bad',
  delivery: 'info',
};

export function tailLine(event: TailEvent, language: Language, base: string): TailLine {
  const { type, at, connection, reference, sessionId, reason, kind = '' } = event;
  const texts = TEXTS[language].tail;
  const isFailed = type === 'delivery' && reason !== undefined;
  const line: TailLine = {
    time: at.toISOString().slice(11, 19),
    exact: exactText(at),
    tone: isFailed ? 'warn' : TONES[type],
    what: isFailed ? texts.failed : texts.types[type],
    text: [connection, ...detailsOf(event, language)].filter((part) => part !== undefined && part !== '').join(' · '),
  };
  if (type === 'refusal' && reference !== undefined)
    line.href = `${base}/refusals?reference=${encodeURIComponent(reference)}`;
  else if (sessionId !== undefined) line.href = `${base}/sessions/${encodeURIComponent(sessionId)}`;
  if (line.text === '') line.text = kind === '' ? texts.types[type] : kind;
  return line;
}

function detailsOf(event: TailEvent, language: Language): (string | undefined)[] {
  const { type, title, reason, kind = '', address, total } = event;
  const texts = TEXTS[language].tail;
  switch (type) {
    case 'refusal':
      return [kind, title, reason, address === undefined ? undefined : texts.from(address)];
    case 'delivery':
      return [kind, reason];
    case 'end':
      return [kind in texts.ends ? texts.ends[kind as keyof typeof texts.ends] : kind];
    case 'transfer':
      return [total === undefined ? undefined : amountText(total.amount, total.currency, language)];
    default:
      return [];
  }
}

interface TailProps {
  frame: PageFrame;
  view: TailView;
}

/**
 * The newest events. A script goes on from there (ui/tail-script.ts); without it a link loads the page again. The
 * script takes its texts from the attributes, and the markup of a line from the template.
 */
export function LiveTail({
  frame: { base, language },
  view: { events, place, refusedOnly, mostPages },
}: TailProps): JSX.Element {
  const texts = TEXTS[language].tail;
  const all = `${base}?tail=all#tail`;
  const refused = `${base}?tail=refused#tail`;
  return (
    <section
      class="tail"
      id="tail"
      aria-labelledby="tail-title"
      data-source={`${base}/events`}
      data-after={place}
      data-refused={refusedOnly ? '' : undefined}
      data-live={texts.live}
      data-paused={texts.paused}
      data-lost={texts.lost}
      data-ended={texts.ended}
      data-full={texts.full(mostPages)}
      data-gap={texts.gap}
    >
      <div class="tail-head">
        <h2 id="tail-title">{texts.title}</h2>
        <nav class="tools" aria-label={texts.filter}>
          <a href={all} aria-current={refusedOnly ? undefined : 'true'}>
            {texts.all}
          </a>
          <a href={refused} aria-current={refusedOnly ? 'true' : undefined}>
            {texts.refusedOnly}
          </a>
        </nav>
        <p role="status" class="hint" data-state>
          <a href={refusedOnly ? refused : all}>{texts.refresh}</a>
        </p>
        <button type="button" class="quiet small" hidden data-pause={texts.pause} data-resume={texts.resume}>
          {texts.pause}
        </button>
      </div>
      <div class="card flush" role="log" aria-live="off" aria-labelledby="tail-title" tabIndex={0}>
        <ol>
          {events.map((event) => (
            <Line line={tailLine(event, language, base)} />
          ))}
        </ol>
      </div>
      <p class="hint" data-empty hidden={events.length > 0}>
        {texts.empty}
      </p>
      <template>
        <Line line={{ time: '', exact: '', tone: 'quiet', what: '', text: '' }} />
      </template>
    </section>
  );
}

function Line({ line: { time, exact, tone, what, text, href } }: { line: TailLine }): JSX.Element {
  return (
    <li>
      <time title={exact}>{time}</time>
      <Badge tone={tone} text={what} />
      <a href={href}>{text}</a>
    </li>
  );
}
