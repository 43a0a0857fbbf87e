import type {
  AdminAcceptance,
  AdminConnection,
  AdminConnectionChange,
  AdminConnectionLine,
  AdminEvent,
  AdminEventFilter,
  AdminEventPage,
  AdminMessage,
  AdminPeriod,
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
  Version,
} from './admin-types.js';
import { IndexCalls } from './index-calls.js';
import { AdminSender, part } from './admin-sender.js';
import type {
  AdminFeed,
  AdminHook,
  AdminJob,
  AdminOrder,
  AdminOrderDetail,
  AdminReport,
  AdminReportDetail,
  UnsentNotice,
} from './order-types.js';
import { setTimeout as pause } from 'node:timers/promises';
import type { Call } from './send-call.js';
import type { Analytics, AnalyticsQuery } from './session-types.js';

/**
 * The calls of `client.admin`, for a key with the scope admin. Each rejects with a PunchFlowError: `VERSION_CONFLICT`
 * if somebody else was first. Lists load their pages on demand.
 */
export class AdminCalls extends IndexCalls {
  readonly #admin: AdminSender;

  constructor(send: (call: Call) => Promise<unknown>) {
    super(send);
    this.#admin = new AdminSender(send);
  }

  async listProfiles(): Promise<PlatformProfile[]> {
    return (await this.#admin.get<{ profiles: PlatformProfile[] }>('/profiles')).profiles;
  }

  listConnections(): AsyncGenerator<AdminConnectionLine, void, undefined> {
    return this.#admin.all<AdminConnectionLine>('/connections', 'connections');
  }

  getConnection(connectionId: string): Promise<AdminConnection> {
    return this.#admin.get(pathOf(connectionId));
  }

  createConnection(wish: NewAdminConnection): Promise<MadeConnection> {
    return this.#admin.post('/connections', wish);
  }

  changeConnection(connectionId: string, version: Version, change: AdminConnectionChange): Promise<AdminConnection> {
    return this.#admin.call({ method: 'PATCH', path: pathOf(connectionId), body: change, version });
  }

  removeConnection(connectionId: string, version: Version): Promise<{ removed: true }> {
    return this.#admin.delete(pathOf(connectionId), version);
  }

  addCredential(connectionId: string, version: Version, name: CredentialWish): Promise<AdminConnection> {
    return this.#admin.post(`${pathOf(connectionId)}/credentials`, name, version);
  }

  removeCredential(connectionId: string, version: Version, credentialId: string): Promise<AdminConnection> {
    return this.#admin.delete(`${pathOf(connectionId)}/credentials/${part(credentialId)}`, version);
  }

  /** The two newest are valid: a third replaces the older one. */
  addSecret(connectionId: string, version: Version, secret: SecretWish = {}): Promise<MadeConnection> {
    return this.#admin.post(`${pathOf(connectionId)}/secrets`, secret, version);
  }

  revokeSecret(connectionId: string, version: Version, secretId: string): Promise<AdminConnection> {
    return this.#admin.delete(`${pathOf(connectionId)}/secrets/${part(secretId)}`, version);
  }

  /** What the buyer's IT enters into its system; without a secret. */
  getHandOver(connectionId: string): Promise<HandOverSheet> {
    return this.#admin.get(`${pathOf(connectionId)}/hand-over`);
  }

  /** What the buyer's system has done so far. */
  getAcceptance(connectionId: string): Promise<AdminAcceptance> {
    return this.#admin.get(`${pathOf(connectionId)}/acceptance`);
  }

  /** A link that shows the sheet once, without a sign-in. With `withSecret` it also shows a new secret. */
  makeHandOver(
    connectionId: string,
    version: Version,
    wish: { withSecret?: boolean } = {},
  ): Promise<{ url: string | null; expiresAt: Date }> {
    return this.#admin.post(`${pathOf(connectionId)}/hand-over`, wish, version);
  }

  /** The document that a cart would give; nothing is stored. */
  preview(
    connectionId: string,
    wish: SettingsEdit & { cart?: Record<string, unknown>; sessionId?: string } = {},
  ): Promise<CartPreview> {
    return this.#admin.post(`${pathOf(connectionId)}/preview`, wish);
  }

  /** What edited settings would change in the last carts of a connection, 500 by default; nothing is stored. */
  replay(connectionId: string, wish: SettingsEdit & { limit?: number } = {}): Promise<CartReplay> {
    return this.#admin.post(`${pathOf(connectionId)}/replay`, wish);
  }

  /** Newest first. */
  searchSessions(filter: AdminSessionFilter = {}): AsyncGenerator<AdminSessionLine, void, undefined> {
    return this.#admin.all<AdminSessionLine>('/sessions', 'sessions', filter);
  }

  getSession(sessionId: string): Promise<SessionTimeline> {
    return this.#admin.get(`/sessions/${part(sessionId)}`);
  }

  /** One document without any secret. */
  supportBundle(sessionId: string): Promise<SessionTimeline & { product: string; madeAt: Date; connection: object }> {
    return this.#admin.get(`/sessions/${part(sessionId)}/bundle`);
  }

  /** What has happened since `after`; without it the newest events. */
  listEvents(filter: AdminEventFilter & { limit?: number } = {}): Promise<AdminEventPage> {
    return this.#admin.get('/events', filter);
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
    return this.#admin.all<AdminMessage>('/refusals', 'messages');
  }

  /** The most frequent first; of the last 24 hours by default. */
  async groupRefusals(range: AdminPeriod = {}): Promise<RefusalGroup[]> {
    return (await this.#admin.get<{ groups: RefusalGroup[] }>('/refusals/groups', range)).groups;
  }

  analytics(query: AnalyticsQuery = {}): Promise<Analytics & { funnel: Funnel }> {
    return this.#admin.get('/analytics', query);
  }

  async analyticsByConnection(range: AdminPeriod = {}): Promise<ConnectionFunnel[]> {
    const path = '/analytics/connections';
    return (await this.#admin.get<{ connections: ConnectionFunnel[] }>(path, range)).connections;
  }

  /** Newest first. */
  listOrders(
    filter: { verdict?: AdminOrder['verdict']; order?: string } = {},
  ): AsyncGenerator<AdminOrder, void, undefined> {
    return this.#admin.all<AdminOrder>('/orders', 'orders', filter);
  }

  /** Its newest document with lines is compared with the cart. */
  getOrder(connectionId: string, orderId: string): Promise<AdminOrderDetail> {
    return this.#admin.get(`/orders/${part(connectionId)}/${part(orderId)}`);
  }

  /** Rejects with RESOURCE_CONFLICT if the shop has the order, or cannot take it. */
  placeOrder(connectionId: string, orderId: string): Promise<{ queued: true; version: number }> {
    return this.#admin.post(`/orders/${part(connectionId)}/${part(orderId)}/place`);
  }

  /** How many failed notices are queued again. */
  resendNotices(connectionId: string, orderId: string): Promise<{ queued: number }> {
    return this.#admin.post(`/orders/${part(connectionId)}/${part(orderId)}/resend`);
  }

  async listHooks(): Promise<AdminHook[]> {
    return (await this.#admin.get<{ hooks: AdminHook[] }>('/hooks')).hooks;
  }

  /** Delivers nothing until it is resumed or replayed. */
  pauseHook(hookId: string): Promise<AdminHook> {
    return this.#admin.post(`/hooks/${part(hookId)}/pause`);
  }

  resumeHook(hookId: string): Promise<AdminHook> {
    return this.#admin.post(`/hooks/${part(hookId)}/resume`);
  }

  /** Delivers everything after this revision again. */
  replayHook(hookId: string, revision: number): Promise<AdminHook> {
    return this.#admin.post(`/hooks/${part(hookId)}/replay`, { revision });
  }

  async listFeeds(): Promise<AdminFeed[]> {
    return (await this.#admin.get<{ feeds: AdminFeed[] }>('/feeds')).feeds;
  }

  /** Newest first. */
  async listReports(shopId: number): Promise<AdminReport[]> {
    return (await this.#admin.get<{ reports: AdminReport[] }>(`/feeds/${shopId}/reports`)).reports;
  }

  getReport(shopId: number, reportId: number): Promise<AdminReportDetail> {
    return this.#admin.get(`/feeds/${shopId}/reports/${reportId}`);
  }

  /** An unchanged file is skipped. */
  fetchFeed(shopId: number): Promise<AdminFeed> {
    return this.#admin.post(`/feeds/${shopId}/fetch`);
  }

  /** Those that were not sent, newest first. */
  async listNotices(limit = 100): Promise<UnsentNotice[]> {
    return (await this.#admin.get<{ notices: UnsentNotice[] }>('/notices', { limit })).notices;
  }

  /** Oldest first. */
  listJobs(): AsyncGenerator<AdminJob, void, undefined> {
    return this.#admin.all<AdminJob>('/jobs', 'jobs');
  }

  retryJob(jobId: string): Promise<{ due: true }> {
    return this.#admin.post(`/jobs/${part(jobId)}/retry`);
  }

  /** Newest first. */
  listAudit(filter: AuditFilter = {}): AsyncGenerator<AuditRow, void, undefined> {
    return this.#admin.all<AuditRow>('/audit', 'rows', filter);
  }

  verifyAudit(): Promise<AuditVerification> {
    return this.#admin.get('/audit/verification');
  }

  erasePerson(email: string): Promise<{ sessions: number; documents: number; live: number }> {
    return this.#admin.post('/erasures', { email });
  }
}

function pathOf(connectionId: string): string {
  return `/connections/${part(connectionId)}`;
}
