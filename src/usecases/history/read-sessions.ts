import { cartSummary, buyerOf } from '../../domain/cart/cart-total.js';
import { currencyDigits } from '../../domain/currency.js';
import { formatDecimal } from '../../domain/decimal.js';
import { type Outcome, accept, refuse, unlessAway } from '../../domain/error-codes.js';
import type { KeptOrder } from '../../domain/orders/purchase-order.js';
import type { PayloadSummary } from '../../domain/transmission/transfer-payload.js';
import { transmissionKeyOf, type Transmission } from '../../domain/transmission/transmission.js';
import type { ConnectionRepository, TenantRepository } from '../../ports/access/connection-repository.js';
import type {
  HistoryFilter,
  HistoryPage,
  HistoryPlace,
  PastSession,
  SessionHistory,
} from '../../ports/transmission/session-history.js';
import type { PurchaseOrders } from '../../ports/orders/order-repository.js';
import { readUnseen } from '../transfer/read-cart-to-send.js';
import type { Store } from '../../ports/store/store.js';
import type { TransmissionRepository } from '../../ports/transmission/transmission-repository.js';

interface Deps {
  transmissions: Pick<TransmissionRepository, 'find' | 'findPayload' | 'noteSummary' | 'findShown' | 'noteUntold'>;
  history: SessionHistory;
  purchaseOrders: Pick<PurchaseOrders, 'ofTransmission'>;
  connections: Pick<ConnectionRepository, 'find'>;
  tenants: Pick<TenantRepository, 'find'>;
  store: Pick<Store, 'readCart'>;
  /** How long to wait for a live cart before the last known summary is used. */
  liveCartMs?: number;
}

/** A session as PunchFlow shows it. */
export interface ShownSession extends Omit<PastSession, 'lastSummary'> {
  summary: PayloadSummary;
  /** Purchase orders of this session. Absent in lists. */
  purchaseOrders?: KeptOrder[];
}

export interface SessionReads {
  /** Includes the store's current cart while the session is live. Another tenant's id counts as unknown. */
  one(tenantId: string, sessionId: string): Promise<Outcome<ShownSession>>;
  list(
    tenantId: string,
    filter: HistoryFilter,
    place: HistoryPlace,
  ): Promise<Omit<HistoryPage, 'sessions'> & { sessions: ShownSession[] }>;
  /** Each of `sessionIds`, in the given order, with its last known summary. */
  many(tenantId: string, sessionIds: readonly string[]): Promise<Outcome<ShownSession>[]>;
}

/** Default currency of figures (PunchFlow shows EUR). */
export const DEFAULT_CURRENCY = 'EUR';

export function sessionReads(deps: Deps): SessionReads {
  async function shown({ lastSummary, ...session }: PastSession, tenantId: string): Promise<ShownSession> {
    const connection = await deps.connections.find(tenantId, session.connectionId);
    const company = session.buyer.company ?? connection?.name;
    const buyer = { ...session.buyer, company };
    return {
      ...session,
      buyer,
      summary:
        lastSummary ??
        emptySummary(
          connection?.settings.currency ?? (await deps.tenants.find(tenantId))?.settings.currency ?? DEFAULT_CURRENCY,
        ),
    };
  }

  async function summaryOf(transmission: Transmission): Promise<PayloadSummary | undefined> {
    const live = await liveSummary(deps, transmission);
    if (live !== undefined || transmission.lastSummary !== undefined) return live ?? transmission.lastSummary;
    return transmission.status === 'transferred' || transmission.status === 'order_created'
      ? (await deps.transmissions.findPayload(transmission))?.payload.summary
      : undefined;
  }

  return {
    async one(tenantId, sessionId) {
      // Always uses the requesting tenant's own key: another tenant's id and an unknown id take the same path and the
      // same time (T12).
      const transmission =
        transmissionKeyOf(sessionId) === undefined
          ? undefined
          : await deps.transmissions.find({ tenantId, transmissionId: sessionId });
      if (transmission === undefined) return refuse('TRANSMISSION_NOT_FOUND');
      const summary = await summaryOf(transmission);
      const orders =
        transmission.status === 'transferred' || transmission.status === 'order_created'
          ? await deps.purchaseOrders.ofTransmission(tenantId, sessionId)
          : [];
      return accept({
        purchaseOrders: orders.length === 0 ? undefined : orders,
        ...(await shown(
          {
            ...transmission,
            buyer: buyerOf(transmission.request),
            lastSummary: summary,
          },
          tenantId,
        )),
      });
    },
    async list(tenantId, filter, place) {
      const page = await deps.history.list(tenantId, filter, place);
      return { ...page, sessions: await Promise.all(page.sessions.map((session) => shown(session, tenantId))) };
    },
    async many(tenantId, sessionIds) {
      const found = new Map(
        (
          await deps.history.findMany(
            tenantId,
            sessionIds.filter((id) => transmissionKeyOf(id) !== undefined),
          )
        ).map((session) => [session.transmissionId, session]),
      );
      return Promise.all(
        sessionIds.map(async (id): Promise<Outcome<ShownSession>> => {
          const session = found.get(id);
          return session === undefined ? refuse('TRANSMISSION_NOT_FOUND') : accept(await shown(session, tenantId));
        }),
      );
    },
  };
}

/**
 * The cart in the store, with a time limit. Undefined if there is none or the store does not answer. The result is
 * stored for lists.
 */
async function liveSummary(
  { store, transmissions, liveCartMs = 2_000 }: Deps,
  transmission: Transmission,
): Promise<PayloadSummary | undefined> {
  if (transmission.status !== 'active' || transmission.cart === undefined) return undefined;
  const timer: { id?: NodeJS.Timeout } = {};
  const late = new Promise<undefined>((resolve) => {
    timer.id = setTimeout(() => resolve(undefined), liveCartMs);
  });
  const read = readUnseen({ transmissions, store })(transmission, transmission.cart).then(cartSummary, () => undefined);
  const summary = await Promise.race([read, late]);
  clearTimeout(timer.id);
  if (summary !== undefined && !isSame(summary, transmission.lastSummary))
    await transmissions.noteSummary(transmission, summary).catch(unlessAway);
  return summary;
}

function isSame(a: PayloadSummary, b: PayloadSummary | undefined): boolean {
  return (
    a.totalAmount === b?.totalAmount &&
    a.itemsCount === b.itemsCount &&
    a.linesCount === b.linesCount &&
    a.currency === b.currency
  );
}

function emptySummary(currency: string): PayloadSummary {
  return {
    itemsCount: '0',
    linesCount: 0,
    totalAmount: formatDecimal({ units: 0n, scale: currencyDigits(currency) }),
    currency,
  };
}
