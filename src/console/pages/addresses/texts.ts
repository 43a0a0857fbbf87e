import type { InLanguages } from '../../ui/language.js';

const english = {
  title: (name: string): string => `Addresses of ${name}`,
  sub: 'Which ShipTo address id of a call-up gets the prices of which customer of the shop.',
  off: 'The setting store.shipTo of this connection is "ignore": its call-ups are not looked up here.',
  settings: 'Settings',
  unknown: (count: number): string =>
    count === 1
      ? 'One address id of a call-up has no customer yet.'
      : `${count} address ids of call-ups have no customer yet.`,
  table: 'Address ids',
  address: 'Address id',
  place: 'Place',
  customer: 'Customer',
  since: 'Since',
  change: 'Change',
  isUnknown: 'unknown',
  usual: 'usual customer',
  none: 'No address yet',
  noneText: 'Add one below. Ids that call-ups name and that are not here appear by themselves.',
  edit: 'Name the customer',
  editOf: (address: string): string => `Name the customer of ${address}`,
  remove: 'Remove',
  removeOf: (address: string): string => `Remove the address ${address}`,
  save: 'Add or change an address',
  customerHint: 'Number or e-mail of the customer in the shop; empty: the usual customer of this connection.',
  addressHint: 'As the call-up writes it: Address@addressID of ShipTo.',
  button: 'Save the address',
  done: 'Done.',
  pages: 'Pages of the list',
  first: 'First page',
  next: 'Next page',
};

const german: typeof english = {
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

export const TEXTS: InLanguages<typeof english> = { en: english, de: german };
