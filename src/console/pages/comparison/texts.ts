import type { InLanguages } from '../../ui/language.js';

const english = {
  title: 'Compared with the last good session',
  sub: (connection: string): string => `First the newest session of ${connection} whose cart went back, then this one.`,
  back: 'Back to the session',
  good: 'Last good session',
  session: 'This session',
  at: 'Call-up',
  buyer: 'Buyer',
  cart: 'Cart',
  returnUrl: 'Return address',
  documents: 'Documents',
  document: (kind: string, direction: 'in' | 'out'): string =>
    direction === 'in' ? `${kind}, received` : `${kind}, sent`,
  missing: 'This session has no such document.',
  same: 'no difference',
  changed: (lines: number): string => (lines === 1 ? '1 line differs' : `${lines} lines differ`),
  cut: (lines: number): string => `${lines} more lines are not compared.`,
  none: 'There is nothing to compare with',
  noneText: 'No cart of this connection has gone back yet.',
  hidden: 'Your role sees no documents: they hold personal data of buyers.',
};

const german: typeof english = {
  title: 'Verglichen mit der letzten guten Session',
  sub: (connection) => `Zuerst die neueste Session von ${connection}, deren Warenkorb zurückging, daneben diese.`,
  back: 'Zurück zur Session',
  good: 'Letzte gute Session',
  session: 'Diese Session',
  at: 'Aufruf',
  buyer: 'Einkäufer',
  cart: 'Warenkorb',
  returnUrl: 'Rücksprungadresse',
  documents: 'Dokumente',
  document: (kind, direction) => (direction === 'in' ? `${kind}, empfangen` : `${kind}, gesendet`),
  missing: 'Diese Session hat kein solches Dokument.',
  same: 'kein Unterschied',
  changed: (lines) => (lines === 1 ? '1 Zeile weicht ab' : `${lines} Zeilen weichen ab`),
  cut: (lines) => `${lines} weitere Zeilen sind nicht verglichen.`,
  none: 'Es gibt nichts zum Vergleichen',
  noneText: 'Von dieser Verbindung ist noch kein Warenkorb zurückgegangen.',
  hidden: 'Ihre Rolle sieht keine Dokumente: Sie enthalten persönliche Daten der Einkäufer.',
};

export const TEXTS: InLanguages<typeof english> = { en: english, de: german };
