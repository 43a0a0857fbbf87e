import type { english } from './english.js';

export const german: typeof english = {
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
