import type { InLanguages } from '../../ui/language.js';

const english = {
  title: 'Orders',
  sub: 'Purchase orders as they came, newest first, each compared with the cart that was sent.',
  columns: { order: 'Order', verdict: 'Compared', connection: 'Connection', total: 'Total', shop: 'In the shop' },
  received: 'Received',
  any: 'any',
  number: 'Order number',
  button: 'Filter',
  clear: 'Clear',
  kinds: { new: 'new', update: 'change', delete: 'deletion' },
  version: (version: number, kind: string): string => `document ${version}, ${kind}`,
  verdicts: {
    matched: 'equals the cart',
    mismatch: 'differs from the cart',
    unmatched: 'no cart to compare with',
  },
  notPlaced: 'refused',
  notPlacing: 'These connections place no orders in the shop, because their setting cxml.placeOrders is off:',
  empty: 'No orders',
  emptyText: 'No purchase order fits. Buyers send them to the same address as their call-ups.',
  pages: 'Pages',
  first: 'Newest',
  next: 'Older',
};

const german: typeof english = {
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

export const TEXTS: InLanguages<typeof english> = { en: english, de: german };
