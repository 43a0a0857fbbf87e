import type { english } from './shell-english.js';

export const german: typeof english = {
  skip: 'Zum Inhalt springen',
  navigation: 'Konsole',
  search: 'Sessions suchen',
  searchHint: 'E-Mail, BuyerCookie, payloadID, Bestellnummer, Session-ID',
  signOut: 'Abmelden',
  places: {
    today: 'Heute',
    sessions: 'Sessions',
    orders: 'Bestellungen',
    deliveries: 'Zustellungen',
    analytics: 'Auswertung',
    connections: 'Verbindungen',
    access: 'Zugänge',
    operators: 'Bediener',
    audit: 'Audit',
  },
};
