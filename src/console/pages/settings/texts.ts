import type { InLanguages } from '../../ui/language.js';
import { fieldsEnglish } from './fields-english.js';
import { fieldsGerman } from './fields-german.js';

const english = {
  title: (name: string) => `Settings of ${name}`,
  sub: 'An empty field has not been set here: the value of the profile, of the tenant or the default is in force.',
  connection: 'Connection',
  mapping: 'Mapping',
  groups: { general: 'All protocols', cxml: 'cXML', oci: 'OCI', repost: 'Middleware', store: 'Shop' },
  fields: fieldsEnglish,
  done: 'Saved. It is in force for new sessions.',
  tryFirst: 'Carts change with these settings. The mapping page replays sent carts.',
};

const german: typeof english = {
  title: (name) => `Einstellungen von ${name}`,
  sub: 'Ein leeres Feld ist hier nicht gesetzt: Es gilt der Wert des Profils, des Mandanten oder die Vorgabe.',
  connection: 'Verbindung',
  mapping: 'Zuordnung',
  groups: { general: 'Alle Protokolle', cxml: 'cXML', oci: 'OCI', repost: 'Middleware', store: 'Shop' },
  fields: fieldsGerman,
  done: 'Gespeichert. Es gilt für neue Sessions.',
  tryFirst: 'Mit diesen Einstellungen ändern sich Warenkörbe. Die Seite Zuordnung wiederholt gesendete Warenkörbe.',
};

export const TEXTS: InLanguages<typeof english> = { en: english, de: german };
