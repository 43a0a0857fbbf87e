import type { JSX } from 'preact';
import { Badge, type Tone } from '../../../console/ui/badge.js';
import type { Language } from '../../../console/ui/language.js';
import { Notice } from '../../../console/ui/notice.js';
import type { OpenFrame } from '../../../console/ui/shell/open-shell.js';
import { Table } from '../../../console/ui/table.js';
import type { PlayedRun, PlayState } from '../play/play-run.js';
import { BuyerShell } from './buyer-shell.js';
import { BUYER_TEXTS } from './texts.js';

const TONES: Record<PlayState['state'], Tone> = {
  waiting: 'quiet',
  running: 'info',
  done: 'good',
  refused: 'warn',
  failed: 'bad',
};

/** Seconds between two looks of a browser without script. */
const REFRESH_SECONDS = 2;

/** The button that plays twenty punchouts, and how far they are. */
export function PlayPage({ frame, run }: { frame: OpenFrame; run: PlayedRun | undefined }): JSX.Element {
  const { language } = frame;
  const texts = BUYER_TEXTS[language].play;
  return (
    <BuyerShell
      frame={frame}
      title={texts.title}
      current="play"
      {...(run?.isRunning === true ? { refreshSeconds: REFRESH_SECONDS } : {})}
    >
      <h1>{texts.heading}</h1>
      <p class="sub">{texts.lead}</p>
      <p>
        {texts.look} <a href="/console">{texts.today}</a> · <a href="/console/sessions">{texts.sessions}</a> ·{' '}
        <a href="/console/analytics">{texts.analytics}</a> · <a href="/console/connections">{texts.connections}</a>
      </p>
      {run === undefined ? <Start label={texts.button} /> : <Run run={run} language={language} />}
    </BuyerShell>
  );
}

function Start({ label }: { label: string }): JSX.Element {
  return (
    <form method="post" action="/virtual-buyer/play">
      <button type="submit">{label}</button>
    </form>
  );
}

function Run({ run, language }: { run: PlayedRun; language: Language }): JSX.Element {
  const texts = BUYER_TEXTS[language].play;
  const done = run.states.filter(({ state }) => state !== 'waiting' && state !== 'running').length;
  return (
    <section data-run="" data-running={run.isRunning ? '' : undefined}>
      <div aria-live="polite">
        {run.isRunning ? (
          <>
            <p>{texts.running(done, run.states.length)}</p>
            <progress aria-label={texts.progress} max={run.states.length} value={done} />
          </>
        ) : (
          <Notice tone={run.isBroken ? 'bad' : 'good'}>{run.isBroken ? texts.broken : texts.over(done)}</Notice>
        )}
      </div>
      {run.isRunning ? null : <Start label={texts.again} />}
      <h2>{texts.caption}</h2>
      <Table
        caption={texts.caption}
        columns={[{ label: texts.buyer }, { label: texts.protocol }, { label: texts.story }, { label: texts.state }]}
        rows={run.states.map(({ play, state, sessionId, fault }) => [
          sessionId === undefined ? play.buyer : <a href={`/console/sessions/${sessionId}`}>{play.buyer}</a>,
          texts.protocols[play.protocol],
          texts.stories[play.story],
          <>
            <Badge tone={TONES[state]} text={texts.states[state]} />
            {fault === undefined ? null : <p class="hint">{fault}</p>}
          </>,
        ])}
      />
    </section>
  );
}
