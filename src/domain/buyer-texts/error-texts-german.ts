import type { PageTexts } from './error-texts-english.js';

const NEU_BEGINNEN = 'Bitte öffnen Sie den Shop noch einmal aus Ihrem Einkaufssystem.';
const BETREUER_FRAGEN =
  'Bitte wenden Sie sich an die Betreuer Ihres Einkaufssystems, und nennen Sie ihnen den Code unten.';

export const GERMAN_ERROR_TEXTS: PageTexts = {
  /** SESSION_EXPIRED before the first login. */
  LINK_NOT_USED: {
    title: 'Dieser Startlink ist abgelaufen',
    text: 'Der Link wurde nicht rechtzeitig benutzt; der Shop wurde damit nie geöffnet.',
    hint: 'Bitte holen Sie sich in Ihrem Einkaufssystem einen neuen: Öffnen Sie den Shop von dort noch einmal.',
  },
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
    text:
      'Ihr Einkaufssystem möchte einen früheren Warenkorb auf eine Weise öffnen, die mit dem Shop nicht ' +
      'vereinbart ist.',
    hint: BETREUER_FRAGEN,
  },
  ADDRESS_NOT_ALLOWED: {
    title: 'Der Shop ist von hier aus nicht erreichbar',
    text: 'Die Zugangsdaten Ihres Einkaufssystems dürfen aus diesem Netz nicht benutzt werden.',
    hint: BETREUER_FRAGEN,
  },
  SHIP_TO_UNKNOWN: {
    title: 'Der Shop kennt diese Lieferadresse nicht',
    text: 'Ihr Einkaufssystem nannte eine Lieferadresse, zu der der Shop noch keinen Kunden hat.',
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
    text:
      'Ihr Einkaufssystem hat seine Zugangsdaten in der Adresse gesendet. Wir nehmen sie nur in einem ' +
      'Formular (POST) an.',
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
    text:
      'Jeder Link öffnet den Shop einmal, in einem Browser. Jemand, vielleicht Sie selbst, hat ihn in einem ' +
      'anderen geöffnet.',
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
    text:
      'Zu lange ist nichts geschehen; der Shop hat diesen Warenkorb nicht mehr. Was vorher übertragen wurde, ' +
      'bleibt bestehen.',
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
