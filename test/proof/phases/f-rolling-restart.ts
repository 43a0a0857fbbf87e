import { Pool } from 'undici';
import { shoppers } from '../buyer/shopping.js';
import { slowestMs } from '../checkers/check-bounds.js';
import { checkConservation } from '../checkers/check-conservation.js';
import { checkStates } from '../checkers/check-states.js';
import type { Finding } from '../checkers/finding.js';
import { readFinalState } from '../final-state.js';
import { History } from '../history.js';
import { startBalancer } from '../stage/balancer.js';
import type { ServerProcess } from '../stage/server-process.js';
import { pause, until } from '../stage/until.js';
import { type Phase, shareOf } from './phase.js';

const RESTARTS = 6;
const CLIENTS = 50;
const STOPPED_WITHIN_MS = 15_000;
/** Assumption of P11: a balancer that is at most this slow, and clients that send requests at least this often. */
const PRESUMED_MS = 1_000;

/** P11: 50 busy keep-alive clients, a balancer that checks /readyz, one process restarted after the other. */
export const rollingRestart: Phase = (settings) => restarting(settings, 'SIGTERM');

/** With SIGINT a process stops immediately, like a program without draining (mutant M5). */
export async function restarting(
  { stage, random, share }: Parameters<Phase>[0],
  signal: 'SIGTERM' | 'SIGINT',
): ReturnType<Phase> {
  const processes = await stage.pair();
  const balancer = await startBalancer(processes);
  const sees = (process: ServerProcess): Promise<boolean> => until(async () => balancer.sees(process), 15_000, 20);
  await Promise.all(processes.map(sees));
  const history = new History();
  const all = await shoppers({
    count: shareOf(CLIENTS, share, 20),
    label: `restarts-${random.seed}`,
    processes,
    history,
    erp: stage.erp,
    random,
  });
  const findings: Finding[] = [];
  const failed: Finding[] = [];
  const counts = { tried: 0, acked: 0, refused: 0, unknown: 0 };
  const over = new AbortController();

  const clients = all.map(async ({ punchout, random: own }) => {
    const pool = new Pool(balancer.url, {
      connections: 1,
      pipelining: 1,
      keepAliveTimeout: 60_000,
      headersTimeout: 15_000,
    });
    const to = { name: 'balancer', pool };
    const browser = punchout.browser.copy();
    while (!over.signal.aborted) {
      const adds = own.below(10) === 0;
      const call = adds ? await punchout.add(to, 'SKU-001', 1, browser) : await punchout.look(to, browser);
      counts.tried += 1;
      if (call.outcome === 'acknowledged') counts.acked += 1;
      else if (call.outcome === 'refused') counts.refused += 1;
      else counts.unknown += 1;
      if (call.outcome !== 'acknowledged' && !over.signal.aborted)
        failed.push({
          kind: 'wrong',
          subject: punchout.transmissionId,
          text: `${call.kind} failed with ${call.status}`,
        });
    }
    await pool.destroy();
  });

  let slowestStopMs = 0;
  let noticedMs = 0;
  const restarts = shareOf(RESTARTS, share, 2);
  for (let index = 0; index < restarts; index += 1) {
    const process = processes[index % 2 === 0 ? 0 : 1];
    await pause(300);
    const stopping = process.stop(signal);
    const since = performance.now();
    await until(async () => !balancer.sees(process), STOPPED_WITHIN_MS, 10);
    noticedMs = Math.max(noticedMs, Math.round(performance.now() - since));
    const { tookMs, code } = await stopping;
    slowestStopMs = Math.max(slowestStopMs, tookMs);
    if (code !== 0)
      findings.push({
        kind: 'wrong',
        subject: process.name,
        text: `stopped with ${code}: ${process.said.slice(-300)}`,
      });
    if (tookMs > STOPPED_WITHIN_MS)
      findings.push({ kind: 'late', subject: process.name, text: `took ${tookMs} ms to stop` });
    await process.start();
    await sees(process);
  }
  await pause(300);
  over.abort();
  await Promise.all(clients);
  await balancer.close();
  const slowest = slowestMs(history.of('look'));
  const isFair = noticedMs <= PRESUMED_MS && slowest <= PRESUMED_MS;
  if (isFair) findings.push(...failed);
  const state = await readFinalState(stage.database);
  findings.push(
    ...checkConservation(
      all.map(({ punchout }) => punchout.transmissionId),
      history,
      state,
    ),
    ...checkStates(history.transmissionIds(), state),
  );
  return {
    ...counts,
    faults: restarts,
    findings,
    facts: {
      clients: all.length,
      failed: failed.length,
      noticed_ms_max: noticedMs,
      max_ms: slowest,
      machine: isFair ? 'fair' : 'overloaded',
      stop_ms_max: slowestStopMs,
    },
  };
}
