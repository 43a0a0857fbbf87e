import type { english } from './english.js';

export const german: typeof english = {
  inForce: (value) => `Es gilt: ${value}`,
  none: 'nichts',
  isDefault: (value) => `Vorgabe: ${value}`,
  unset: (value) => `Hier nicht gesetzt (${value})`,
  yes: 'ja',
  no: 'nein',
  range: (min, max) => `Von ${min} bis ${max}.`,
  forms: {
    lines: 'Eine Angabe je Zeile.',
    numbers: 'Ganze Zahlen, eine je Zeile.',
    pairs: 'Ein Paar je Zeile: PCE = EA',
    json: 'Als JSON.',
  },
  sources: { here: 'hier gesetzt', profile: 'aus dem Profil', tenant: 'vom Mandanten', default: 'Vorgabe' },
  save: 'Speichern',
  json: 'Als JSON',
  jsonHint: 'Nur, was hier gesetzt ist. Beim Speichern wird alles davon ersetzt.',
  saveJson: 'JSON speichern',
  readOnly: 'Ihre Rolle darf Einstellungen lesen, aber nicht ändern.',
  faulty: 'Nicht gespeichert: siehe die markierten Felder.',
  lost:
    'Nicht gespeichert: Jemand anderes hat diese Einstellungen inzwischen geändert. ' +
    'Ihre Eingaben stehen noch hier, neben diesen Änderungen: Bitte beides ansehen und erneut speichern.',
  lostChanges: 'Was geändert wurde',
  lostSaved: 'Die gespeicherten Einstellungen öffnen',
  faults: {
    not_json: 'Das ist kein JSON: {"domain": "DUNS", "identity": "123"}',
    no_pair: 'Schreiben Sie ein Paar mit Gleichheitszeichen: PCE = EA',
  },
  inLine: (line, text) => `Zeile ${line}: ${text}`,
  notJson: (line, column, text) =>
    `Das ist kein JSON: Zeile ${line}, Spalte ${column}: ${text}. Texte und Namen stehen in doppelten ` +
    'Anführungszeichen, und vor einer schließenden Klammer steht kein Komma.',
  noObject: 'Einstellungen sind ein Objekt: { … }',
};
