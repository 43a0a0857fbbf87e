import type {
  AdminConnection,
  AdminConnectionChange,
  AdminConnectionLine,
  AdminEvent,
  AdminEventFilter,
  AdminEventPage,
  AdminFeed,
  AdminHook,
  AdminJob,
  AdminMessage,
  AdminOrder,
  AdminOrderDetail,
  AdminPeriod,
  AdminReport,
  AdminSessionFilter,
  AdminSessionLine,
  AuditFilter,
  AuditRow,
  AuditVerification,
  CartPreview,
  CartReplay,
  ConnectionFunnel,
  CredentialWish,
  Funnel,
  HandOverSheet,
  MadeConnection,
  NewAdminConnection,
  PlatformProfile,
  RefusalGroup,
  SecretWish,
  SettingsEdit,
  SessionTimeline,
  UnsentNotice,
  Version,
} from './admin-types.js';
import { AccessCalls } from './access-calls.js';
import { setTimeout as pause } from 'node:timers/promises';
import type { Call } from './send-call.js';
import { fromWire, toWire, type Analytics, type AnalyticsQuery } from './session-types.js';

interface Paginated {
  pagination: { nextCursor: string | null };
}

/**
 * The calls of `client.admin`, for a key with the scope admin. Each rejects with a PunchFlowError: `VERSION_CONFLICT`
 * if somebody else was first. Lists load their pages on demand.
 */
export class AdminCalls extends AccessCalls {
  readonly #call: <Data>(call: Omit<Call, 'family'>) => Promise<Data>;

  constructor(send: (call: Call) => Promise<unknown>) {
    super(send);
    this.#call = async <Data>(call: Omit<Call, 'family'>) =>
      fromWire(await send({ ...call, family: '/v1/admin' })) as Data;
  }

  async listProfiles(): Promise<PlatformProfile[]> {
    return (await this.#get<{ profiles: PlatformProfile[] }>('/profiles')).profiles;
  }

  listConnections(): AsyncGenerator<AdminConnectionLine, void, undefined> {
    return this.#all<AdminConnectionLine>('/connections', 'connections');
  }

  getConnection(connectionId: string): Promise<AdminConnection> {
    return this.#get(pathOf(connectionId));
  }

  createConnection(wish: NewAdminConnection): Promise<MadeConnection> {
    return this.#post('/connections', wish);
  }

  changeConnection(connectionId: string, version: Version, change: AdminConnectionChange): Promise<AdminConnection> {
    return this.#call({ method: 'PATCH', path: pathOf(connectionId), body: toWire(change), version });
  }

  removeConnection(connectionId: string, version: Version): Promise<{ removed: true }> {
    return this.#call({ method: 'DELETE', path: pathOf(connectionId), version });
  }

  addCredential(connectionId: string, version: Version, name: CredentialWish): Promise<AdminConnection> {
    return this.#post(`${pathOf(connectionId)}/credentials`, name, version);
  }

  removeCredential(connectionId: string, version: Version, credentialId: string): Promise<AdminConnection> {
    return this.#call({
      method: 'DELETE',
      path: `${pathOf(connectionId)}/credentials/${part(credentialId)}`,
      version,
    });
  }

  /** The two newest are valid: a third replaces the older one. */
  addSecret(connectionId: string, version: Version, secret: SecretWish = {}): Promise<MadeConnection> {
    return this.#post(`${pathOf(connectionId)}/secrets`, secret, version);
  }

  revokeSecret(connectionId: string, version: Version, secretId: string): Promise<AdminConnection> {
    return this.#call({ method: 'DELETE', path: `${pathOf(connectionId)}/secrets/${part(secretId)}`, version });
  }

  /** What the buyer's IT enters into its system; without a secret. */
  getHandOver(connectionId: string): Promise<HandOverSheet> {
    return this.#get(`${pathOf(connectionId)}/hand-over`);
  }

  /** A link that shows the sheet once, without a sign-in. With `withSecret` it also shows a new secret. */
  makeHandOver(
    connectionId: string,
    version: Version,
    wish: { withSecret?: boolean } = {},
  ): Promise<{ url: string | null; expiresAt: Date }> {
    return this.#post(`${pathOf(connectionId)}/hand-over`, wish, version);
  }

  /** The document that a cart would give; nothing is stored. */
  preview(
    connectionId: string,
    wish: SettingsEdit & { cart?: Record<string, unknown>; sessionId?: string } = {},
  ): Promise<CartPreview> {
    return this.#post(`${pathOf(connectionId)}/preview`, wish);
  }

  /** What edited settings would change in the last carts of a connection, 500 by default; nothing is stored. */
  replay(connectionId: string, wish: SettingsEdit & { limit?: number } = {}): Promise<CartReplay> {
    return this.#post(`${pathOf(connectionId)}/replay`, wish);
  }

  /** Newest first. */
  searchSessions(filter: AdminSessionFilter = {}): AsyncGenerator<AdminSessionLine, void, undefined> {
    return this.#all<AdminSessionLine>('/sessions', 'sessions', toWire(filter));
  }

  getSession(sessionId: string): Promise<SessionTimeline> {
    return this.#get(`/sessions/${part(sessionId)}`);
  }

  /** One document without any secret. */
  supportBundle(sessionId: string): Promise<SessionTimeline & { product: string; madeAt: Date; connection: object }> {
    return this.#get(`/sessions/${part(sessionId)}/bundle`);
  }

  /** What has happened since `after`; without it the newest events. */
  listEvents(filter: AdminEventFilter & { limit?: number } = {}): Promise<AdminEventPage> {
    return this.#get('/events', toWire(filter));
  }

  /**
   * What happens from now on, or since `after`: every event once and in order, also across restarts of the server.
   * Asks every `everyMs`, 2,000 by default; ends when `signal` is aborted.
   */
  async *followEvents({
    signal,
    everyMs = 2_000,
    ...filter
  }: AdminEventFilter & { signal?: AbortSignal; everyMs?: number } = {}): AsyncGenerator<AdminEvent, void, undefined> {
    let after = filter.after ?? (await this.listEvents({ limit: 1 })).lastEventId;
    for (;;) {
      if (signal?.aborted === true) return;
      const { events, lastEventId, more } = await this.listEvents({ ...filter, after, limit: 100 });
      yield* events;
      after = lastEventId;
      if (!more) await pause(everyMs, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Newest first. */
  listRefusals(): AsyncGenerator<AdminMessage, void, undefined> {
    return this.#all<AdminMessage>('/refusals', 'messages');
  }

  /** The most frequent first; of the last 24 hours by default. */
  async groupRefusals(range: AdminPeriod = {}): Promise<RefusalGroup[]> {
    return (await this.#get<{ groups: RefusalGroup[] }>('/refusals/groups', toWire(range))).groups;
  }

  analytics(query: AnalyticsQuery = {}): Promise<Analytics & { funnel: Funnel }> {
    return this.#get('/analytics', toWire(query));
  }

  async analyticsByConnection(range: AdminPeriod = {}): Promise<ConnectionFunnel[]> {
    const path = '/analytics/connections';
    return (await this.#get<{ connections: ConnectionFunnel[] }>(path, toWire(range))).connections;
  }

  /** Newest first. */
  listOrders(
    filter: { verdict?: AdminOrder['verdict']; order?: string } = {},
  ): AsyncGenerator<AdminOrder, void, undefined> {
    return this.#all<AdminOrder>('/orders', 'orders', toWire(filter));
  }

  /** Its newest document with lines is compared with the cart. */
  getOrder(connectionId: string, orderId: string): Promise<AdminOrderDetail> {
    return this.#get(`/orders/${part(connectionId)}/${part(orderId)}`);
  }

  /** Rejects with RESOURCE_CONFLICT if the shop has the order, or cannot take it. */
  placeOrder(connectionId: string, orderId: string): Promise<{ queued: true; version: number }> {
    return this.#post(`/orders/${part(connectionId)}/${part(orderId)}/place`);
  }

  /** How many failed notices are queued again. */
  resendNotices(connectionId: string, orderId: string): Promise<{ queued: number }> {
    return this.#post(`/orders/${part(connectionId)}/${part(orderId)}/resend`);
  }

  async listHooks(): Promise<AdminHook[]> {
    return (await this.#get<{ hooks: AdminHook[] }>('/hooks')).hooks;
  }

  /** Delivers nothing until it is resumed or replayed. */
  pauseHook(hookId: string): Promise<AdminHook> {
    return this.#post(`/hooks/${part(hookId)}/pause`);
  }

  resumeHook(hookId: string): Promise<AdminHook> {
    return this.#post(`/hooks/${part(hookId)}/resume`);
  }

  /** Delivers everything after this revision again. */
  replayHook(hookId: string, revision: number): Promise<AdminHook> {
    return this.#post(`/hooks/${part(hookId)}/replay`, { revision });
  }

  async listFeeds(): Promise<AdminFeed[]> {
    return (await this.#get<{ feeds: AdminFeed[] }>('/feeds')).feeds;
  }

  /** Newest first. */
  async listReports(shopId: number): Promise<AdminReport[]> {
    return (await this.#get<{ reports: AdminReport[] }>(`/feeds/${shopId}/reports`)).reports;
  }

  /** An unchanged file is skipped. */
  fetchFeed(shopId: number): Promise<AdminFeed> {
    return this.#post(`/feeds/${shopId}/fetch`);
  }

  /** Those that were not sent, newest first. */
  async listNotices(limit = 100): Promise<UnsentNotice[]> {
    return (await this.#get<{ notices: UnsentNotice[] }>('/notices', { limit })).notices;
  }

  /** Oldest first. */
  listJobs(): AsyncGenerator<AdminJob, void, undefined> {
    return this.#all<AdminJob>('/jobs', 'jobs');
  }

  retryJob(jobId: string): Promise<{ due: true }> {
    return this.#post(`/jobs/${part(jobId)}/retry`);
  }

  /** Newest first. */
  listAudit(filter: AuditFilter = {}): AsyncGenerator<AuditRow, void, undefined> {
    return this.#all<AuditRow>('/audit', 'rows', toWire(filter));
  }

  verifyAudit(): Promise<AuditVerification> {
    return this.#get('/audit/verification');
  }

  erasePerson(email: string): Promise<{ sessions: number; documents: number; live: number }> {
    return this.#post('/erasures', { email });
  }

  #get<Data>(path: string, query: Record<string, unknown> = {}): Promise<Data> {
    return this.#call({ method: 'GET', path, query });
  }

  #post<Data>(path: string, body?: object, version?: Version): Promise<Data> {
    return this.#call({
      method: 'POST',
      path,
      ...(body === undefined ? {} : { body: toWire(body) }),
      ...(version === undefined ? {} : { version }),
    });
  }

  async *#all<Row>(
    path: string,
    name: string,
    query: Record<string, unknown> = {},
  ): AsyncGenerator<Row, void, undefined> {
    let next: { cursor?: string } | undefined = {};
    while (next !== undefined) {
      const page: Paginated & Record<string, unknown> = await this.#get(path, { limit: 100, ...query, ...next });
      yield* page[name] as Row[];
      const cursor: string | null = page.pagination.nextCursor;
      next = cursor === null ? undefined : { cursor };
    }
  }
}

function part(id: string): string {
  return encodeURIComponent(id);
}

function pathOf(connectionId: string): string {
  return `/connections/${part(connectionId)}`;
}
