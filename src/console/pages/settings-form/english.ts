export const english = {
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
