import type { english } from './english.js';

export const german: typeof english = {
  title: 'Ihr Konto',
  roles: { viewer: 'Betrachter', engineer: 'Techniker', owner: 'Eigentümer' },
  signIns: 'Wo Sie angemeldet sind',
  signInsHelp: 'Eine Anmeldung endet nach 30 Minuten ohne Nutzung, spätestens nach 8 Stunden.',
  columns: { where: 'Browser', address: 'Adresse', since: 'Seit', used: 'Zuletzt benutzt', end: 'Beenden' },
  here: 'diese',
  end: 'Beenden',
  password: 'Passwort ändern',
  current: 'Aktuelles Passwort',
  fresh: 'Neues Passwort',
  freshHint: '12 Zeichen oder mehr. Danach enden alle Ihre Anmeldungen, und Sie melden sich mit dem neuen an.',
  button: 'Passwort ändern',
  wrong: 'Das aktuelle Passwort ist falsch. Nichts wurde geändert.',
  unknownBrowser: 'unbekannt',
};
