import type { InLanguages } from '../../ui/language.js';

const english = {
  title: 'Sessions',
  sub: 'Newest first. The address holds the search: send it to a colleague.',
  search: 'Search',
  test: 'Test',
  searchHint: 'E-mail, BuyerCookie, payloadID, order number, session id or reference',
  status: 'Status',
  protocol: 'Protocol',
  from: 'From day',
  to: 'To day',
  any: 'any',
  statuses: {
    active: 'open or shopping',
    completed: 'cart sent or ordered',
    cancelled: 'ended without a cart',
    expired: 'expired',
  },
  button: 'Show',
  clear: 'Clear',
  columns: { buyer: 'Buyer', status: 'Status', connection: 'Connection', cart: 'Cart', started: 'Call-up' },
  unnamed: 'no name',
  pieces: (count: string): string => `${count} ${count === '1' ? 'piece' : 'pieces'}`,
  emptyCart: 'empty',
  found: (count: number, most: number): string =>
    count < most ? `${count} found.` : `The newest ${most}; narrow the search to see others.`,
  pages: 'Pages',
  first: 'Newest',
  next: 'Older',
  empty: 'No session fits',
  emptyText: 'The search looks for one whole e-mail, id or number. Try another one, or fewer filters.',
  badDay: 'A day is written like 2026-11-30.',
};

const german: typeof english = {
  title: 'Sessions',
  sub: 'Neueste zuerst. Die Adresse enthält die Suche: Sie kann weitergegeben werden.',
  search: 'Suche',
  test: 'Test',
  searchHint: 'E-Mail, BuyerCookie, payloadID, Bestellnummer, Session-ID oder Referenz',
  status: 'Status',
  protocol: 'Protokoll',
  from: 'Von Tag',
  to: 'Bis Tag',
  any: 'alle',
  statuses: {
    active: 'offen oder im Einkauf',
    completed: 'gesendet oder bestellt',
    cancelled: 'ohne Warenkorb beendet',
    expired: 'abgelaufen',
  },
  button: 'Zeigen',
  clear: 'Zurücksetzen',
  columns: { buyer: 'Einkäufer', status: 'Status', connection: 'Verbindung', cart: 'Warenkorb', started: 'Aufruf' },
  unnamed: 'ohne Namen',
  pieces: (count) => `${count} Stück`,
  emptyCart: 'leer',
  found: (count, most) =>
    count < most ? `${count} gefunden.` : `Die neuesten ${most}; eine engere Suche zeigt andere.`,
  pages: 'Seiten',
  first: 'Neueste',
  next: 'Ältere',
  empty: 'Keine Session passt',
  emptyText: 'Gesucht wird eine ganze E-Mail, ID oder Nummer. Eine andere oder weniger Filter helfen.',
  badDay: 'Ein Tag wird so geschrieben: 2026-11-30.',
};

export const TEXTS: InLanguages<typeof english> = { en: english, de: german };
