import type { ChangedCart } from './cart/shown-cart.js';

/**
 * Every reason for a refusal, with its sentence in English and German. Inside, only the code travels; the HTTP statuses
 * of each API family stand in http/error-statuses.ts. The table in docs/reference/errors.md repeats both.
 */
export const SENTENCES = {
  INVALID_CREDENTIALS: { en: 'The credentials are not valid.', de: 'Die Anmeldedaten sind ungültig' },
  INVALID_XML: { en: 'The XML document is not valid.', de: 'Das XML-Dokument ist ungültig' },
  INVALID_REQUEST: { en: 'The request is not valid.', de: 'Die Anfrage ist ungültig; den Grund nennt details' },
  RETURN_URL_REFUSED: {
    en: 'The return URL is not on the list of this connection.',
    de: 'Die Rücksprungadresse ist falsch geschrieben oder für diese Verbindung nicht freigegeben',
  },
  OPERATION_NOT_SUPPORTED: {
    en: 'The request or operation is not supported.',
    de: 'Dieses Dokument oder diese Operation wird hier nicht unterstützt',
  },
  OPERATION_NOT_ALLOWED: {
    en: 'This connection does not allow that operation.',
    de: 'Diese Verbindung erlaubt diese Operation nicht',
  },
  ADDRESS_NOT_ALLOWED: {
    en: 'These credentials may not be used from this address.',
    de: 'Diese Zugangsdaten dürfen von dieser Adresse aus nicht benutzt werden',
  },
  SHIP_TO_UNKNOWN: {
    en: 'The shop does not know the delivery address of this call-up.',
    de: 'Der Shop kennt die Lieferadresse dieses Aufrufs nicht',
  },
  RATE_LIMITED: {
    en: 'Too many requests; try again later.',
    de: 'Zu viele Anfragen; bitte später noch einmal versuchen',
  },
  REQUEST_TOO_LARGE: {
    en: 'The request is larger than allowed.',
    de: 'Die Anfrage ist größer als erlaubt; die Grenze nennt details',
  },
  CLONE_REFUSED: {
    en: 'No account can be made for this user.',
    de: 'Für diesen Benutzer kann kein Konto angelegt werden',
  },
  GET_NOT_ALLOWED: {
    en: 'This connection does not take call-ups by GET.',
    de: 'Diese Verbindung nimmt keine Aufrufe per GET an; bitte per POST senden',
  },
  TRANSMISSION_NOT_FOUND: { en: 'There is no such punchout session.', de: 'Diese Punchout-Session gibt es nicht' },
  START_TOKEN_INVALID: {
    en: 'The start link is not valid.',
    de: 'Der Startlink ist unvollständig oder wurde verändert',
  },
  START_LINK_USED: {
    en: 'The start link was already used in another browser.',
    de: 'Der Startlink wurde bereits in einem anderen Browser benutzt',
  },
  SESSION_ACTIVE: {
    en: 'Another punchout session is active in this browser.',
    de: 'In diesem Browser ist bereits eine andere Punchout-Session aktiv',
  },
  SESSION_CANCELLED: { en: 'The punchout session was cancelled.', de: 'Die Punchout-Session wurde abgebrochen' },
  SESSION_CLOSED: { en: 'The punchout session has ended.', de: 'Die Punchout-Session ist beendet' },
  SESSION_TRANSFERRED: {
    en: 'The cart of this punchout session was already transferred.',
    de: 'Der Warenkorb dieser Punchout-Session wurde bereits übertragen',
  },
  ORDER_CREATED: {
    en: 'The cart of this punchout session was already ordered.',
    de: 'Der Warenkorb dieser Punchout-Session wurde bereits bestellt',
  },
  SESSION_EXPIRED: { en: 'The punchout session has expired.', de: 'Die Session ist abgelaufen' },
  NO_SESSION: {
    en: 'There is no active punchout session in this browser.',
    de: 'In diesem Browser ist keine Punchout-Session aktiv',
  },
  ROUTE_BLOCKED: {
    en: 'This page is not available during a punchout session.',
    de: 'Diese Seite ist während einer Punchout-Session nicht erreichbar',
  },
  COOKIES_REFUSED: {
    en: 'The browser did not keep our cookies.',
    de: 'Der Browser hat unsere Cookies nicht angenommen',
  },
  FRAMING_REFUSED: {
    en: 'The browser did not show our page in a frame of this origin.',
    de: 'Der Browser hat unsere Seite in einem Frame dieser Herkunft nicht angezeigt',
  },
  SENDING_REFUSED: {
    en: 'The browser did not send the form to this origin.',
    de: 'Der Browser hat das Formular nicht an diese Herkunft gesendet',
  },
  SESSION_AMBIGUOUS: {
    en: 'Which punchout session is meant is not clear.',
    de: 'Welche Session gemeint ist, ist nicht eindeutig; bitte session_id angeben',
  },
  CART_EMPTY: { en: 'The cart is empty.', de: 'Der Warenkorb ist leer' },
  CART_CHANGED: {
    en: 'The shop has changed the cart; the buyer must confirm it.',
    de: 'Der Shop hat den Warenkorb geändert; der Einkäufer muss ihn bestätigen',
  },
  CART_CHANGING: {
    en: 'The cart is being changed; try again.',
    de: 'Der Warenkorb wird gerade geändert; bitte noch einmal versuchen',
  },
  CART_NOT_ENCODABLE: {
    en: 'The cart cannot be written for the procurement system.',
    de: 'Der Warenkorb lässt sich für das Einkaufssystem nicht schreiben',
  },
  PRODUCT_NOT_FOUND: { en: 'There is no such product.', de: 'Dieses Produkt gibt es nicht' },
  QUANTITY_INVALID: { en: 'The quantity is not valid.', de: 'Die Menge ist ungültig' },
  READ_ONLY_SESSION: {
    en: 'This punchout session may look but not change.',
    de: 'Diese Punchout-Session darf ansehen, aber nichts ändern',
  },
  STORE_UNAVAILABLE: { en: 'The shop does not answer.', de: 'Der Shop antwortet nicht' },
  STORE_SESSION_LOST: {
    en: 'The shop no longer knows the cart of this punchout session.',
    de: 'Der Shop kennt den Warenkorb dieser Sitzung nicht mehr',
  },
  SERVICE_UNAVAILABLE: {
    en: 'The service is not available at the moment.',
    de: 'Der Dienst ist zurzeit nicht verfügbar',
  },
  NOT_FOUND: { en: 'There is nothing at this address.', de: 'Diese Adresse gibt es nicht; alle stehen unter /docs' },
  METHOD_NOT_ALLOWED: {
    en: 'This address does not take that method.',
    de: 'Diese Adresse nimmt diese HTTP-Methode nicht an',
  },
  IDEMPOTENCY_CONFLICT: {
    en: 'This Idempotency-Key was used for another request.',
    de: 'Dieser Idempotency-Key wurde für eine andere Anfrage benutzt; eine neue Anfrage braucht einen neuen',
  },
  RESOURCE_NOT_FOUND: {
    en: 'This tenant has nothing of that name.',
    de: 'Unter diesem Namen hat dieser Mandant nichts',
  },
  RESOURCE_CONFLICT: {
    en: 'The change is in conflict with what is there.',
    de: 'Die Änderung widerspricht dem, was schon da ist',
  },
  VERSION_CONFLICT: {
    en: 'It was changed meanwhile; read it again.',
    de: 'Es wurde inzwischen geändert; bitte neu lesen',
  },
  VERSION_MISSING: {
    en: 'The change needs If-Match with the ETag of the last answer.',
    de: 'Die Änderung braucht If-Match mit dem ETag der letzten Antwort',
  },
  ORDER_NOT_FOUND: { en: 'There is no such order.', de: 'Diese Bestellung gibt es nicht' },
  ORDER_STEP_NOT_ALLOWED: {
    en: 'The order cannot take that step.',
    de: 'Die Bestellung kann diesen Schritt nicht machen',
  },
  ORDER_CONFLICT: {
    en: 'The order is in conflict with another one.',
    de: 'Die Bestellung steht einer anderen entgegen',
  },
  HOOK_URL_REFUSED: { en: 'This address cannot be a hook.', de: 'Diese Adresse kann kein Hook sein' },
  CONTEXT_VERSION: {
    en: 'The session context has another version by now.',
    de: 'Der Sitzungskontext hat inzwischen eine andere Version',
  },
  CONTEXT_REFUSED: { en: 'The session cannot have this context.', de: 'Die Sitzung kann diesen Kontext nicht haben' },
  INSUFFICIENT_SCOPE: {
    en: 'The access token lacks the scope for this.',
    de: 'Dem Zugriffstoken fehlt die Berechtigung dafür',
  },
  CUSTOMER_MISMATCH: {
    en: 'Customer token and customer do not belong together.',
    de: 'Kundentoken und Kunde gehören nicht zusammen',
  },
  INTERNAL_ERROR: { en: 'Something went wrong on our side.', de: 'Bei uns ist ein Fehler aufgetreten' },
} as const;

export type ErrorCode = keyof typeof SENTENCES;

/** The English sentence of each code. */
export const ERROR_CODES = Object.fromEntries(
  Object.entries(SENTENCES).map(([code, { en }]) => [code, en]),
) as Readonly<Record<ErrorCode, string>>;

/**
 * A refusal: the code, and facts about the place and the reason that may be told. Never secrets; of the input at most
 * the characters at fault.
 */
/** What is wrong at one place of a settings document. */
export interface SettingFault {
  /** Dotted: `cxml.version`. */
  path: string;
  message: string;
}

export interface Refusal {
  code: ErrorCode;
  /** A sentence more exact than the table's; English. */
  reason?: string;
  details?: Record<string, string | number | boolean | null>;
  /** Each fault of a settings document. `reason` holds them all. */
  faults?: readonly SettingFault[];
  /** Only with CART_CHANGED: what the buyer is asked. */
  changed?: ChangedCart;
  /** The reason for the message log of the tenant. No answer holds it. */
  note?: string;
  /** Whose message log tells it: named by the caller, not proven. No answer holds it. */
  owner?: { tenantId: string; connectionId?: string };
}

export type Outcome<T> = { ok: true; value: T } | { ok: false; refusal: Refusal };

export function accept<T>(value: T): Outcome<T> {
  return { ok: true, value };
}

export function refuse(
  code: ErrorCode,
  reason?: string,
  details?: Refusal['details'],
): { ok: false; refusal: Refusal } {
  return {
    ok: false,
    refusal: { code, reason, details },
  };
}

/** A refusal with more for the tenant's message log than for the caller. */
export function refuseWithNote(
  code: ErrorCode,
  note: string,
  told: Pick<Refusal, 'reason' | 'details' | 'owner'> = {},
): { ok: false; refusal: Refusal } {
  return { ok: false, refusal: { code, note, ...told } };
}

/** For broken promises deep inside (a store that is down); expected refusals of input are `Outcome`s. */
export class PunchoutError extends Error {
  /** Told to the caller: what is wrong and what to do. `message` is for our own log. */
  readonly reason: string | undefined;
  /** What to check in the settings; shown by `punchout doctor`. */
  readonly cure: string | undefined;

  constructor(
    readonly code: ErrorCode,
    message: string = ERROR_CODES[code],
    options?: { cause?: unknown; reason?: string; cure?: string },
  ) {
    super(message, options);
    this.name = 'PunchoutError';
    this.reason = options?.reason;
    this.cure = options?.cure;
  }
}

/** A dependency does not do it now; later it may. */
export function isAway(error: unknown): boolean {
  return error instanceof PunchoutError && error.code === 'SERVICE_UNAVAILABLE';
}

/** Catches what a reader can do without: notes that a database that takes no writes does not keep. */
export function unlessAway(error: unknown): void {
  if (!isAway(error)) throw error;
}
