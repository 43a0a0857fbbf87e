import type { JSX } from 'preact';
import type { Language } from './language.js';

const TEXTS = {
  en: {
    label: 'Your own password',
    hint: 'Asked again, since you signed in more than 10 minutes ago.',
    wrong: 'Your own password is wrong. Nothing was changed.',
  },
  de: {
    label: 'Ihr eigenes Passwort',
    hint: 'Noch einmal gefragt, weil die Anmeldung mehr als 10 Minuten her ist.',
    wrong: 'Ihr eigenes Passwort ist falsch. Nichts wurde geändert.',
  },
} as const;

interface ProofFieldProps {
  language: Language;
  /** Keeps the forms of a page apart. */
  id: string;
}

/** The operator's own password, for changes that ask for it again. */
export function ProofField({ language, id }: ProofFieldProps): JSX.Element {
  const { label, hint } = TEXTS[language];
  return (
    <div class="field">
      <label for={`own-${id}`}>{label}</label>
      <input id={`own-${id}`} name="own_password" type="password" autocomplete="current-password" required />
      <p class="hint">{hint}</p>
    </div>
  );
}

export function wrongProofText(language: Language): string {
  return TEXTS[language].wrong;
}
