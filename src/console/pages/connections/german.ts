import type { english } from './english.js';

export const german: typeof english = {
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
