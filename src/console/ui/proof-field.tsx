import type { JSX } from 'preact';
import type { PageFrame } from './shell/page-shell.js';

const TEXTS = {
  en: {
    label: 'Your own password',
    hint: 'Asked again, since you signed in more than 10 minutes ago.',
    needsSignIn: 'This needs a new sign-in with your password at the OpenID provider.',
    signIn: 'Sign in again',
    wrong: 'Your own password is wrong. Nothing was changed.',
    old: 'Your sign-in is too old for this. Nothing was changed.',
  },
  de: {
    label: 'Ihr eigenes Passwort',
    hint: 'Noch einmal gefragt, weil die Anmeldung mehr als 10 Minuten her ist.',
    needsSignIn: 'Dafür ist eine neue Anmeldung mit Passwort beim OpenID-Anbieter nötig.',
    signIn: 'Neu anmelden',
    wrong: 'Ihr eigenes Passwort ist falsch. Nichts wurde geändert.',
    old: 'Ihre Anmeldung ist dafür zu alt. Nichts wurde geändert.',
  },
} as const;

interface ProofFieldProps {
  frame: PageFrame;
  /** Keeps the forms of a page apart. */
  id: string;
}

/**
 * In forms that need a proof of the operator: nothing within ten minutes after the sign-in, then the own password, or a
 * way to sign in again at the OpenID provider.
 */
export function ProofField({ frame: { language, signedIn }, id }: ProofFieldProps): JSX.Element | null {
  const texts = TEXTS[language];
  switch (signedIn?.proof.asked) {
    case 'password':
      return (
        <div class="field">
          <label for={`own-${id}`}>{texts.label}</label>
          <input id={`own-${id}`} name="own_password" type="password" autocomplete="current-password" required />
          <p class="hint">{texts.hint}</p>
        </div>
      );
    case 'provider':
      return (
        <p class="hint">
          {texts.needsSignIn} <a href={signedIn.proof.again}>{texts.signIn}</a>
        </p>
      );
    default:
      return null;
  }
}

/** Why a change was refused whose proof is missing or wrong. */
export function wrongProofText({ language, signedIn }: PageFrame): string {
  return signedIn?.proof.asked === 'provider' ? TEXTS[language].old : TEXTS[language].wrong;
}
