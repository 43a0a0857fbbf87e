import type { InLanguages } from '../../ui/language.js';

const english = {
  title: 'Audit',
  sub: 'Who changed what. The steps of a session stand on its own page.',
  columns: { when: 'When', who: 'Who', what: 'What' },
  who: 'E-mail or key, or a part',
  what: 'What',
  any: 'any',
  from: 'From',
  to: 'To',
  button: 'Filter',
  clear: 'Clear the filter',
  badDay: 'A day is written as 2026-11-30.',
  empty: 'No change',
  emptyText: 'Nothing was changed, or no change fits the filter.',
  pages: 'Pages of the audit',
  first: 'First page',
  next: 'Older changes',
  none: 'nothing',
  verify: 'Verify the chain',
  verifyHint:
    'Each row is linked to the one before by a hash. The check computes all hashes again, and finds rows that were ' +
    'changed, removed or put in later.',
  unchanged: (rows: string): string => `Nothing was changed: all ${rows} linked rows fit the chain.`,
  nothingLinked: 'No row is linked yet. A row is linked a minute after it was written.',
  waiting: (rows: string): string => `Not linked yet, since they are young: ${rows}`,
  anchor: 'Keep this anchor elsewhere, to compare it later:',
  faulty: 'The audit was changed. The first rows that do not fit:',
  faults: {
    changed: 'was changed',
    gone: 'is missing',
    'put in later': 'was put in later',
    'not the one that followed': 'is not the one that followed',
  },
  row: (id: string): string => `Row ${id}`,
};

const german: typeof english = {
  title: 'Audit',
  sub: 'Wer was geändert hat. Die Schritte einer Session stehen auf ihrer eigenen Seite.',
  columns: { when: 'Wann', who: 'Wer', what: 'Was' },
  who: 'E-Mail oder Schlüssel, auch ein Teil',
  what: 'Was',
  any: 'alles',
  from: 'Von',
  to: 'Bis',
  button: 'Filtern',
  clear: 'Filter löschen',
  badDay: 'Ein Tag wird als 2026-11-30 geschrieben.',
  empty: 'Keine Änderung',
  emptyText: 'Nichts wurde geändert, oder keine Änderung passt zum Filter.',
  pages: 'Seiten des Audits',
  first: 'Erste Seite',
  next: 'Ältere Änderungen',
  none: 'nichts',
  verify: 'Kette prüfen',
  verifyHint:
    'Jede Zeile ist durch einen Hash mit der vorigen verbunden. Die Prüfung berechnet alle Hashes neu und findet ' +
    'Zeilen, die geändert, entfernt oder später eingefügt wurden.',
  unchanged: (rows) => `Nichts wurde geändert: Alle ${rows} verbundenen Zeilen passen zur Kette.`,
  nothingLinked: 'Noch ist keine Zeile verbunden. Eine Zeile wird eine Minute nach ihrem Eintrag verbunden.',
  waiting: (rows) => `Noch nicht verbunden, weil sie jung sind: ${rows}`,
  anchor: 'Diesen Anker woanders aufbewahren, um ihn später zu vergleichen:',
  faulty: 'Das Audit wurde verändert. Die ersten Zeilen, die nicht passen:',
  faults: {
    changed: 'wurde geändert',
    gone: 'fehlt',
    'put in later': 'wurde später eingefügt',
    'not the one that followed': 'ist nicht die, die folgte',
  },
  row: (id) => `Zeile ${id}`,
};

export const TEXTS: InLanguages<typeof english> = { en: english, de: german };
