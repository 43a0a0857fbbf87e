import type { english } from './english.js';
import { fieldsGerman } from './fields-german.js';

export const german: typeof english = {
  title: (name) => `Einstellungen von ${name}`,
  sub: 'Ein leeres Feld ist hier nicht gesetzt: Es gilt der Wert des Profils, des Mandanten oder die Vorgabe.',
  connection: 'Verbindung',
  mapping: 'Zuordnung',
  groups: { general: 'Alle Protokolle', cxml: 'cXML', oci: 'OCI', repost: 'Middleware', store: 'Shop' },
  fields: fieldsGerman,
  done: 'Gespeichert. Es gilt für neue Sessions.',
  tryFirst: 'Mit diesen Einstellungen ändern sich Warenkörbe. Die Seite Zuordnung wiederholt gesendete Warenkörbe.',
};
