import type { InLanguages } from '../../ui/language.js';

const english = {
  heading: 'Try it as the buyer would',
  hint:
    'The console sends a real call-up with the names of this connection to the public address of the shop, and opens ' +
    'the shop. The cart comes back here. The test has a secret of its own, which ends with the call-up, and its ' +
    'session counts in no figure.',
  start: 'Start a test punchout',
  again: 'Start another test',
  disabled: 'The connection is disabled: its call-ups are refused. Switch it on first.',
  toCustomer: 'To the step that switches it on',
  noName: 'The connection has no name to call up by. Add one on its page.',
  accepted: 'The shop accepted the call-up.',
  open: 'Open the shop in a new tab',
  openHint:
    'The link works once, for a few minutes. Put something into the cart, try the checkout, which must be ' +
    'closed, and ' +
    'transfer the cart. What came back is shown there.',
  result: 'See what came back',
  refused: 'The shop refused the call-up.',
  unreachable: (reason: string): string => `This server did not reach its own public address: ${reason}`,
  unreachableHint:
    'A buyer may still reach it. If it stands behind a proxy, let the server reach the public address too: the ' +
    'test goes the way of a buyer.',
  what: 'What it means',
  remedy: 'What to do',
  sent: 'Sent: the call-up, without its secret',
  received: 'Received: the answer',
  copy: 'Copy',
  cut: (lines: number): string => `${lines} more lines are not shown here.`,
  tests: 'Tests of the last day',
  columns: { when: 'When', by: 'By', state: 'What came back', session: 'Session' },
  states: { back: 'a cart', waiting: 'nothing yet', refused: 'refused' },
  show: 'Show',
  session: 'Session',
  skip: 'Go on without a test',
  next: 'Continue',
  resultTitle: (name: string): string => `Test of ${name}`,
  waiting: 'No cart has come back yet',
  waitingText: 'Transfer the cart in the tab of the shop, then load this page again.',
  reload: 'Load again',
  back: 'The cart came back',
  empty: 'An empty cart came back',
  clean: 'The checker has no objection to the document.',
  findings: (count: number): string =>
    count === 1 ? 'The checker has one remark.' : `The checker has ${count} remarks.`,
  preflight: 'What the shop’s own check said before it sent this',
  error: 'Error',
  warning: 'Warning',
  line: (line: number): string => `line ${line}`,
  article: 'Article',
  quantity: 'Quantity',
  price: 'Price',
  amount: 'Amount',
  total: 'Total, net',
  document: 'The document as it came',
  done: 'It works. The last step hands the connection over to the buyer.',
};

const german: typeof english = {
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

export const TEXTS: InLanguages<typeof english> = { en: english, de: german };
