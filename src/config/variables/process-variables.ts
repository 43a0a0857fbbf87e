type Environment = Record<string, string | undefined>;

/** Maximum number in parallel, for each kind of work. */
export interface WorkerPlaces {
  jobs?: number;
  hooks?: number;
  feeds?: number;
}

/** How a process works and stops. What is absent has the default of the part that uses it. */
export interface ProcessSettings {
  /** Address of the metrics listener. Absent: loopback. */
  metricsHost?: string;
  /** How long a stopping process still takes requests, so that load balancers notice. */
  drainMs?: number;
  /** How long the last requests may take afterwards. */
  lastAnswersMs?: number;
  /** Maximum number of jobs, hooks and feeds that the process serves in parallel. */
  workerPlaces?: WorkerPlaces;
}

/** Adds every fault to `faults`, each as `NAME: cure`. */
export function processSettings(env: Environment, faults: string[]): ProcessSettings {
  const metricsHost = env['METRICS_HOST'];
  if (metricsHost === '') faults.push('METRICS_HOST: an address of this machine, e.g. 127.0.0.1 or 0.0.0.0');
  const numberOf = (name: string, what: string, least: number, most: number): number | undefined => {
    const text = env[name];
    if (text === undefined) return undefined;
    if (!isWithin(text, least, most)) faults.push(`${name}: ${what} from ${least} to ${most}`);
    return Number(text);
  };
  return {
    metricsHost,
    drainMs: numberOf('DRAIN_MS', 'milliseconds', 0, 600_000),
    lastAnswersMs: numberOf('LAST_ANSWERS_MS', 'milliseconds', 0, 600_000),
    workerPlaces: {
      jobs: numberOf('WORKER_JOBS', 'jobs at once,', 1, 1_000),
      hooks: numberOf('WORKER_HOOKS', 'hooks at once,', 1, 10_000),
      feeds: numberOf('WORKER_FEEDS', 'feeds at once,', 1, 100),
    },
  };
}

/** Whether this text is a whole number within these limits. */
export function isWithin(text: string, least: number, most: number): boolean {
  return /^\d{1,9}$/.test(text) && Number(text) >= least && Number(text) <= most;
}
