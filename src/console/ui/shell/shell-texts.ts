import type { InLanguages } from '../language.js';

const english = {
  skip: 'Skip to the content',
  navigation: 'Console',
  search: 'Search sessions',
  searchHint: 'E-mail, BuyerCookie, payloadID, order number, session id',
  signOut: 'Sign out',
  places: {
    today: 'Today',
    sessions: 'Sessions',
    orders: 'Orders',
    deliveries: 'Deliveries',
    analytics: 'Analytics',
    connections: 'Connections',
    access: 'Access',
    operators: 'Operators',
    audit: 'Audit',
  },
};

const german: typeof english = {
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

export const SHELL_TEXTS: InLanguages<typeof english> = { en: english, de: german };
