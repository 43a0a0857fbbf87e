import type { english } from './english.js';

export const german: typeof english = {
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
