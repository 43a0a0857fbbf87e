import type { english } from './english.js';

export const german: typeof english = {
  title: 'Sessions',
  sub: 'Neueste zuerst. Die Adresse enthält die Suche: Sie kann weitergegeben werden.',
  search: 'Suche',
  searchHint: 'E-Mail, Name, Firma, BuyerCookie, Bestellnummer oder Session-ID',
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
  articles: (count) => `${count} Artikel`,
  emptyCart: 'leer',
  found: (count, most) =>
    count < most ? `${count} gefunden.` : `Die neuesten ${most}; eine engere Suche zeigt andere.`,
  pages: 'Seiten',
  first: 'Neueste',
  next: 'Ältere',
  empty: 'Keine Session passt',
  emptyText:
    'Namen und E-Mails werden in den neuesten Sessions gesucht, IDs und Nummern in allen. Weniger Text oder kein Filter hilft.',
  badDay: 'Ein Tag wird so geschrieben: 2026-11-30.',
};
