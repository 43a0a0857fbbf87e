import type { english } from './english.js';

export const german: typeof english = {
  title: 'Bediener',
  sub: 'Wer sich an dieser Konsole anmelden darf. Eine Änderung beendet die Anmeldungen dieses Bedieners.',
  columns: { who: 'Bediener', role: 'Rolle', state: 'Zustand', change: 'Ändern' },
  roles: { viewer: 'Betrachter', engineer: 'Techniker', owner: 'Eigentümer' },
  roleHelp:
    'Ein Betrachter liest Zahlen und Sessions. Ein Techniker sieht auch Dokumente. ' +
    'Ein Eigentümer ändert auch Bediener.',
  active: 'aktiv',
  disabled: 'gesperrt',
  you: 'Sie',
  setRole: 'Rolle setzen',
  roleOf: (email) => `Rolle von ${email}`,
  disable: (email) => `${email} sperren`,
  enable: (email) => `${email} freigeben`,
  disableShort: 'Sperren',
  enableShort: 'Freigeben',
  add: 'Bediener anlegen',
  email: 'E-Mail',
  name: 'Name',
  role: 'Rolle',
  password: 'Erstes Passwort',
  passwordOrProvider: '12 Zeichen oder mehr. Leer lassen, wenn sich jemand nur beim OpenID-Anbieter anmeldet.',
  fromProvider: 'vom OpenID-Anbieter bestimmt',
  passwordHint: '12 Zeichen oder mehr. Der Bediener ändert es unter seinem Namen.',
  button: 'Anlegen',
  done: 'Erledigt.',
};
