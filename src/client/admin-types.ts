import type { Session, SessionLine, SessionProtocol, SessionStatus } from './session-types.js';

/** The version that a change is made for, from the last answer; `*`: any. */
export type Version = number | '*';

export interface AdminConnectionLine {
  connectionId: string;
  name: string;
  protocol: SessionProtocol;
  disabled: boolean;
  disabledAt: Date | null;
  version: number;
  createdAt: Date;
  credentials: { credentialId: string; domain: string | null; identity: string; createdAt: Date }[];
  /** Ids and ages: nobody can read a secret again. */
  secrets: { secretId: string; createdAt: Date; recoverable: boolean }[];
}

export interface AdminConnection extends AdminConnectionLine {
  /** What somebody has set. */
  givenSettings: Record<string, unknown>;
  /** With presets and defaults. */
  settings: Record<string, unknown>;
}

/** `secret` is shown once; null where it was given, or where the answer was lost and the call repeated. */
export type MadeConnection = AdminConnection & { secret: string | null };

/** What the IT of a buyer enters. `value` of an access field is null for the secret. */
export interface HandOverSheet {
  name: string;
  protocol: SessionProtocol;
  profile: string | null;
  addresses: { use: 'call_up' | 'order' | 'open_buy'; url: string }[];
  access: { field: string; value: string | null }[];
  returnOrigins: string[];
  samples: { kind: 'call_up' | 'cart'; content: string }[];
}

/** What the buyer's system has done, and the newest session that shows it. */
export interface AdminAcceptance {
  name: string;
  protocol: SessionProtocol;
  /** Every step was seen. */
  accepted: boolean;
  steps: { step: 'call_up' | 'login' | 'cart' | 'order'; seenAt: Date | null; sessionId: string | null }[];
}

export interface CredentialWish {
  /** Of cXML. */
  domain?: string;
  identity: string;
}

/** Without `secret` one is made. */
export interface SecretWish {
  secret?: string;
  /** Keep a sealed copy too, which a CredentialMac needs. */
  recoverable?: boolean;
}

export interface NewAdminConnection {
  connectionId: string;
  name: string;
  protocol: SessionProtocol;
  settings: Record<string, unknown>;
  credentials?: CredentialWish[];
  secret?: SecretWish;
}

export interface AdminConnectionChange {
  name?: string;
  /** Merged into those that were given; null takes a setting back. */
  settings?: Record<string, unknown>;
  /** In place of all that were given. */
  allSettings?: Record<string, unknown>;
  disabled?: boolean;
}

export interface AdminSessionFilter {
  /** A whole e-mail, BuyerCookie, payloadID, order number or session id. */
  q?: string;
  connection?: string;
  status?: SessionStatus;
  protocol?: SessionProtocol;
  fromDate?: string | Date;
  toDate?: string | Date;
  limit?: number;
}

export type AdminSessionLine = SessionLine & { connectionId: string; buyerCookie: string };

export interface AuditFilter {
  event?: string;
  /** A part of who did it, such as an e-mail. */
  actor?: string;
  /** `changes`: without the steps of sessions. */
  about?: 'changes';
  /** Days or moments, both inclusive. */
  fromDate?: string;
  toDate?: string;
}

export interface AuditRow {
  auditId: string;
  sessionId: string | null;
  at: string;
  event: string;
  actor: string;
  fromStatus: string | null;
  toStatus: string | null;
  details: Record<string, string>;
}

export interface AdminMessage {
  messageId: string | null;
  sessionId: string | null;
  connection: string | null;
  at: string;
  direction: 'in' | 'out';
  kind: string;
  contentType: string;
  payloadId: string | null;
  code: string | null;
  reason: string | null;
  warning: string | null;
  content: string;
}

export interface AdminEvent {
  /** To go on after this event. */
  eventId: string;
  type: 'call_up' | 'login' | 'transfer' | 'end' | 'order' | 'refusal' | 'delivery';
  at: string;
  sessionId: string | null;
  connectionId: string | null;
  protocol: string | null;
  /** Of a refusal. */
  code: string | null;
  /** Of a refusal; of a delivery that failed. */
  reason: string | null;
  /** Of a refusal or delivery: the document. Of an end: `logout`, `cancel` or `time`. */
  kind: string | null;
  reference: string | null;
  /** Of the refused client. */
  address: string | null;
  /** Of a transfer, as decimal text. */
  totalAmount: string | null;
  currency: string | null;
}

export interface AdminEventFilter {
  /** `eventId` or `lastEventId` of an earlier answer, at most an hour old. */
  after?: string;
  /** Only refusals. */
  refused?: boolean;
}

export interface AdminEventPage {
  /** Oldest first. */
  events: AdminEvent[];
  /** Send it as `after` to go on. It also stands behind events that the filter has left out. */
  lastEventId: string;
  /** There may be more already. */
  more: boolean;
}

export interface SessionTimeline {
  session: Session;
  connectionId: string;
  events: AuditRow[];
  messages: AdminMessage[];
}

export interface RefusalGroup {
  connectionId: string | null;
  code: string;
  message: string;
  count: number;
  firstAt: Date;
  lastAt: Date;
  lastReason: string;
  lastMessageId: string;
}

export interface Funnel {
  callUps: number;
  logins: number;
  transfers: number;
  orders: number;
}

export type ConnectionFunnel = Funnel & { connectionId: string; lastTransferAt: Date | null };

/** Both ends are included: days as a whole (`2026-12-31`), or moments. */
export interface AdminPeriod {
  fromDate?: string | Date;
  toDate?: string | Date;
}

/** Settings that are tried, not saved; without any, the saved ones. */
export interface SettingsEdit {
  /** Merged into those that were given; null takes a setting back. */
  settings?: Record<string, unknown>;
  /** In place of all that were given. */
  allSettings?: Record<string, unknown>;
}

export interface CartFinding {
  code?: string;
  severity: 'error' | 'warning';
  field: string;
  message: string;
  platform: string;
  line?: number;
  sku?: string;
}

export interface CartPreview {
  /** The address and the form that the buyer's browser would post, line by line, without secrets. */
  document: string[];
  /** Why the cart would not be sent. */
  refused: string | null;
  findings: CartFinding[];
}

/** `differs`: what differs in `text`, from the first place up to and without the second. */
export interface ReplayedLine {
  number: number;
  text: string;
  differs: [from: number, to: number];
}

export interface ReplayedCart {
  sessionId: string;
  sentAt: Date;
  /** Why it would not be sent with the saved settings. */
  refusedBefore: string | null;
  /** The same with the edited settings. */
  refusedAfter: string | null;
  /** `before` is null for a line that is new, `after` for one that is gone. */
  changes: { before: ReplayedLine | null; after: ReplayedLine | null }[];
  changesLeftOut: number;
  findingsGained: CartFinding[];
  findingsLost: CartFinding[];
}

export interface CartReplay {
  /** Of the connection whose saved settings were used. */
  version: number;
  replayed: number;
  changed: number;
  /** Sent with the saved settings, refused with the edited ones. */
  refused: number;
  /** Refused with the saved settings, sent with the edited ones. */
  mended: number;
  /** False: the time was over before all carts were replayed. */
  complete: boolean;
  /** Those that changed, newest first. */
  carts: ReplayedCart[];
  cartsLeftOut: number;
}

export interface AuditVerification {
  unchanged: boolean;
  linked: number;
  waiting: number;
  anchor: string | null;
  faults: { auditId: string; sessionId: string | null; what: string }[];
}

export interface PlatformProfile {
  name: string;
  platform: string;
  protocol: 'cxml' | 'oci';
  settings: Record<string, unknown>;
}
