import type { Connection } from '../../domain/access/connection.js';
import { type Outcome, accept } from '../../domain/error-codes.js';
import type { ConnectionRepository } from '../../ports/access/connection-repository.js';
import type { HookRepository, HookState } from '../../ports/orders/connect-shops.js';
import type { OrderNotices } from '../../ports/orders/order-repository.js';
import type { NoticeState } from '../../domain/orders/order-notice.js';
import type {
  BuyerWait,
  ConnectionDay,
  FailingJobs,
  HourOfCallUps,
  OperationsView,
} from '../../ports/transmission/operations-view.js';
import type { CountRefusals } from './count-refusals.js';
import type { RefusalGroup } from '../../ports/transmission/session-search.js';
import type { StepTime, StepTimes } from '../../ports/step-times.js';
import type { SessionSearches, Timeline } from './search-sessions.js';

interface Deps {
  view: OperationsView;
  countRefusals: CountRefusals;
  steps: StepTimes;
  hooks: Pick<HookRepository, 'list'>;
  connections: Pick<ConnectionRepository, 'list'>;
  notices: Pick<OrderNotices, 'ofOrder'>;
  sessions: Pick<SessionSearches, 'timeline' | 'find'>;
}

export type FunnelCounts = Omit<HourOfCallUps, 'hoursAgo'>;

export interface TodayRead {
  /** Call-ups of the last 24 hours and how far they came; the same for the 24 hours before. */
  now: FunnelCounts;
  before: FunnelCounts;
  /** Call-ups of each of the last 24 hours, oldest first. */
  callUpsByHour: { hoursAgo: number; callUps: number }[];
  refusals: (RefusalGroup & { connectionName?: string | undefined })[];
  /** Hooks that fail or are paused. */
  hooks: HookState[];
  jobs: FailingJobs[];
  /** Where time goes. */
  times: {
    /** Since this process started, of all tenants. */
    since: Date;
    steps: StepTime[];
    /** Of the last 24 hours. */
    waits: BuyerWait[];
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
  connections(tenantId: string): Promise<{ connection: Connection; day: ConnectionDay | undefined }[]>;
}

const HOURS = 24;
const MOST_GROUPS = 50;
/** Other processes note refusals by their own clocks. */
const CLOCKS_DIFFER_MS = 60_000;

function lastDay(): { from: Date; before: Date } {
  const now = Date.now();
  return { from: new Date(now - HOURS * 3_600_000), before: new Date(now + CLOCKS_DIFFER_MS) };
}

export function operationReads({
  view,
  countRefusals,
  steps,
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
      const [hours, refusals, hookStates, jobs, waits, times, names] = await Promise.all([
        view.hours(tenantId),
        countRefusals(tenantId, lastDay(), MOST_GROUPS),
        hooks.list(tenantId),
        view.failingJobs(tenantId),
        view.waits(tenantId),
        steps.read(),
        namesOf(tenantId),
      ]);
      const byHour = new Map(hours.map(({ hoursAgo, callUps }) => [hoursAgo, callUps]));
      return {
        now: sumOf(hours.filter(({ hoursAgo }) => hoursAgo < HOURS)),
        before: sumOf(hours.filter(({ hoursAgo }) => hoursAgo >= HOURS)),
        callUpsByHour: Array.from({ length: HOURS }, (_, index) => HOURS - 1 - index).map((hoursAgo) => ({
          hoursAgo,
          callUps: byHour.get(hoursAgo) ?? 0,
        })),
        refusals: refusals.map((group) => ({ ...group, connectionName: names.get(group.connectionId ?? '') })),
        hooks: hookStates.filter(({ failingSince, pausedAt }) => failingSince !== undefined || pausedAt !== undefined),
        jobs,
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
      const [all, days] = await Promise.all([connections.list(tenantId), view.connections(tenantId)]);
      const dayOf = new Map(days.map((day) => [day.connectionId, day]));
      return all.map((connection) => ({ connection, day: dayOf.get(connection.connectionId) }));
    },
  };
}

function sumOf(hours: readonly HourOfCallUps[]): FunnelCounts {
  const sum = { callUps: 0, logins: 0, transfers: 0, orders: 0 };
  for (const { callUps, logins, transfers, orders } of hours) {
    sum.callUps += callUps;
    sum.logins += logins;
    sum.transfers += transfers;
    sum.orders += orders;
  }
  return sum;
}
