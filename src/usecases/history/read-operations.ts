import type { Connection } from '../../domain/access/connection.js';
import { type Outcome, accept } from '../../domain/error-codes.js';
import type { ConnectionRepository } from '../../ports/access/connection-repository.js';
import type { HookRepository, HookState } from '../../ports/orders/connect-shops.js';
import type { OrderNotices } from '../../ports/orders/order-repository.js';
import type { NoticeState } from '../../domain/orders/order-notice.js';
import type { BuyerWaits, FailingJobs, OperationsView } from '../../ports/transmission/operations-view.js';
import type { CountRefusals } from './count-refusals.js';
import type { ConnectionFunnel, FunnelFigures, RefusalGroup } from '../../ports/transmission/session-search.js';
import type { SweepFault, SweepFaults } from '../../ports/sweep-faults.js';
import type { StepTime, StepTimes } from '../../ports/step-times.js';
import { type FunnelCounts, sumOfFunnel } from './read-analytics.js';
import type { SessionSearches, Timeline } from './search-sessions.js';

interface Deps {
  funnel: Pick<FunnelFigures, 'read' | 'hours'>;
  view: OperationsView;
  countRefusals: CountRefusals;
  steps: StepTimes;
  sweepFaults: Pick<SweepFaults, 'list'>;
  hooks: Pick<HookRepository, 'list'>;
  connections: Pick<ConnectionRepository, 'list'>;
  notices: Pick<OrderNotices, 'ofOrder'>;
  sessions: Pick<SessionSearches, 'timeline' | 'find'>;
}

export interface ConnectionDay {
  callUps: number;
  transfers: number;
  /** Time of its newest call-up of the last two days whose cart was sent. */
  lastTransferAt?: Date;
  newestSecretAt?: Date;
}

export interface TodayRead {
  /** Call-ups of the last 24 hours and how far they came; the same for the 24 hours before. */
  now: FunnelCounts;
  before: FunnelCounts;
  /** Call-ups of this hour of the clock and of the 23 before, oldest first. */
  callUpsByHour: { hoursAgo: number; callUps: number }[];
  refusals: (RefusalGroup & { connectionName?: string | undefined })[];
  /** Hooks that fail or are paused. */
  hooks: HookState[];
  jobs: FailingJobs[];
  /** Parts of the clean-up that fail, of the installation. */
  sweeps: SweepFault[];
  /** Where time goes. */
  times: {
    /** Since this process started, of all tenants. */
    since: Date;
    steps: StepTime[];
    /** Of the last 24 hours. */
    waits: BuyerWaits;
  };
}

export interface SessionStory extends Timeline {
  /** Notices of its orders to the buyer's system. */
  notices: NoticeState[];
  connectionName?: string;
}

export interface SessionComparison {
  session: SessionStory;
  good?: SessionStory;
}

/** What the console shows beside single sessions and lists. */
export interface OperationReads {
  today(tenantId: string): Promise<TodayRead>;
  story(tenantId: string, sessionId: string): Promise<Outcome<SessionStory>>;
  /**
   * A session and the newest one of its connection that was called up before it and whose cart went back; if there is
   * none before it, the newest of all.
   */
  comparison(tenantId: string, sessionId: string): Promise<Outcome<SessionComparison>>;
  connections(tenantId: string): Promise<{ connection: Connection; day: ConnectionDay }[]>;
}

const HOURS = 24;
const HOUR_MS = 3_600_000;
const DAY_MS = HOURS * HOUR_MS;
const MOST_GROUPS = 50;
/** The clock of another process, which dates its refusals, may be ahead by this much. */
const CLOCKS_DIFFER_MS = 60_000;

function lastDay(): { from: Date; before: Date } {
  const now = Date.now();
  return { from: new Date(now - DAY_MS), before: new Date(now + CLOCKS_DIFFER_MS) };
}

export function operationReads({
  view,
  funnel,
  countRefusals,
  steps,
  sweepFaults,
  hooks,
  connections,
  notices,
  sessions,
}: Deps): OperationReads {
  const namesOf = async (tenantId: string): Promise<Map<string, string>> =>
    new Map((await connections.list(tenantId)).map(({ connectionId, name }) => [connectionId, name]));

  async function story(tenantId: string, sessionId: string): Promise<Outcome<SessionStory>> {
    const read = await sessions.timeline(tenantId, sessionId);
    if (!read.ok) return read;
    const { connectionId, purchaseOrders = [] } = read.value.session;
    const orderIds = [...new Set(purchaseOrders.map(({ order }) => order.orderId))];
    const [names, ...told] = await Promise.all([
      namesOf(tenantId),
      ...orderIds.map((orderId) => notices.ofOrder(tenantId, connectionId, orderId)),
    ]);
    return accept({ ...read.value, notices: told.flat(), connectionName: names.get(connectionId) });
  }

  async function goodOne(
    tenantId: string,
    { transmissionId, connectionId, createdAt }: SessionStory['session'],
  ): Promise<string | undefined> {
    const wish = { connectionId, status: 'completed' as const };
    const [earlier] = (await sessions.find(tenantId, { ...wish, before: createdAt }, { limit: 1 })).sessions;
    if (earlier !== undefined) return earlier.transmissionId;
    const { sessions: newest } = await sessions.find(tenantId, wish, { limit: 2 });
    return newest.find((other) => other.transmissionId !== transmissionId)?.transmissionId;
  }

  return {
    async today(tenantId) {
      const end = Date.now();
      const thisHour = Math.floor(end / HOUR_MS);
      const [dayAgo, twoDaysAgo] = [new Date(end - DAY_MS), new Date(end - 2 * DAY_MS)];
      const [now, before, hours, refusals, hookStates, jobs, sweeps, waits, times, names] = await Promise.all([
        funnel.read(tenantId, { from: dayAgo }).then(sumOfFunnel),
        funnel.read(tenantId, { from: twoDaysAgo, before: dayAgo }).then(sumOfFunnel),
        funnel.hours(tenantId, new Date((thisHour - HOURS + 1) * HOUR_MS)),
        countRefusals(tenantId, lastDay(), MOST_GROUPS),
        hooks.list(tenantId),
        view.failingJobs(tenantId),
        sweepFaults.list(),
        view.waits(tenantId),
        steps.read(),
        namesOf(tenantId),
      ]);
      const byHour = new Map(hours.map(({ hour, callUps }) => [thisHour - hour.getTime() / HOUR_MS, callUps]));
      return {
        now,
        before,
        callUpsByHour: Array.from({ length: HOURS }, (_, index) => HOURS - 1 - index).map((hoursAgo) => ({
          hoursAgo,
          callUps: byHour.get(hoursAgo) ?? 0,
        })),
        refusals: refusals.map((group) => ({ ...group, connectionName: names.get(group.connectionId ?? '') })),
        hooks: hookStates.filter(({ failingSince, pausedAt }) => failingSince !== undefined || pausedAt !== undefined),
        jobs,
        sweeps,
        times: { since: steps.since, steps: times, waits },
      };
    },
    story,
    async comparison(tenantId, sessionId) {
      const session = await story(tenantId, sessionId);
      if (!session.ok) return session;
      const id = await goodOne(tenantId, session.value.session);
      const good = id === undefined ? undefined : await story(tenantId, id);
      return accept(good?.ok === true ? { session: session.value, good: good.value } : { session: session.value });
    },
    async connections(tenantId) {
      const now = Date.now();
      const since = (ms: number): Promise<ConnectionFunnel[]> => funnel.read(tenantId, { from: new Date(now - ms) });
      const [all, days, pairs, secrets] = await Promise.all([
        connections.list(tenantId),
        since(DAY_MS),
        since(2 * DAY_MS),
        view.secrets(tenantId),
      ]);
      const byId = <Row extends { connectionId: string }>(rows: Row[]): Map<string, Row> =>
        new Map(rows.map((row) => [row.connectionId, row]));
      const [dayOf, pairOf, secretsOf] = [byId(days), byId(pairs), byId(secrets)];
      return all.map((connection) => {
        const { connectionId: id } = connection;
        return {
          connection,
          day: {
            callUps: dayOf.get(id)?.callUps ?? 0,
            transfers: dayOf.get(id)?.transfers ?? 0,
            lastTransferAt: pairOf.get(id)?.lastTransfer,
            newestSecretAt: secretsOf.get(id)?.newestSecretAt,
          },
        };
      });
    },
  };
}
