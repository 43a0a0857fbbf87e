import { fieldsEnglish } from './fields-english.js';

export const english = {
  title: (name: string) => `Settings of ${name}`,
  sub: 'An empty field has not been set here: the value of the profile, of the tenant or the default is in force.',
  connection: 'Connection',
  mapping: 'Mapping',
  groups: { general: 'All protocols', cxml: 'cXML', oci: 'OCI', repost: 'Middleware', store: 'Shop' },
  fields: fieldsEnglish,
  done: 'Saved. It is in force for new sessions.',
  tryFirst: 'Carts change with these settings. The mapping page replays sent carts.',
};
