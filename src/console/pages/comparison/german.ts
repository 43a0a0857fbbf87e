import type { english } from './english.js';

export const german: typeof english = {
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
