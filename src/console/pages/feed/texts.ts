import type { FeedFaultKind } from '../../../domain/orders/feed.js';
import type { InLanguages } from '../../ui/language.js';

const english = {
  title: (shop: number): string => `Feed of shop ${shop}`,
  sub: 'Lines with an error were left out, lines with a warning were imported without the value.',
  back: 'Deliveries',
  failing: 'The last attempt failed',
  facts: {
    url: 'Feed',
    imported: 'Imported',
    modified: 'Date of the file',
    file: 'File',
    result: 'Result',
  },
  file: (lines: string, bytes: string, encoding: string): string => `lines: ${lines}, bytes: ${bytes}, ${encoding}`,
  result: (products: string, errors: string, warnings: string, issueLines: string): string =>
    `products imported: ${products}; errors: ${errors}, warnings: ${warnings}, lines concerned: ${issueLines}`,
  noReport: 'No import yet',
  noReportText: 'Every file that was read has a report. An unchanged file is not read again.',
  issues: 'Issues',
  columns: { issue: 'Issue', lines: 'Lines', value: 'Value', remedy: 'What to do' },
  severities: { error: 'error', warning: 'warning' },
  more: (count: number): string => `${count} more`,
  first: (most: number): string => `The first ${most} are kept.`,
  firstValue: 'in the first line',
  empty: 'empty',
  noIssues: 'No issues',
  noIssuesText: 'Every line of this file was imported as it is.',
  imports: 'Imports',
  counts: (errors: string, warnings: string): string => `errors: ${errors}, warnings: ${warnings}`,
  pages: 'Pages of issues',
  firstPage: 'First',
  nextPage: 'More issues',
  /** With the values of a fault as %name%. */
  kinds: {
    empty: {
      what: 'The field "%field%" is empty.',
      remedy: 'Fill it in: without it the product cannot be imported.',
    },
    recommended: {
      what: 'The field "%field%" is empty; it is recommended.',
      remedy: 'Fill it in if the product has one. It is imported without it.',
    },
    not_a_number: {
      what: 'The field "%field%" is no number.',
      remedy: 'Write 12.50 or 12,50, without a currency sign and without separators of thousands.',
    },
    negative: { what: 'The field "%field%" is negative.', remedy: 'Write the net price of one unit, 0 or more.' },
    not_in_range: {
      what: 'The field "%field%" is not between %min% and %max%.',
      remedy: 'Write a percentage, such as 19.',
    },
    no_currency: {
      what: 'The field "%field%" is no currency code.',
      remedy: 'Write three letters, such as EUR; an empty field means EUR.',
    },
    too_long: { what: 'The field "%field%" is longer than %max% characters.', remedy: 'Shorten the text.' },
    control_characters: {
      what: 'The field "%field%" contains control characters.',
      remedy: 'Remove them where the file is made; tabs and line breaks are allowed.',
    },
    not_unique: {
      what: 'The field "%field%" is not unique.',
      remedy: 'Give each product a number of its own. The first line with this number was imported.',
    },
    no_gtin: {
      what: 'The field "%field%" is no GTIN.',
      remedy: 'Write 8, 12, 13 or 14 digits with the right check digit. Spreadsheets often drop leading zeros.',
    },
    no_unit: {
      what: 'The field "%field%" is no unit code.',
      remedy: 'Write a code of UN/CEFACT Recommendation 20, such as C62 for a piece or KGM.',
    },
    not_whole: { what: 'The field "%field%" is no whole number.', remedy: 'Write digits only, such as 12.' },
    no_address: {
      what: 'The field "%field%" is no http or https address.',
      remedy: 'Write one whole address, with https:// and without spaces.',
    },
    column_missing: {
      what: 'The column "%field%" is missing.',
      remedy: 'Add it to the header line: without it the file is not read at all.',
    },
    column_count: {
      what: 'The line does not have %columns% columns.',
      remedy: 'Quote fields that contain the delimiter, and write every column in every line.',
    },
    open_quote: {
      what: 'A quoted field is not closed.',
      remedy: 'Close the quotes, and double quotes inside a field.',
    },
    bad_quote: {
      what: 'A quote stands within a field.',
      remedy: 'Put the whole field in quotes, and double the quotes inside.',
    },
    line_too_long: {
      what: 'The line is longer than %max% characters.',
      remedy: 'Shorten its texts, or look for quotes that are not closed.',
    },
    no_lines: { what: 'The file has no header line.', remedy: 'Write the names of the columns in the first line.' },
  } satisfies Record<FeedFaultKind, { what: string; remedy: string }>,
};

const german: typeof english = {
  title: (shop) => `Feed von Shop ${shop}`,
  sub: 'Zeilen mit einem Fehler wurden ausgelassen, Zeilen mit einer Warnung ohne den Wert importiert.',
  back: 'Zustellungen',
  failing: 'Der letzte Versuch ist gescheitert',
  facts: {
    url: 'Feed',
    imported: 'Importiert',
    modified: 'Stand der Datei',
    file: 'Datei',
    result: 'Ergebnis',
  },
  file: (lines, bytes, encoding) => `Zeilen: ${lines}, Bytes: ${bytes}, ${encoding}`,
  result: (products, errors, warnings, issueLines) =>
    `importierte Produkte: ${products}; Fehler: ${errors}, Warnungen: ${warnings}, betroffene Zeilen: ${issueLines}`,
  noReport: 'Noch kein Import',
  noReportText: 'Jede gelesene Datei hat einen Bericht. Eine unveränderte Datei wird nicht noch einmal gelesen.',
  issues: 'Befunde',
  columns: { issue: 'Befund', lines: 'Zeilen', value: 'Wert', remedy: 'Was tun' },
  severities: { error: 'Fehler', warning: 'Warnung' },
  more: (count) => `${count} weitere`,
  first: (most) => `Die ersten ${most} sind gespeichert.`,
  firstValue: 'in der ersten Zeile',
  empty: 'leer',
  noIssues: 'Keine Befunde',
  noIssuesText: 'Jede Zeile dieser Datei wurde importiert, wie sie ist.',
  imports: 'Importe',
  counts: (errors, warnings) => `Fehler: ${errors}, Warnungen: ${warnings}`,
  pages: 'Seiten der Befunde',
  firstPage: 'Erste',
  nextPage: 'Weitere Befunde',
  kinds: {
    empty: {
      what: 'Das Feld "%field%" ist leer.',
      remedy: 'Füllen Sie es aus: Ohne das Feld kann das Produkt nicht importiert werden.',
    },
    recommended: {
      what: 'Das Feld "%field%" ist leer; empfohlen ist es.',
      remedy: 'Füllen Sie es aus, wenn das Produkt eines hat. Importiert wird es auch ohne.',
    },
    not_a_number: {
      what: 'Das Feld "%field%" ist keine Zahl.',
      remedy: 'Schreiben Sie 12.50 oder 12,50, ohne Währungszeichen und ohne Tausendertrennzeichen.',
    },
    negative: {
      what: 'Das Feld "%field%" ist negativ.',
      remedy: 'Schreiben Sie den Nettopreis einer Einheit, 0 oder mehr.',
    },
    not_in_range: {
      what: 'Das Feld "%field%" liegt nicht zwischen %min% und %max%.',
      remedy: 'Schreiben Sie einen Prozentsatz, etwa 19.',
    },
    no_currency: {
      what: 'Das Feld "%field%" ist kein Währungskürzel.',
      remedy: 'Schreiben Sie drei Buchstaben, etwa EUR; ein leeres Feld bedeutet EUR.',
    },
    too_long: { what: 'Das Feld "%field%" ist länger als %max% Zeichen.', remedy: 'Kürzen Sie den Text.' },
    control_characters: {
      what: 'Das Feld "%field%" enthält Steuerzeichen.',
      remedy: 'Entfernen Sie sie dort, wo die Datei entsteht; Tabulatoren und Zeilenumbrüche sind erlaubt.',
    },
    not_unique: {
      what: 'Das Feld "%field%" ist nicht eindeutig.',
      remedy: 'Geben Sie jedem Produkt eine eigene Nummer. Importiert wurde die erste Zeile mit dieser Nummer.',
    },
    no_gtin: {
      what: 'Das Feld "%field%" ist keine GTIN.',
      remedy:
        'Schreiben Sie 8, 12, 13 oder 14 Ziffern mit der richtigen Prüfziffer. Tabellenprogramme lassen oft führende ' +
        'Nullen weg.',
    },
    no_unit: {
      what: 'Das Feld "%field%" ist kein Einheitenkürzel.',
      remedy: 'Schreiben Sie ein Kürzel der UN/CEFACT-Empfehlung 20, etwa C62 für ein Stück oder KGM.',
    },
    not_whole: {
      what: 'Das Feld "%field%" ist keine ganze Zahl.',
      remedy: 'Schreiben Sie nur Ziffern, etwa 12.',
    },
    no_address: {
      what: 'Das Feld "%field%" ist keine http- oder https-Adresse.',
      remedy: 'Schreiben Sie eine ganze Adresse, mit https:// und ohne Leerzeichen.',
    },
    column_missing: {
      what: 'Die Spalte "%field%" fehlt.',
      remedy: 'Ergänzen Sie sie in der Kopfzeile: Ohne sie wird die Datei gar nicht gelesen.',
    },
    column_count: {
      what: 'Die Zeile hat nicht %columns% Spalten.',
      remedy:
        'Setzen Sie Felder mit dem Trennzeichen in Anführungszeichen, und schreiben Sie in jeder Zeile jede Spalte.',
    },
    open_quote: {
      what: 'Ein Feld in Anführungszeichen ist nicht geschlossen.',
      remedy: 'Schließen Sie es, und verdoppeln Sie Anführungszeichen im Feld.',
    },
    bad_quote: {
      what: 'Ein Anführungszeichen steht mitten in einem Feld.',
      remedy: 'Setzen Sie das ganze Feld in Anführungszeichen, und verdoppeln Sie die inneren.',
    },
    line_too_long: {
      what: 'Die Zeile ist länger als %max% Zeichen.',
      remedy: 'Kürzen Sie ihre Texte, oder suchen Sie nach nicht geschlossenen Anführungszeichen.',
    },
    no_lines: {
      what: 'Die Datei hat keine Kopfzeile.',
      remedy: 'Schreiben Sie die Namen der Spalten in die erste Zeile.',
    },
  },
};

export const TEXTS: InLanguages<typeof english> = { en: english, de: german };
