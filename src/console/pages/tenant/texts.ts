import type { InLanguages } from '../../ui/language.js';

const english = {
  sub: 'What holds for the whole tenant. An empty field has not been set: its default is in force.',
  name: 'Name',
  nameHint: 'Shown in this console.',
  groups: { general: 'Tenant', connectionDefaults: 'Where a connection says nothing else' },
  done: 'Saved.',
  hint: 'Connections may set other values for themselves.',
  /** What each setting means; as in docs/reference/settings.md. */
  fields: {
    frontendOrigins: "Origins of the shop's frontends that may call this server, such as https://shop.example.com.",
    currency: 'Currency of figures that have none, such as EUR.',
    messageDays: 'Days that the message log keeps documents.',
    cartDays: 'Days that transferred carts are kept.',
    sessionDays: 'Days after its call-up that a session is kept. Figures and orders stay.',
    customerKeys: "Public keys of the shop's customer tokens (JWK with kid and alg). Never a private key.",
    orderSteps: 'Allowed steps from each status of an order to others; every status has an entry.',
    'connectionDefaults.idleMinutes': 'A session ends after so many minutes without activity.',
    'connectionDefaults.absoluteMinutes': 'A session ends after so many minutes in any case.',
    'connectionDefaults.startToken': 'jwt: the start link carries a signed token that expires after 5 minutes.',
    'connectionDefaults.allowedAddresses': 'Addresses and networks that callers may come from. None: from everywhere.',
    'connectionDefaults.requestsPerMinute':
      'Call-ups a minute of a connection; 0 for no limit. Of an API key its requests, 60,000 if this is not set.',
    'connectionDefaults.requestsPerAddress': 'The same for each client address; 0 for no limit.',
  } as Readonly<Record<string, string>>,
};

const german: typeof english = {
  sub: 'Was für den ganzen Mandanten gilt. Ein leeres Feld ist nicht gesetzt: Es gilt die Vorgabe.',
  name: 'Name',
  nameHint: 'Wird in dieser Konsole angezeigt.',
  groups: { general: 'Mandant', connectionDefaults: 'Wo eine Verbindung nichts anderes sagt' },
  done: 'Gespeichert.',
  hint: 'Verbindungen dürfen für sich andere Werte setzen.',
  fields: {
    frontendOrigins:
      'Origins der Frontends des Shops, die diesen Server aufrufen dürfen, etwa https://shop.example.com.',
    currency: 'Währung von Zahlen, die keine haben, etwa EUR.',
    messageDays: 'So viele Tage behält das Nachrichtenprotokoll Dokumente.',
    cartDays: 'So viele Tage bleiben gesendete Warenkörbe gespeichert.',
    sessionDays: 'So viele Tage nach dem Aufruf bleibt eine Sitzung gespeichert. Zahlen und Bestellungen bleiben.',
    customerKeys:
      'Öffentliche Schlüssel der Kunden-Tokens des Shops (JWK mit kid und alg). Niemals ein privater Schlüssel.',
    orderSteps: 'Erlaubte Schritte von jedem Status einer Bestellung zu anderen; jeder Status hat einen Eintrag.',
    'connectionDefaults.idleMinutes': 'Nach so vielen Minuten ohne Aktivität endet eine Session.',
    'connectionDefaults.absoluteMinutes': 'Nach so vielen Minuten endet eine Session auf jeden Fall.',
    'connectionDefaults.startToken': 'jwt: Der Startlink trägt ein signiertes Token, das nach 5 Minuten abläuft.',
    'connectionDefaults.allowedAddresses': 'Adressen und Netze, aus denen Aufrufe kommen dürfen. Keine: von überall.',
    'connectionDefaults.requestsPerMinute':
      'Aufrufe je Minute einer Verbindung; 0 für keine Grenze. Bei einem API-Schlüssel seine Anfragen, 60.000, wenn ' +
      'nichts gesetzt ist.',
    'connectionDefaults.requestsPerAddress': 'Dasselbe für jede Adresse eines Clients; 0 für keine Grenze.',
  },
};

export const TEXTS: InLanguages<typeof english> = { en: english, de: german };
