import type { english } from './english.js';

export const german: typeof english = {
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
