import type { InLanguages, Language } from '../../ui/language.js';

const english = {
  by: (protocol: string, operation: string): string => `${protocol} ${operation}`,
  test: 'Test, in no figure',
  facts: {
    connection: 'Connection',
    id: 'Session id',
    cookie: 'BuyerCookie',
    cart: 'Cart',
    returnUrl: 'Return address',
    expires: 'Valid until',
    buyer: 'Buyer',
  },
  unnamed: 'Session without a name',
  cart: (pieces: string, lines: string): string =>
    `${pieces} ${pieces === '1' ? 'piece' : 'pieces'} in ${lines} ${lines === '1' ? 'line' : 'lines'}`,
  timeline: 'What happened',
  steps: {
    created: 'Call-up',
    login: 'Login',
    transfer: 'Transfer',
    order: 'Order',
    logout: 'Ended by the buyer',
    cancel: 'Cancelled',
    time: 'Expired',
    other: (event: string): string => event,
  },
  expiredUnused: {
    meaning: 'No browser opened the start link before it expired.',
    remedy:
      'The procurement system may show the shop late, or its browser blocks the new window. Ask the buyer ' +
      'to try again; if it happens often, raise startLinkSeconds of the connection.',
  },
  expiredIdle: {
    meaning: 'Nothing happened in the session for too long, so it expired without a cart.',
    remedy: 'The buyer opens the shop again. If it happens often, raise idleMinutes of the connection.',
  },
  stepTexts: {
    created: 'The buyer’s system called up, and got a start link.',
    login: 'A browser opened the start link.',
    transfer: 'The cart was written and stored for the buyer.',
    order: 'An order for this cart arrived.',
    logout: 'The buyer left without sending a cart.',
    cancel: 'The session was cancelled.',
    time: 'Nobody went on in time.',
  },
  document: (kind: string, direction: 'in' | 'out'): string =>
    direction === 'in' ? `${kind}, received` : `${kind}, sent`,
  order: (id: string): string => `Purchase order ${id}`,
  verdicts: {
    matched: 'equals the cart',
    mismatch: 'differs from the cart',
    unmatched: 'no cart to compare with',
  },
  placed: (number: string): string => `Placed in the shop as ${number}.`,
  notPlaced: (reason: string): string => `The shop refused it: ${reason}`,
  mismatches: 'Differences from the cart',
  drift: {
    title: 'Prices have changed since the offer',
    offer: 'The prices were offered with the cart of',
    days: (days: string): string => `for ${days} days`,
    endless: 'without end',
    outcomes: {
      offer_held: (order: string): string =>
        `The offer holds: purchase order ${order} was compared with the offered prices.`,
      offer_ended: (order: string): string => `The offer had ended: purchase order ${order} waits for a person.`,
      present_price_used: (): string => 'The buyer came back with this cart, which has the present prices.',
    },
    line: (article: string, offered: string, present: string): string =>
      `Article ${article}: offered at ${offered}, now ${present} in the shop.`,
    told: 'The buyer was told.',
    untold: 'The buyer was not told, since the call-up has no price or another one than the offer.',
    untaxed: 'Of one unit, without tax and before discounts of the cart.',
  },
  delivery: {
    in_process: 'Notice to the buyer: in process',
    shipped: 'Notice to the buyer: shipped',
    canceled: 'Notice to the buyer: cancelled',
  },
  deliveryStates: { sent: 'sent', waiting: 'not sent yet', given_up: 'given up' },
  what: 'What it means',
  remedy: 'What to do',
  warning: 'Finding',
  line: (line: number): string => `line ${line}`,
  more: (count: number): string => (count === 1 ? '1 more' : `${count} more`),
  compare: 'Compare with the last good session',
  bundle: 'Support bundle',
  download: 'Download',
  copy: 'Copy',
  cut: (lines: number): string => `${lines} more lines are in the download.`,
  hidden: 'Your role sees no documents: they hold personal data of buyers.',
};

const german: typeof english = {
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

export const TEXTS: InLanguages<typeof english> = { en: english, de: german };

type NamedStep = keyof (typeof TEXTS)['en']['stepTexts'];

/** A step of the timeline that has a text of its own. */
export function isNamedStep(event: string): event is NamedStep {
  return Object.hasOwn(TEXTS.en.stepTexts, event);
}

/** `login` as people say it. */
export function stepTitle(event: string, language: Language): string {
  const { steps } = TEXTS[language];
  return isNamedStep(event) ? steps[event] : steps.other(event);
}
