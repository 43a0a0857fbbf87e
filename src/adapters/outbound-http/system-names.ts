import { lookup } from 'node:dns';
import { Resolver } from 'node:dns/promises';
import type { Resolve } from './outbound-rules.js';

/** The system's look-up takes one of the process's four threads, which hashes, files and compression need too. */
const AT_ONCE = 2;
const MOST_WAITING = 200;
/** Of the first of two tries; the second has twice as long. */
const PROBE_MS = 800;

/** Rejects where the name servers of a name do not answer; whatever they answer is well. */
export type Probe = (hostname: string) => Promise<unknown>;

/** Takes no thread. `servers` in place of the system's. */
export function probeByDns(servers?: readonly string[]): Probe {
  const resolver = new Resolver({ timeout: PROBE_MS, tries: 2 });
  if (servers !== undefined) resolver.setServers(servers);
  const mustAnswer = (error: unknown): void => {
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'ETIMEOUT') throw error;
  };
  return (hostname) =>
    Promise.all([resolver.resolve4(hostname).catch(mustAnswer), resolver.resolve6(hostname).catch(mustAnswer)]);
}

/**
 * Looks names up as the system does, two at a time. A name whose servers do not answer the probe is not looked up: it
 * would hold a thread for many seconds. Without a probe every name is, since it may stand in a file of the system alone.
 */
export function systemNames(probe: Probe | undefined, ask: Resolve = bySystem): Resolve {
  let running = 0;
  const waiting: (() => void)[] = [];

  function next(): void {
    if (running >= AT_ONCE) return;
    const start = waiting.shift();
    if (start === undefined) return;
    running += 1;
    start();
  }

  return (hostname, done) => {
    const lookUp = (): void => {
      if (waiting.length >= MOST_WAITING) {
        done(new Error('too many names are being looked up at the moment'), []);
        return;
      }
      waiting.push(() =>
        ask(hostname, (error, addresses) => {
          running -= 1;
          next();
          done(error, addresses);
        }),
      );
      next();
    };
    const refuse = (): void => done(new Error(`the name servers of ${hostname} do not answer`), []);
    if (probe === undefined) lookUp();
    else void probe(hostname).then(lookUp, refuse);
  };
}

const bySystem: Resolve = (hostname, done) => lookup(hostname, { all: true }, done);
