import type { english } from './english.js';

export const german: typeof english = {
  by: (protocol, operation) => `${protocol} ${operation}`,
  test: 'Test, zählt nirgends mit',
  facts: {
    connection: 'Verbindung',
    id: 'Session-ID',
    cookie: 'BuyerCookie',
    cart: 'Warenkorb',
    returnUrl: 'Rücksprungadresse',
    expires: 'Gültig bis',
    buyer: 'Einkäufer',
  },
  unnamed: 'Session ohne Namen',
  cart: (pieces, lines) => `${pieces} Stück in ${lines} ${lines === '1' ? 'Zeile' : 'Zeilen'}`,
  timeline: 'Was geschah',
  steps: {
    created: 'Aufruf',
    login: 'Login',
    transfer: 'Transfer',
    order: 'Bestellung',
    logout: 'Vom Einkäufer beendet',
    cancel: 'Abgebrochen',
    time: 'Abgelaufen',
    other: (event) => event,
  },
  expiredUnused: {
    meaning: 'Kein Browser hat den Startlink geöffnet, bevor er abgelaufen ist.',
    remedy:
      'Vielleicht zeigt das Beschaffungssystem den Shop erst spät, oder sein Browser verhindert das neue ' +
      'Fenster. Der Einkäufer versucht es noch einmal; geschieht es öfter, hilft ein größerer Wert für ' +
      'startLinkSeconds der Verbindung.',
  },
  expiredIdle: {
    meaning: 'In der Session ist zu lange nichts geschehen, deshalb ist sie ohne Warenkorb abgelaufen.',
    remedy:
      'Der Einkäufer öffnet den Shop noch einmal. Geschieht es öfter, hilft ein größerer Wert für ' +
      'idleMinutes der Verbindung.',
  },
  stepTexts: {
    created: 'Das System des Einkäufers hat aufgerufen und einen Startlink bekommen.',
    login: 'Ein Browser hat den Startlink geöffnet.',
    transfer: 'Der Warenkorb wurde für den Einkäufer geschrieben und gespeichert.',
    order: 'Eine Bestellung zu diesem Warenkorb ist angekommen.',
    logout: 'Der Einkäufer ist gegangen, ohne einen Warenkorb zu senden.',
    cancel: 'Die Session wurde abgebrochen.',
    time: 'Niemand hat rechtzeitig weitergemacht.',
  },
  document: (kind, direction) => (direction === 'in' ? `${kind}, empfangen` : `${kind}, gesendet`),
  order: (id) => `Bestellung ${id}`,
  verdicts: {
    matched: 'entspricht dem Warenkorb',
    mismatch: 'weicht vom Warenkorb ab',
    unmatched: 'kein Warenkorb zum Vergleichen',
  },
  placed: (number) => `Im Shop angelegt als ${number}.`,
  notPlaced: (reason) => `Der Shop hat sie abgelehnt: ${reason}`,
  mismatches: 'Abweichungen vom Warenkorb',
  drift: {
    title: 'Preise haben sich seit dem Angebot geändert',
    offer: 'Angeboten wurden die Preise mit dem Warenkorb vom',
    days: (days) => `${days} Tage lang`,
    endless: 'ohne Ende',
    outcomes: {
      offer_held: (order) => `Das Angebot gilt: Bestellung ${order} wurde mit den angebotenen Preisen verglichen.`,
      offer_ended: (order) => `Das Angebot war abgelaufen: Bestellung ${order} wartet auf einen Menschen.`,
      present_price_used: () =>
        'Der Einkäufer ist mit diesem Warenkorb zurückgekommen. Dieser hat die heutigen Preise.',
    },
    line: (article, offered, present) => `Artikel ${article}: angeboten für ${offered}, jetzt ${present} im Shop.`,
    told: 'Der Einkäufer weiß es.',
    untold: 'Der Einkäufer weiß es nicht, weil der Aufruf keinen Preis nennt oder einen anderen als das Angebot.',
    untaxed: 'Für eine Einheit, ohne Steuern und vor Rabatten des Warenkorbs.',
  },
  delivery: {
    in_process: 'Meldung an den Einkäufer: in Bearbeitung',
    shipped: 'Meldung an den Einkäufer: versandt',
    canceled: 'Meldung an den Einkäufer: storniert',
  },
  deliveryStates: { sent: 'gesendet', waiting: 'noch nicht gesendet', given_up: 'aufgegeben' },
  what: 'Was es bedeutet',
  remedy: 'Was zu tun ist',
  warning: 'Befund',
  line: (line) => `Zeile ${line}`,
  more: (count) => (count === 1 ? '1 weiterer' : `${count} weitere`),
  compare: 'Mit der letzten guten Session vergleichen',
  bundle: 'Support-Paket',
  download: 'Herunterladen',
  copy: 'Kopieren',
  cut: (lines) => `${lines} weitere Zeilen stehen in der heruntergeladenen Datei.`,
  hidden: 'Ihre Rolle sieht keine Dokumente: Sie enthalten persönliche Daten der Einkäufer.',
};
