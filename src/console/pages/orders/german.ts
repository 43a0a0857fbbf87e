import type { english } from './english.js';

export const german: typeof english = {
  title: 'Bestellungen',
  sub: 'Bestellungen, wie sie kamen, die neueste zuerst, jede verglichen mit dem gesendeten Warenkorb.',
  columns: {
    order: 'Bestellung',
    verdict: 'Vergleich',
    connection: 'Verbindung',
    total: 'Summe',
    shop: 'Im Shop',
  },
  received: 'Eingang',
  any: 'alle',
  number: 'Bestellnummer',
  button: 'Filtern',
  clear: 'Zurücksetzen',
  kinds: { new: 'neu', update: 'Änderung', delete: 'Löschung' },
  version: (version, kind) => `Beleg ${version}, ${kind}`,
  verdicts: {
    matched: 'entspricht dem Warenkorb',
    mismatch: 'weicht vom Warenkorb ab',
    unmatched: 'kein Warenkorb zum Vergleich',
  },
  notPlaced: 'abgelehnt',
  notPlacing: 'Diese Verbindungen legen keine Bestellungen im Shop an, denn ihre Einstellung cxml.placeOrders ist aus:',
  empty: 'Keine Bestellungen',
  emptyText: 'Keine Bestellung passt. Einkäufer senden sie an dieselbe Adresse wie ihre Aufrufe.',
  pages: 'Seiten',
  first: 'Neueste',
  next: 'Ältere',
};
