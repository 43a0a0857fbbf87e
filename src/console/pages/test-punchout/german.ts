import type { english } from './english.js';

export const german: typeof english = {
  heading: 'Ausprobieren, wie es der Einkäufer täte',
  hint:
    'Die Konsole sendet einen echten Aufruf mit den Namen dieser Verbindung an die öffentliche Adresse des Shops und ' +
    'öffnet den Shop. Der Warenkorb kommt hierher zurück. Der Test hat ein eigenes Geheimnis, das mit dem Aufruf ' +
    'endet, und seine Session zählt in keiner Zahl.',
  start: 'Test-Punchout starten',
  again: 'Noch einen Test starten',
  disabled: 'Die Verbindung ist gesperrt: Ihre Aufrufe werden abgelehnt. Schalten Sie sie zuerst ein.',
  toCustomer: 'Zum Schritt, der sie einschaltet',
  noName: 'Die Verbindung hat keinen Namen, mit dem sie aufrufen könnte. Geben Sie ihr auf ihrer Seite einen.',
  accepted: 'Der Shop hat den Aufruf angenommen.',
  open: 'Shop in einem neuen Tab öffnen',
  openHint:
    'Der Link gilt einmal, für ein paar Minuten. Legen Sie etwas in den Warenkorb, probieren Sie die Kasse, ' +
    'die zu sein ' +
    'muss, und übertragen Sie den Warenkorb. Was zurückkam, wird dort gezeigt.',
  result: 'Ansehen, was zurückkam',
  refused: 'Der Shop hat den Aufruf abgelehnt.',
  unreachable: (reason) => `Dieser Server hat seine eigene öffentliche Adresse nicht erreicht: ${reason}`,
  unreachableHint:
    'Ein Einkäufer erreicht sie vielleicht trotzdem. Steht der Server hinter einem Proxy, lassen Sie auch ihn die ' +
    'öffentliche Adresse erreichen: Der Test geht den Weg eines Einkäufers.',
  what: 'Was es bedeutet',
  remedy: 'Was zu tun ist',
  sent: 'Gesendet: der Aufruf, ohne sein Geheimnis',
  received: 'Empfangen: die Antwort',
  copy: 'Kopieren',
  cut: (lines) => `${lines} weitere Zeilen werden hier nicht gezeigt.`,
  tests: 'Tests des letzten Tages',
  columns: { when: 'Wann', by: 'Von', state: 'Was zurückkam', session: 'Session' },
  states: { back: 'ein Warenkorb', waiting: 'noch nichts', refused: 'abgelehnt' },
  show: 'Ansehen',
  session: 'Session',
  skip: 'Ohne Test weiter',
  next: 'Weiter',
  resultTitle: (name) => `Test von ${name}`,
  waiting: 'Es ist noch kein Warenkorb zurückgekommen',
  waitingText: 'Übertragen Sie den Warenkorb im Tab des Shops, und laden Sie diese Seite neu.',
  reload: 'Neu laden',
  back: 'Der Warenkorb kam zurück',
  empty: 'Ein leerer Warenkorb kam zurück',
  clean: 'Die Prüfung hat am Dokument nichts auszusetzen.',
  findings: (count) => (count === 1 ? 'Die Prüfung hat eine Anmerkung.' : `Die Prüfung hat ${count} Anmerkungen.`),
  preflight: 'Was die eigene Prüfung des Shops vor dem Senden sagte',
  error: 'Fehler',
  warning: 'Warnung',
  line: (line) => `Zeile ${line}`,
  article: 'Artikel',
  quantity: 'Menge',
  price: 'Preis',
  amount: 'Betrag',
  total: 'Summe, netto',
  document: 'Das Dokument, wie es kam',
  done: 'Es funktioniert. Der letzte Schritt übergibt die Verbindung an den Einkäufer.',
};
