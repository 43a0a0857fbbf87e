import { beginPunchout } from './play-punchout.js';
import { type Play, REFUSED_STORIES, TWENTY } from './twenty.js';

/** How far one punchout of a run is. */
export interface PlayState {
  play: Play;
  state: 'waiting' | 'running' | 'done' | 'refused' | 'failed';
  /** Once the call-up was accepted. */
  sessionId?: string;
  /** What went wrong. */
  fault?: string;
}

export interface PlayedRun {
  states: readonly PlayState[];
  isRunning: boolean;
  /** It ended early, since the server did not answer. */
  isBroken: boolean;
}

export interface PlayRuns {
  /** The run that is under way, else the last one. Undefined before the first. */
  current(): PlayedRun | undefined;
  /** Starts a run; nothing happens while another one is under way. */
  start(): void;
}

interface Deps {
  shopUrl: string;
  /** Creates the buyers that only play. Runs before each run. */
  prepare: () => Promise<void>;
  /** Milliseconds between two punchouts, so that a person can watch them arrive. */
  paceMs?: number;
  pause?: (ms: number) => Promise<void>;
  /** Milliseconds of a monotonic clock. */
  now?: () => number;
}

const PACE_MS = 1_500;
/** The links of the demo's second connection expire after 30 s. */
const LATE_MS = 31_000;

/** Plays twenty punchouts against this server, one run at a time. The last run stays in memory. */
export function playRuns({
  shopUrl,
  prepare,
  paceMs = PACE_MS,
  pause = waits,
  now = () => performance.now(),
}: Deps): PlayRuns {
  let last: { states: PlayState[]; isRunning: boolean; isBroken: boolean } | undefined;

  async function run(states: PlayState[]): Promise<void> {
    const [late, ...others] = states;
    if (late === undefined) return;
    const begun = now();
    const end = await begin(late, shopUrl);
    for (const one of others) {
      await pause(paceMs);
      await (
        await begin(one, shopUrl)
      )();
    }
    await pause(Math.max(0, LATE_MS - (now() - begun)));
    await end();
  }

  return {
    current: () => last,
    start() {
      if (last?.isRunning === true) return;
      const states = TWENTY.map((play): PlayState => ({ play, state: 'waiting' }));
      const started = { states, isRunning: true, isBroken: false };
      last = started;
      prepare()
        .then(() => run(states))
        .catch(() => {
          started.isBroken = true;
        })
        .finally(() => {
          started.isRunning = false;
        });
    },
  };
}

/** Calls up the shop. The returned function plays the rest. Both throw only where the server does not answer. */
async function begin(one: PlayState, shopUrl: string): Promise<() => Promise<void>> {
  const mayRefuse = one.play.story === 'wrong_secret' || one.play.story === 'wrong_return';
  one.state = 'running';
  const begun = await beginPunchout(one.play, shopUrl);
  if (begun === undefined || mayRefuse) {
    one.state = begun === undefined && mayRefuse ? 'refused' : 'failed';
    if (one.state === 'failed')
      one.fault = begun === undefined ? 'the call-up was refused' : 'the call-up was accepted';
    return () => Promise.resolve();
  }
  one.sessionId = begun.sessionId;
  return async () => {
    try {
      await begun.goOn();
      one.state = REFUSED_STORIES.has(one.play.story) ? 'refused' : 'done';
    } catch (error) {
      one.state = 'failed';
      if (error instanceof TypeError) throw error;
      one.fault = error instanceof Error ? error.message.slice(0, 300) : 'failed';
    }
  };
}

function waits(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
