import type { InLanguages } from '../../ui/language.js';

const english = {
  title: 'Your account',
  roles: { viewer: 'viewer', engineer: 'engineer', owner: 'owner' },
  signIns: 'Where you are signed in',
  signInsHelp: 'A sign-in ends after 30 minutes without use, and after 8 hours in any case.',
  columns: { where: 'Browser', address: 'Address', since: 'Since', used: 'Last used', end: 'End' },
  here: 'this one',
  end: 'End',
  password: 'Change the password',
  current: 'Current password',
  fresh: 'New password',
  freshHint: '12 characters or more. Afterwards all your sign-ins end, and you sign in with the new one.',
  button: 'Change the password',
  wrong: 'The current password is wrong. Nothing was changed.',
  unknownBrowser: 'unknown',
};

const german: typeof english = {
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

export const TEXTS: InLanguages<typeof english> = { en: english, de: german };
