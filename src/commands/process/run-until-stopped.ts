import { format } from 'node:util';
import { jsonLog } from '../../adapters/json-log.js';
import { type ServerSettings, inProduction, serverSettings, startedByNpm } from '../../config/environment.js';
import type { Logger } from '../../ports/logger.js';
import { PRODUCT } from '../../protocols/cxml/cxml-protocol.js';

const LOOK_EVERY_MS = 250;
/** A library that repeats a sentence, as ioredis does at each attempt to connect, is logged once a minute. */
const REPEAT_AFTER_MS = 60_000;
/** As a shell reports a program that a signal has ended. */
const SIGNAL_CODES = { SIGTERM: 143, SIGINT: 130 };

type Environment = Record<string, string | undefined>;

/** A server or worker that has started. */
interface Running {
  /** Named facts for the log of production: addresses. */
  facts: Record<string, string>;
  /** For the person who has started it at a terminal. */
  greeting: string;
  /** `isUrgent`: somebody waits at the keyboard. */
  stop(isUrgent: boolean): Promise<void>;
}

/**
 * Reads the settings, starts, and stops in order at SIGTERM, at SIGINT, and at a rejection that nobody handles; a
 * signal during the start ends the process at once, also where it is the first process of a container. Started by npm
 * it also stops when npm's shell has ended: npm passes a signal to the shell only, and the process would hold its port
 * for ever. In production all output is JSON lines: start, stop, failures and Node.js's own warnings too. A failed
 * start ends the process with code 1.
 */
export async function runUntilStopped(
  env: Environment,
  start: (settings: ServerSettings, log: Logger) => Promise<Running>,
): Promise<void> {
  try {
    const settings = serverSettings(env);
    const log = jsonLog(settings.logLevel);
    if (inProduction(env)) logWholeProcess(log);
    await run(() => start(settings, log), log, inProduction(env));
  } catch (error) {
    if (inProduction(env)) jsonLog('error').error({ err: error }, 'start failed');
    else process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}

async function run(start: () => Promise<Running>, log: Logger, production: boolean): Promise<void> {
  let running: Running | undefined;
  let isStopping = false;
  let code = 0;
  const end = (signal: keyof typeof SIGNAL_CODES): void => {
    if (running === undefined) process.exit(SIGNAL_CODES[signal]);
    if (isStopping) return;
    isStopping = true;
    if (production) log.info({ signal }, 'stopping');
    running.stop(signal === 'SIGINT').then(
      () => {
        if (production) log.info({}, 'stopped');
        process.exit(code);
      },
      (error: unknown) => {
        log.error({ err: error }, 'stopping failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
  if (startedByNpm()) stopWithParent(() => end('SIGTERM'));
  if (production) log.info({ program: PRODUCT, node: process.version, pid: process.pid }, 'starting');
  running = await start();
  if (production) log.info(running.facts, 'started');
  else process.stdout.write(running.greeting);
  process.on('unhandledRejection', (error) => {
    log.error({ err: error }, 'unhandled rejection; stopping');
    code = 1;
    end('SIGTERM');
  });
}

/** Node.js and libraries would write these to standard error, as text of several lines. */
function logWholeProcess(log: Logger): void {
  let last = { text: '', until: 0 };
  for (const method of ['log', 'info', 'warn', 'error'] as const)
    console[method] = (...written: unknown[]) => {
      const text = format(...written);
      if (text === last.text && performance.now() < last.until) return;
      last = { text, until: performance.now() + REPEAT_AFTER_MS };
      log.warn({ text }, 'a library wrote');
    };
  process.removeAllListeners('warning');
  process.on('warning', (warning) => log.warn({ err: warning }, 'warning of Node.js'));
  process.on('uncaughtException', (error) => {
    log.error({ err: error }, 'uncaught exception; ending at once');
    process.exit(1);
  });
}

function stopWithParent(end: () => void): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) end();
  }, LOOK_EVERY_MS).unref();
}
