import type { english } from './english.js';

export const german: typeof english = {
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
