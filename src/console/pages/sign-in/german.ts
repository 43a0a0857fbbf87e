import type { english } from './english.js';

export const german: typeof english = {
  title: 'Anmelden',
  email: 'E-Mail',
  password: 'Passwort',
  button: 'Anmelden',
  wrong: 'E-Mail oder Passwort ist falsch.',
  tooMany: (seconds) =>
    `Von dieser Adresse kamen zu viele falsche Passwörter. Bitte in ${seconds} Sekunden noch einmal versuchen.`,
  help: 'Noch kein Konto? Ein Eigentümer legt es unter „Bediener“ an, oder die Kommandozeile:',
  demo:
    'Die Demo hat kein Passwort: Der Server gibt beim Start einen Link aus, der einmal anmeldet. ' +
    'Für einen neuen bitte den Server neu starten.',
};
