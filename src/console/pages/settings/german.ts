import type { english } from './english.js';
import { fieldsGerman } from './fields-german.js';

export const german: typeof english = {
  title: (name) => `Einstellungen von ${name}`,
  sub: 'Ein leeres Feld ist hier nicht gesetzt: Es gilt der Wert des Profils, des Mandanten oder die Vorgabe.',
  connection: 'Verbindung',
  mapping: 'Zuordnung',
  groups: { general: 'Alle Protokolle', cxml: 'cXML', oci: 'OCI', repost: 'Middleware', store: 'Shop' },
  fields: fieldsGerman,
  sources: {
    connection: 'hier gesetzt',
    profile: 'aus dem Profil',
    tenant: 'vom Mandanten',
    default: 'Vorgabe',
  },
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
  save: 'Speichern',
  json: 'Als JSON',
  jsonHint: 'Nur, was für diese Verbindung gesetzt ist. Beim Speichern wird alles davon ersetzt.',
  saveJson: 'JSON speichern',
  readOnly: 'Ihre Rolle darf Einstellungen lesen, aber nicht ändern.',
  done: 'Gespeichert. Es gilt für neue Sessions.',
  faulty: 'Nicht gespeichert: siehe die markierten Felder.',
  lost: 'Nicht gespeichert: Jemand anderes hat diese Verbindung inzwischen geändert. Ihre Eingaben stehen noch hier.',
  lostChanges: 'Was geändert wurde',
  lostSaved: 'Die gespeicherten Einstellungen öffnen',
  tryFirst: 'Mit diesen Einstellungen ändern sich Warenkörbe. Die Seite Zuordnung wiederholt gesendete Warenkörbe.',
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
