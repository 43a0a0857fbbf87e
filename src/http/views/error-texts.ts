import type { ErrorCode, Refusal } from '../../domain/error-codes.js';
import type { Language } from './texts.js';

export interface ErrorTexts {
  title: string;
  text: string;
  /** What to do next. */
  hint: string;
}

/** What a buyer's browser shows for a refusal; codes that only machines meet share a general sentence. */
export function errorTexts({ code, details }: Pick<Refusal, 'code' | 'details'>, language: Language): ErrorTexts {
  if (code === 'SESSION_EXPIRED' && details?.['link_used'] === false) return LINK_NOT_USED[language];
  const texts = language === 'de' ? DE : EN;
  return texts[code] ?? texts.INTERNAL_ERROR;
}

/** For a session that expired before anybody logged in. */
const LINK_NOT_USED: Record<Language, ErrorTexts> = {
  en: {
    title: 'This start link has expired',
    text: 'The link was not used in time, so the shop was never opened with it.',
    hint: 'Please ask your procurement system for a new one: open the shop again from there.',
  },
  de: {
    title: 'Dieser Startlink ist abgelaufen',
    text: 'Der Link wurde nicht rechtzeitig benutzt; der Shop wurde damit nie geöffnet.',
    hint: 'Bitte holen Sie sich in Ihrem Einkaufssystem einen neuen: Öffnen Sie den Shop von dort noch einmal.',
  },
};

type Table = Partial<Record<ErrorCode, ErrorTexts>> & { INTERNAL_ERROR: ErrorTexts };

const START_AGAIN = 'Please open the shop again from your procurement system.';
const TELL_ADMIN = 'Please tell the people who run your procurement system, and give them the code below.';

const EN: Table = {
  INTERNAL_ERROR: {
    title: 'Something went wrong',
    text: 'The mistake is on our side, and it is in our log.',
    hint: 'Please try again in a moment. If it happens again, give us the reference below.',
  },
  INVALID_CREDENTIALS: {
    title: 'The shop did not accept the access data',
    text: 'User name or password of your procurement system are not the ones we know.',
    hint: TELL_ADMIN,
  },
  INVALID_REQUEST: {
    title: 'The shop did not understand the request',
    text: 'Something that your procurement system must send is missing or malformed.',
    hint: TELL_ADMIN,
  },
  RETURN_URL_REFUSED: {
    title: 'The return address is not agreed',
    text: 'Your procurement system wants the cart at an address that is not on our list.',
    hint: TELL_ADMIN,
  },
  OPERATION_NOT_SUPPORTED: {
    title: 'The shop cannot do that',
    text: 'Your procurement system asked for something this shop does not offer.',
    hint: TELL_ADMIN,
  },
  OPERATION_NOT_ALLOWED: {
    title: 'That is not agreed',
    text: 'Your procurement system wants to open an earlier cart in a way that was not agreed with the shop.',
    hint: TELL_ADMIN,
  },
  ADDRESS_NOT_ALLOWED: {
    title: 'The shop cannot be called from here',
    text: 'The access data of your procurement system may not be used from this network.',
    hint: TELL_ADMIN,
  },
  RATE_LIMITED: {
    title: 'Too many requests',
    text: 'The shop was asked too often in a short time.',
    hint: 'Please wait a minute and try again.',
  },
  REQUEST_TOO_LARGE: {
    title: 'That was too much at once',
    text: 'The request is larger than the shop accepts.',
    hint: TELL_ADMIN,
  },
  GET_NOT_ALLOWED: {
    title: 'The shop must be called differently',
    text: 'Your procurement system sent its access data in the address. We accept them only in a form (POST).',
    hint: TELL_ADMIN,
  },
  TRANSMISSION_NOT_FOUND: {
    title: 'We do not know this session',
    text: 'The address is incomplete, or the session is long gone.',
    hint: START_AGAIN,
  },
  START_TOKEN_INVALID: {
    title: 'This start link is not valid',
    text: 'It is incomplete or was changed on its way.',
    hint: START_AGAIN,
  },
  START_LINK_USED: {
    title: 'This start link was already used',
    text: 'Each link opens the shop once, in one browser. Somebody, perhaps you, opened it in another one.',
    hint: START_AGAIN,
  },
  SESSION_ACTIVE: {
    title: 'You are already shopping',
    text: 'Another punchout session is open in this browser.',
    hint: 'Finish it or end it, then open the shop again.',
  },
  SESSION_CANCELLED: { title: 'This session was cancelled', text: 'Nothing was transferred.', hint: START_AGAIN },
  SESSION_CLOSED: { title: 'This session has ended', text: 'Nothing was transferred.', hint: START_AGAIN },
  SESSION_TRANSFERRED: {
    title: 'This cart was already transferred',
    text: 'You will find it in your procurement system.',
    hint: 'To order more, open the shop again from there.',
  },
  ORDER_CREATED: {
    title: 'This cart was already ordered',
    text: 'The order for it has reached us.',
    hint: 'To order more, open the shop again from your procurement system.',
  },
  SESSION_EXPIRED: {
    title: 'This session has expired',
    text: 'For a while nothing happened, so we closed it.',
    hint: START_AGAIN,
  },
  NO_SESSION: {
    title: 'You are not shopping for a procurement system',
    text: 'No punchout session is active in this browser.',
    hint: START_AGAIN,
  },
  ROUTE_BLOCKED: {
    title: 'Not during a punchout',
    text: 'You order in your procurement system, so checkout and account are closed here.',
    hint: 'Go back to your cart and transfer it.',
  },
  COOKIES_REFUSED: {
    title: 'Your browser keeps no cookies here',
    text: 'Without a cookie the shop cannot know your cart.',
    hint: 'Allow cookies for this shop, or open it in a window of its own.',
  },
  CART_EMPTY: {
    title: 'Your cart is empty',
    text: 'There is nothing to transfer yet.',
    hint: 'Put something into the cart first.',
  },
  CART_CHANGED: {
    title: 'Your cart has changed',
    text: 'The shop has changed your cart. Nothing has been sent yet.',
    hint: 'Go back to the cart, look at it and send it again.',
  },
  CART_CHANGING: {
    title: 'Your cart is still being changed',
    text: 'A change and the transfer met each other. Nothing was lost.',
    hint: 'Please try again.',
  },
  CART_NOT_ENCODABLE: {
    title: 'The cart cannot be transferred as it is',
    text: 'Your procurement system could not read one of its lines. The cart is still here.',
    hint: 'Remove that line, or tell us the code below.',
  },
  READ_ONLY_SESSION: {
    title: 'You may look, but not change',
    text: 'Your procurement system opened this cart for inspection only.',
    hint: 'To change it, open it for editing there.',
  },
  STORE_UNAVAILABLE: {
    title: 'The shop does not answer',
    text: 'Your cart is kept.',
    hint: 'Please try again in a minute.',
  },
  STORE_SESSION_LOST: {
    title: 'The shop has ended this session',
    text: 'Nothing was done for too long, and the shop no longer has this cart. What was sent before is safe.',
    hint: START_AGAIN,
  },
  SERVICE_UNAVAILABLE: {
    title: 'We will be right back',
    text: 'A part of the service does not answer at the moment. Your cart is kept.',
    hint: 'Please try again in a minute.',
  },
  NOT_FOUND: {
    title: 'There is nothing here',
    text: 'This address does not lead anywhere.',
    hint: 'Check it, or go back.',
  },
  METHOD_NOT_ALLOWED: {
    title: 'That does not work here',
    text: 'This address does not take that kind of request.',
    hint: 'Go back and try again.',
  },
};

const NEU_BEGINNEN = 'Bitte öffnen Sie den Shop noch einmal aus Ihrem Einkaufssystem.';
const BETREUER_FRAGEN =
  'Bitte wenden Sie sich an die Betreuer Ihres Einkaufssystems, und nennen Sie ihnen den Code unten.';

const DE: Table = {
  INTERNAL_ERROR: {
    title: 'Da ist etwas schiefgegangen',
    text: 'Der Fehler liegt bei uns und steht in unserem Protokoll.',
    hint: 'Bitte versuchen Sie es gleich noch einmal. Bleibt es dabei, nennen Sie uns den Vorgang unten.',
  },
  INVALID_CREDENTIALS: {
    title: 'Der Shop kennt diese Zugangsdaten nicht',
    text: 'Benutzername oder Passwort Ihres Einkaufssystems sind nicht die bei uns hinterlegten.',
    hint: BETREUER_FRAGEN,
  },
  INVALID_REQUEST: {
    title: 'Der Shop hat die Anfrage nicht verstanden',
    text: 'Etwas, das Ihr Einkaufssystem senden muss, fehlt oder ist fehlerhaft.',
    hint: BETREUER_FRAGEN,
  },
  RETURN_URL_REFUSED: {
    title: 'Die Rücksprungadresse ist nicht vereinbart',
    text: 'Ihr Einkaufssystem erwartet den Warenkorb unter einer Adresse, die nicht auf unserer Liste steht.',
    hint: BETREUER_FRAGEN,
  },
  OPERATION_NOT_SUPPORTED: {
    title: 'Das kann dieser Shop nicht',
    text: 'Ihr Einkaufssystem verlangt etwas, das dieser Shop nicht anbietet.',
    hint: BETREUER_FRAGEN,
  },
  OPERATION_NOT_ALLOWED: {
    title: 'Das ist nicht vereinbart',
    text: 'Ihr Einkaufssystem möchte einen früheren Warenkorb auf eine Weise öffnen, die mit dem Shop nicht vereinbart ist.',
    hint: BETREUER_FRAGEN,
  },
  ADDRESS_NOT_ALLOWED: {
    title: 'Der Shop ist von hier aus nicht erreichbar',
    text: 'Die Zugangsdaten Ihres Einkaufssystems dürfen aus diesem Netz nicht benutzt werden.',
    hint: BETREUER_FRAGEN,
  },
  RATE_LIMITED: {
    title: 'Zu viele Anfragen',
    text: 'Der Shop wurde in kurzer Zeit zu oft aufgerufen.',
    hint: 'Bitte warten Sie eine Minute und versuchen Sie es noch einmal.',
  },
  REQUEST_TOO_LARGE: {
    title: 'Das war zu viel auf einmal',
    text: 'Die Anfrage ist größer, als der Shop annimmt.',
    hint: BETREUER_FRAGEN,
  },
  GET_NOT_ALLOWED: {
    title: 'Der Shop muss anders aufgerufen werden',
    text: 'Ihr Einkaufssystem hat seine Zugangsdaten in der Adresse gesendet. Wir nehmen sie nur in einem Formular (POST) an.',
    hint: BETREUER_FRAGEN,
  },
  TRANSMISSION_NOT_FOUND: {
    title: 'Diese Sitzung kennen wir nicht',
    text: 'Die Adresse ist unvollständig, oder die Sitzung ist längst vorbei.',
    hint: NEU_BEGINNEN,
  },
  START_TOKEN_INVALID: {
    title: 'Dieser Startlink ist nicht gültig',
    text: 'Er ist unvollständig oder wurde unterwegs verändert.',
    hint: NEU_BEGINNEN,
  },
  START_LINK_USED: {
    title: 'Dieser Startlink wurde schon benutzt',
    text: 'Jeder Link öffnet den Shop einmal, in einem Browser. Jemand, vielleicht Sie selbst, hat ihn in einem anderen geöffnet.',
    hint: NEU_BEGINNEN,
  },
  SESSION_ACTIVE: {
    title: 'Sie kaufen bereits ein',
    text: 'In diesem Browser ist schon eine Punchout-Sitzung offen.',
    hint: 'Schließen Sie sie ab oder beenden Sie sie, und öffnen Sie den Shop dann neu.',
  },
  SESSION_CANCELLED: {
    title: 'Diese Sitzung wurde abgebrochen',
    text: 'Es wurde nichts übergeben.',
    hint: NEU_BEGINNEN,
  },
  SESSION_CLOSED: { title: 'Diese Sitzung ist beendet', text: 'Es wurde nichts übergeben.', hint: NEU_BEGINNEN },
  SESSION_TRANSFERRED: {
    title: 'Dieser Warenkorb wurde bereits übergeben',
    text: 'Sie finden ihn in Ihrem Einkaufssystem.',
    hint: 'Um mehr zu bestellen, öffnen Sie den Shop dort noch einmal.',
  },
  ORDER_CREATED: {
    title: 'Dieser Warenkorb wurde bereits bestellt',
    text: 'Die Bestellung dazu liegt uns vor.',
    hint: 'Um mehr zu bestellen, öffnen Sie den Shop noch einmal aus Ihrem Einkaufssystem.',
  },
  SESSION_EXPIRED: {
    title: 'Diese Sitzung ist abgelaufen',
    text: 'Eine Weile ist nichts geschehen, deshalb haben wir sie geschlossen.',
    hint: NEU_BEGINNEN,
  },
  NO_SESSION: {
    title: 'Sie kaufen nicht für ein Einkaufssystem ein',
    text: 'In diesem Browser ist keine Punchout-Sitzung aktiv.',
    hint: NEU_BEGINNEN,
  },
  ROUTE_BLOCKED: {
    title: 'Nicht während eines Punchouts',
    text: 'Bestellt wird in Ihrem Einkaufssystem; Kasse und Konto sind hier deshalb geschlossen.',
    hint: 'Gehen Sie zurück zum Warenkorb und übergeben Sie ihn.',
  },
  COOKIES_REFUSED: {
    title: 'Ihr Browser nimmt hier keine Cookies an',
    text: 'Ohne Cookie findet der Shop Ihren Warenkorb nicht wieder.',
    hint: 'Erlauben Sie Cookies für diesen Shop, oder öffnen Sie ihn in einem eigenen Fenster.',
  },
  CART_EMPTY: {
    title: 'Ihr Warenkorb ist leer',
    text: 'Es gibt noch nichts zu übergeben.',
    hint: 'Legen Sie zuerst etwas hinein.',
  },
  CART_CHANGED: {
    title: 'Ihr Warenkorb hat sich geändert',
    text: 'Der Shop hat Ihren Warenkorb geändert. Es wurde noch nichts übergeben.',
    hint: 'Gehen Sie zurück zum Warenkorb, sehen Sie ihn an und übergeben Sie ihn noch einmal.',
  },
  CART_CHANGING: {
    title: 'Ihr Warenkorb wird gerade noch geändert',
    text: 'Eine Änderung und die Übergabe sind sich begegnet. Verloren ist nichts.',
    hint: 'Bitte versuchen Sie es noch einmal.',
  },
  CART_NOT_ENCODABLE: {
    title: 'So lässt sich der Warenkorb nicht übergeben',
    text: 'Ihr Einkaufssystem könnte eine seiner Positionen nicht lesen. Der Warenkorb ist noch da.',
    hint: 'Entfernen Sie diese Position, oder nennen Sie uns den Code unten.',
  },
  READ_ONLY_SESSION: {
    title: 'Ansehen ja, ändern nein',
    text: 'Ihr Einkaufssystem hat diesen Warenkorb nur zur Ansicht geöffnet.',
    hint: 'Um ihn zu ändern, öffnen Sie ihn dort zum Bearbeiten.',
  },
  STORE_UNAVAILABLE: {
    title: 'Der Shop antwortet nicht',
    text: 'Ihr Warenkorb bleibt erhalten.',
    hint: 'Bitte versuchen Sie es in einer Minute noch einmal.',
  },
  STORE_SESSION_LOST: {
    title: 'Der Shop hat diese Sitzung beendet',
    text: 'Zu lange ist nichts geschehen; der Shop hat diesen Warenkorb nicht mehr. Was vorher übertragen wurde, bleibt bestehen.',
    hint: NEU_BEGINNEN,
  },
  SERVICE_UNAVAILABLE: {
    title: 'Wir sind gleich wieder da',
    text: 'Ein Teil des Dienstes antwortet gerade nicht. Ihr Warenkorb bleibt erhalten.',
    hint: 'Bitte versuchen Sie es in einer Minute noch einmal.',
  },
  NOT_FOUND: {
    title: 'Hier ist nichts',
    text: 'Diese Adresse führt nirgendwohin.',
    hint: 'Prüfen Sie sie, oder gehen Sie zurück.',
  },
  METHOD_NOT_ALLOWED: {
    title: 'Das geht hier nicht',
    text: 'Diese Adresse nimmt solche Anfragen nicht an.',
    hint: 'Gehen Sie zurück und versuchen Sie es noch einmal.',
  },
};
