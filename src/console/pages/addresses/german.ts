import type { english } from './english.js';

export const german: typeof english = {
  title: (name) => `Adressen von ${name}`,
  sub: 'Welche Adress-ID aus ShipTo eines Aufrufs die Preise welches Kunden des Shops bekommt.',
  off: 'Die Einstellung store.shipTo dieser Verbindung ist „ignore“: ihre Aufrufe werden hier nicht nachgeschlagen.',
  settings: 'Einstellungen',
  unknown: (count) =>
    count === 1
      ? 'Eine Adress-ID aus einem Aufruf hat noch keinen Kunden.'
      : `${count} Adress-IDs aus Aufrufen haben noch keinen Kunden.`,
  table: 'Adress-IDs',
  address: 'Adress-ID',
  place: 'Ort',
  customer: 'Kunde',
  since: 'Seit',
  change: 'Ändern',
  isUnknown: 'unbekannt',
  usual: 'üblicher Kunde',
  none: 'Noch keine Adresse',
  noneText: 'Unten eine hinzufügen. IDs, die Aufrufe nennen und die hier fehlen, erscheinen von selbst.',
  edit: 'Kunden angeben',
  editOf: (address) => `Kunden angeben: ${address}`,
  remove: 'Entfernen',
  removeOf: (address) => `Adresse ${address} entfernen`,
  save: 'Adresse hinzufügen oder ändern',
  customerHint: 'Nummer oder E-Mail des Kunden im Shop; leer: der übliche Kunde dieser Verbindung.',
  addressHint: 'Wie der Aufruf sie schreibt: Address@addressID von ShipTo.',
  button: 'Adresse speichern',
  done: 'Erledigt.',
  pages: 'Seiten der Liste',
  first: 'Erste Seite',
  next: 'Nächste Seite',
};
