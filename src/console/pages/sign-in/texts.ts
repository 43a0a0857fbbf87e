import type { InLanguages } from '../../ui/language.js';

const english = {
  title: 'Sign in',
  email: 'E-mail',
  password: 'Password',
  button: 'Sign in',
  wrong: 'E-mail or password is wrong.',
  tooMany: (seconds: number): string =>
    `Too many wrong passwords came from this address. Try again in ${seconds} seconds.`,
  atProvider: (name: string): string => `Sign in with ${name}`,
  expired: 'This sign-in was not begun in this browser, was used before, or took more than 10 minutes. Try again.',
  refused: 'The provider did not sign you in, or its answer does not hold. Try again.',
  unknown: 'The provider knows you, but no active operator has your e-mail address. Ask an owner to add you.',
  unreachable: 'The provider cannot be reached. Try again later, or sign in with a password.',
  help: 'No account yet? An owner adds it under Operators, or the command line does:',
  demo:
    'The demo has no password: the server prints a link at its start that signs you in once. ' +
    'Start it again for a new one.',
};

const german: typeof english = {
  title: 'Anmelden',
  email: 'E-Mail',
  password: 'Passwort',
  button: 'Anmelden',
  wrong: 'E-Mail oder Passwort ist falsch.',
  tooMany: (seconds) =>
    `Von dieser Adresse kamen zu viele falsche Passwörter. Bitte in ${seconds} Sekunden noch einmal versuchen.`,
  atProvider: (name) => `Anmelden mit ${name}`,
  expired:
    'Diese Anmeldung wurde nicht in diesem Browser begonnen, schon benutzt oder dauerte länger als 10 Minuten. ' +
    'Bitte noch einmal versuchen.',
  refused: 'Der Anbieter hat die Anmeldung abgelehnt, oder seine Antwort ist ungültig. Bitte noch einmal versuchen.',
  unknown:
    'Der Anbieter kennt Sie, aber kein aktiver Bediener hat Ihre E-Mail-Adresse. Ein Eigentümer kann Sie anlegen.',
  unreachable: 'Der Anbieter ist nicht erreichbar. Bitte später versuchen oder mit einem Passwort anmelden.',
  help: 'Noch kein Konto? Ein Eigentümer legt es unter „Bediener“ an, oder die Kommandozeile:',
  demo:
    'Die Demo hat kein Passwort: Der Server gibt beim Start einen Link aus, der einmal anmeldet. ' +
    'Für einen neuen bitte den Server neu starten.',
};

export const TEXTS: InLanguages<typeof english> = { en: english, de: german };
