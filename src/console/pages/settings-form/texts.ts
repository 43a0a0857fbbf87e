import type { InLanguages } from '../../ui/language.js';

const english = {
  inForce: (value: string) => `In force: ${value}`,
  none: 'nothing',
  isDefault: (value: string) => `Default: ${value}`,
  unset: (value: string) => `Not set here (${value})`,
  yes: 'yes',
  no: 'no',
  range: (min: number, max: number) => `From ${min} to ${max}.`,
  forms: {
    lines: 'One a line.',
    numbers: 'Whole numbers, one a line.',
    pairs: 'One a line: PCE = EA',
    json: 'As JSON.',
  },
  sources: { here: 'set here', profile: 'from the profile', tenant: 'from the tenant', default: 'default' },
  save: 'Save',
  json: 'As JSON',
  jsonHint: 'Only what is set here. Replaces all of it when it is saved.',
  saveJson: 'Save the JSON',
  readOnly: 'Your role may read settings, not change them.',
  faulty: 'Not saved: see the marked fields.',
  lost:
    'Not saved: somebody else has changed these settings meanwhile. Your entries are still here, beside their ' +
    'changes: look at both, and save again.',
  lostChanges: 'What they changed',
  lostSaved: 'Open the saved settings',
  faults: {
    not_json: 'This is not JSON: {"domain": "DUNS", "identity": "123"}',
    no_pair: 'Write a pair with an equals sign: PCE = EA',
  },
  inLine: (line: number, text: string) => `Line ${line}: ${text}`,
  notJson: (line: number, column: number, text: string) =>
    `This is not JSON: line ${line}, column ${column}: ${text}. Texts and names stand in double quotes, and no comma ` +
    'stands before a closing bracket.',
  noObject: 'Settings are an object: { … }',
};

const german: typeof english = {
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

export const TEXTS: InLanguages<typeof english> = { en: english, de: german };
