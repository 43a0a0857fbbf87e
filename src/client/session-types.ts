import type { ErrorCode } from '../domain/error-codes.js';

export type SessionStatus = 'active' | 'completed' | 'cancelled' | 'expired';
export type SessionProtocol = 'cxml' | 'oci' | 'repost';

/** A call-up by JSON (PunchOut Session API). */
export interface SetupSession {
  protocol: 'cxml' | 'oci';
  /** The address that receives the cart; must be one of the connection's return addresses. */
  returnUrl: string;
  /** Returned with the cart, byte for byte. */
  buyerCookie?: string;
  /** Id of the connection, needed if the tenant has several for the protocol. */
  connection?: string;
  operation?: 'create' | 'edit' | 'inspect';
  /** BCP 47. */
  language?: string;
  /** ISO 4217. */
  currency?: string;
  selectedItem?: string;
  buyer?: { email?: string; name?: string; company?: string };
  /** Where the goods go. By its address id the connection may choose the shop's customer. */
  shipTo?: { addressId: string; name?: string; city?: string; postalCode?: string; countryCode?: string };
}

export interface StartedSession {
  sessionId: string;
  status: SessionStatus;
  protocol: SessionProtocol;
  /** Opens the shop, once. */
  startUrl: string;
  createdAt: Date;
  expiresAt: Date;
}

export interface Session {
  sessionId: string;
  status: SessionStatus;
  protocol: SessionProtocol;
  createdAt: Date;
  expiresAt: Date;
  buyer: { email: string | null; name: string | null; company: string | null };
  cart: { itemsCount: number; totalAmount: number; currency: string };
  metadata: { buyerCookie: string; returnUrl: string };
}

export interface SessionLine {
  sessionId: string;
  status: SessionStatus;
  protocol: SessionProtocol;
  createdAt: Date;
  completedAt: Date | null;
  buyerEmail: string | null;
  itemsCount: number;
  totalAmount: number;
  currency: string;
}

export interface SessionFilter {
  status?: SessionStatus;
  protocol?: SessionProtocol;
  /** Inclusive; a day (`2024-01-15`) or a time. */
  fromDate?: string | Date;
  toDate?: string | Date;
  /** Sessions per page, 1 to 100. */
  limit?: number;
}

export interface SessionPage {
  sessions: SessionLine[];
  pagination: {
    page: number;
    limit: number;
    total: number;
    pages: number;
    totalCapped: boolean;
    nextCursor: string | null;
  };
}

export interface CancelledSession {
  sessionId: string;
  status: 'cancelled';
  cancelledAt: Date;
}

/** Result for one id of a batch. */
export type BatchResult<Data> =
  | { sessionId: string; success: true; data: Data }
  | { sessionId: string; success: false; error: { code: string; message: string; details: Record<string, unknown> } };

export interface AnalyticsQuery {
  period?: 'day' | 'week' | 'month' | 'year';
  fromDate?: string | Date;
  toDate?: string | Date;
  groupBy?: 'day' | 'week' | 'month';
  /** ISO 4217; default: the tenant's. */
  currency?: string;
}

export interface Analytics {
  currency: string;
  fromDate: string;
  toDate: string;
  summary: {
    totalSessions: number;
    completedSessions: number;
    conversionRate: number;
    averageCartValue: number;
    totalRevenue: number;
  };
  timeline: { date: string; sessions: number; completed: number; revenue: number }[];
  topProducts: { sku: string; name: string; quantity: number; revenue: number }[];
  byCurrency: { currency: string; completedSessions: number; averageCartValue: number; totalRevenue: number }[];
}

/** Documents of others, whose names stay as they are. */
const UNCHANGED = new Set(['details', 'settings', 'given_settings']);

/**
 * Converts wire names to ours at every depth: `session_id` -> `sessionId`. Times (`…_at`) become Dates. Keys of
 * `details` and of settings stay unchanged.
 */
export function fromWire(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) return value.map((part) => fromWire(part));
  if (typeof value === 'object' && value !== null) {
    if (UNCHANGED.has(name)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, part]) => [
        key.replace(/_[a-z]/g, (letters) => letters.slice(1).toUpperCase()),
        fromWire(part, key),
      ]),
    );
  }
  return typeof value === 'string' && name.endsWith('_at') ? new Date(value) : value;
}

/** Converts our names to wire names. Undefined values are left out, a Date becomes ISO text. */
export function toWire(values: object): Record<string, unknown> {
  const given = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    given.map(([key, value]: [string, unknown]) => [
      key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      value instanceof Date ? value.toISOString() : value,
    ]),
  );
}

/** `UNREACHABLE`: no answer arrived. `UNREADABLE`: the answer is not from this API (e.g. the error page of a proxy). */
export type PunchFlowErrorCode = ErrorCode | 'UNREACHABLE' | 'UNREADABLE';

/** A call that was refused or got no answer, after all retries. */
export class PunchFlowError extends Error {
  override readonly name = 'PunchFlowError';

  constructor(
    readonly code: PunchFlowErrorCode,
    message: string,
    /** HTTP status; 0 if there was no answer. */
    readonly status: number,
    /** Details of the refusal from the server: `{ protocol, domain }`, `{ session_id, expired_at }`, `{ field }`… */
    readonly details: Readonly<Record<string, unknown>> = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
