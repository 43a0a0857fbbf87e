import type { InLanguages } from '../../ui/language.js';

const english = {
  title: 'Operators',
  sub: 'Who may sign in to this console. A change ends the sign-ins of that operator.',
  columns: { who: 'Operator', role: 'Role', state: 'State', change: 'Change' },
  roles: { viewer: 'viewer', engineer: 'engineer', owner: 'owner' },
  roleHelp: 'A viewer reads figures and sessions. An engineer also sees documents. An owner also changes operators.',
  active: 'active',
  disabled: 'disabled',
  you: 'you',
  setRole: 'Set the role',
  roleOf: (email: string): string => `Role of ${email}`,
  disable: (email: string): string => `Disable ${email}`,
  enable: (email: string): string => `Enable ${email}`,
  disableShort: 'Disable',
  enableShort: 'Enable',
  add: 'Add an operator',
  email: 'E-mail',
  name: 'Name',
  role: 'Role',
  password: 'First password',
  passwordOrProvider: '12 characters or more. Leave it empty for who signs in at the OpenID provider only.',
  fromProvider: 'decided by the OpenID provider',
  passwordHint: '12 characters or more. The operator changes it under their name.',
  button: 'Add',
  done: 'Done.',
};

const german: typeof english = {
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

export const TEXTS: InLanguages<typeof english> = { en: english, de: german };
