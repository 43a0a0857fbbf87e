import { fieldsEnglish } from './fields-english.js';

export const english = {
  title: (name: string) => `Settings of ${name}`,
  sub: 'An empty field has not been set here: the value of the profile, of the tenant or the default is in force.',
  connection: 'Connection',
  mapping: 'Mapping',
  groups: { general: 'All protocols', cxml: 'cXML', oci: 'OCI', repost: 'Middleware', store: 'Shop' },
  fields: fieldsEnglish,
  sources: {
    connection: 'set here',
    profile: 'from the profile',
    tenant: 'from the tenant',
    default: 'default',
  },
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
  save: 'Save',
  json: 'As JSON',
  jsonHint: 'Only what is set for this connection. Replaces all of it when it is saved.',
  saveJson: 'Save the JSON',
  readOnly: 'Your role may read settings, not change them.',
  done: 'Saved. It is in force for new sessions.',
  faulty: 'Not saved: see the marked fields.',
  lost: 'Not saved: somebody else has changed this connection meanwhile. Your entries are still in the form.',
  lostChanges: 'What they changed',
  lostSaved: 'Open the saved settings',
  tryFirst: 'Carts change with these settings. The mapping page replays sent carts.',
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
