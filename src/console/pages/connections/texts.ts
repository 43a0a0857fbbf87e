import type { InLanguages } from '../../ui/language.js';

const english = {
  title: 'Connections',
  sub: 'Every buying organisation that may call up, with its last 24 hours.',
  columns: {
    name: 'Connection',
    protocol: 'Protocol',
    callUps: 'Call-ups',
    rate: 'Carts sent back',
    last: 'Last cart',
    secret: 'Newest secret',
    returns: 'Carts may go to',
  },
  demo: 'demo',
  disabled: 'disabled',
  none: 'none in two days',
  noCallUps: 'no call-ups',
  noSecret: 'none',
  rate: (transfers: string, share: string): string => `${transfers} (${share})`,
  platform: (name: string): string => `platform ${name}`,
  empty: 'No connection yet',
  emptyText: 'Add the first buying organisation. It takes five minutes and no command.',
  add: 'New connection',
};

const german: typeof english = {
  title: 'Verbindungen',
  sub: 'Alle Einkaufsorganisationen, die aufrufen dürfen, mit ihren letzten 24 Stunden.',
  columns: {
    name: 'Verbindung',
    protocol: 'Protokoll',
    callUps: 'Aufrufe',
    rate: 'Zurückgesendet',
    last: 'Letzter Warenkorb',
    secret: 'Neuestes Geheimnis',
    returns: 'Warenkörbe dürfen zu',
  },
  demo: 'Demo',
  disabled: 'gesperrt',
  none: 'keiner in zwei Tagen',
  noCallUps: 'keine Aufrufe',
  noSecret: 'keines',
  rate: (transfers, share) => `${transfers} (${share})`,
  platform: (name) => `Plattform ${name}`,
  empty: 'Noch keine Verbindung',
  emptyText: 'Legen Sie die erste Einkaufsorganisation an. Das dauert fünf Minuten und braucht keinen Befehl.',
  add: 'Neue Verbindung',
};

export const TEXTS: InLanguages<typeof english> = { en: english, de: german };
