import { totalOf, wantedCart } from '../proof/buyer/wanted-cart.js';
import { fieldsOfAnswer, returnedCart } from '../proof/buyer/returned-cart.js';
import type { Finding } from '../proof/checkers/finding.js';
import { type Call, History } from '../proof/history.js';
import type { Random } from '../proof/random.js';
import type { Erp } from '../proof/stage/erp.js';
import type { ServerProcess } from '../proof/stage/server-process.js';
import { pause } from '../proof/stage/until.js';
import { ProvenBuyer, type ProvenBy, behindProxy } from './proven-buyer.js';

const LANES = 2;
const REST_MS = 20;
const WAYS: readonly ProvenBy[] = ['key', 'cxml', 'oci'];

export interface Beside {
  punchouts: number;
  calls: number;
  /** Latency: the 99th percentile of all calls, without the time in which the machine gave the server no CPU. */
  p99Ms: number;
  /** The same in CPU time of the server's main thread. */
  p99CpuMs: number;
  /** Share of the time in which the machine gave the server no CPU. */
  heldUp: number;
  findings: Finding[];
}

interface Shopping {
  server: ServerProcess;
  erp: Erp;
  random: Random;
  /** Minimum number of punchouts, even if the attack ends earlier. */
  least: number;
  isOver: () => boolean;
}

/**
 * Authenticated buyers do whole punchouts, sequentially in two lanes: call-up by key, secret or password, login, two
 * articles, transfer. A call with an unexpected answer counts as lost.
 */
export async function shopBeside({ server, erp, random, least, isOver }: Shopping): Promise<Beside> {
  const history = new History();
  const findings: Finding[] = [];
  const waits: { ms: number; cpuMs: number }[] = [];
  const all = { at: performance.now(), ...server.threadTimes() };
  let begun = 0;
  const timed = async <T>(call: () => Promise<T>): Promise<T> => {
    const [begunAt, before] = [performance.now(), server.threadTimes()];
    const answer = await call();
    const [ms, after] = [performance.now() - begunAt, server.threadTimes()];
    waits.push({ ms: ms - (after.heldUpMs - before.heldUpMs), cpuMs: after.ranMs - before.ranMs });
    return answer;
  };
  const lane = async (number: number): Promise<void> => {
    const to = behindProxy(server, `198.51.100.${number + 1}`);
    while (begun < least || !isOver()) {
      const own = random.fork(`${begun}`);
      const provenBy = WAYS[begun % WAYS.length] ?? 'key';
      begun += 1;
      const buyer = new ProvenBuyer({ history, erp, random: own }, `beside-${own.seed}-${begun}`, provenBy);
      const cart = wantedCart(own);
      const lost = (call: string, status: number | undefined): void =>
        void findings.push({
          kind: 'lost',
          subject: `${provenBy} ${call}`,
          text: `a proven buyer was answered ${status}`,
        });
      if (!(await timed(() => buyer.setUp(to)))) {
        lost('call-up', history.calls.at(-1)?.status);
        continue;
      }
      let isWhole = true;
      for (const call of [
        () => buyer.logIn(to),
        ...[...cart].map(
          ([sku, quantity]) =>
            () =>
              buyer.add(to, sku, quantity),
        ),
        () => buyer.transfer(to, 'json'),
      ]) {
        const { kind, outcome, status, digest } = await timed<Call>(call);
        if (outcome !== 'acknowledged') {
          lost(kind, status);
          isWhole = false;
        } else if (digest !== undefined && isWhole) {
          const { total } = returnedCart(fieldsOfAnswer(history.bodyOf(digest), 'json'));
          if (total !== totalOf(cart))
            findings.push({ kind: 'wrong', subject: buyer.buyerCookie, text: `total ${total}, not ${totalOf(cart)}` });
        }
      }
      await pause(REST_MS);
    }
  };
  await Promise.all(Array.from({ length: LANES }, (_, number) => lane(number)));
  const p99 = (of: 'ms' | 'cpuMs'): number => {
    const sorted = waits.map((wait) => wait[of]).toSorted((a, b) => a - b);
    return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.99))] ?? 0);
  };
  return {
    punchouts: begun,
    calls: waits.length,
    p99Ms: p99('ms'),
    p99CpuMs: p99('cpuMs'),
    heldUp: (server.threadTimes().heldUpMs - all.heldUpMs) / (performance.now() - all.at),
    findings,
  };
}

/** Maximum additional latency during the attack. */
const LONGER_MS = 1_000;

/** Above this share without CPU, the server misses its time limits because of the machine (P5). */
export const OVERLOADED = 0.3;

/** Checks that no call is lost and that latency grows by less than a second. */
export function judgeBeside(name: string, quiet: Beside, beside: Beside): Finding[] {
  const late = (text: string): Finding => ({ kind: 'late', subject: name, text });
  return [
    ...(beside.heldUp > OVERLOADED ? beside.findings.filter(({ kind }) => kind !== 'lost') : beside.findings),
    ...(beside.p99CpuMs > quiet.p99CpuMs + LONGER_MS
      ? [
          late(
            `other buyers needed ${beside.p99CpuMs} ms of processor time at p99, ${quiet.p99CpuMs} without the attack`,
          ),
        ]
      : []),
    ...(beside.p99Ms > quiet.p99Ms + LONGER_MS
      ? [late(`other buyers waited ${beside.p99Ms} ms at p99, ${quiet.p99Ms} without the attack`)]
      : []),
  ];
}
