import { startedByNpm } from '../../config/environment.js';
import type { Logger } from '../../ports/logger.js';

const LOOK_EVERY_MS = 250;
/** As a shell reports a program that a signal has ended. */
const SIGNAL_CODES = { SIGTERM: 143, SIGINT: 130 };

interface Running {
  /** `isUrgent`: somebody waits at the keyboard. */
  stop(isUrgent: boolean): Promise<void>;
}

/**
 * Starts, and stops in order at SIGTERM, at SIGINT, and at a rejection that nobody handles; a signal during the start
 * ends the process at once, also where it is the first process of a container. Started by npm it also stops when npm's
 * shell has ended: npm passes a signal to the shell only, and the process would hold its port for ever. Rejects when
 * the start fails.
 */
export async function runUntilStopped(start: () => Promise<Running>, log: Logger): Promise<void> {
  let running: Running | undefined;
  let isStopping = false;
  let code = 0;
  const end = (signal: keyof typeof SIGNAL_CODES): void => {
    if (running === undefined) process.exit(SIGNAL_CODES[signal]);
    if (isStopping) return;
    isStopping = true;
    running.stop(signal === 'SIGINT').then(
      () => process.exit(code),
      (error: unknown) => {
        log.error({ err: error }, 'stopping failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
  if (startedByNpm()) stopWithParent(() => end('SIGTERM'));
  running = await start();
  process.on('unhandledRejection', (error) => {
    log.error({ err: error }, 'unhandled rejection; stopping');
    code = 1;
    end('SIGTERM');
  });
}

function stopWithParent(end: () => void): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) end();
  }, LOOK_EVERY_MS).unref();
}
