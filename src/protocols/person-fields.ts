import type { NameValue } from '../domain/transmission/setup-request.js';

type PersonField = 'email' | 'name' | 'firstName' | 'lastName' | 'userId' | 'company';

/**
 * Names of Extrinsics (cXML) and parameters (OCI) that identify the buyer; neither protocol defines any. In lower case,
 * without blanks, `-`, `_` and `.`. Earlier names of a list win.
 */
const NAMES: Record<PersonField, readonly string[]> = {
  email: [
    'useremail',
    'useremailaddress',
    'email',
    'emailaddress',
    'emailid',
    'mail',
    'mailaddress',
    'usermail',
    'smtpaddr',
    'smtpaddress',
    'buyeremail',
    'requesteremail',
    'requestoremail',
    'contactemail',
  ],
  name: [
    'userfullname',
    'fullname',
    'displayname',
    'userprintablename',
    'name',
    'buyername',
    'requestername',
    'requestorname',
    'contactname',
  ],
  firstName: ['firstname', 'fname', 'givenname', 'forename', 'userfirstname'],
  lastName: ['lastname', 'lname', 'surname', 'familyname', 'userlastname'],
  userId: ['uniquename', 'uniqueusername', 'user', 'userid', 'userlogin', 'loginid', 'loginname', 'login', 'uid'],
  company: [
    'companyname',
    'company',
    'organization',
    'organizationname',
    'organisation',
    'organisationname',
    'buyercompany',
  ],
};

const RANKED: ReadonlyMap<string, { field: PersonField; rank: number }> = new Map(
  Object.entries(NAMES).flatMap(([field, names]) =>
    names.map((name, rank) => [name, { field: field as PersonField, rank }] as const),
  ),
);

const EMAIL = /^[^\s@<>"',;]{1,64}@[^\s@<>"',;]{1,190}$/;

export function isEmail(text: string): boolean {
  return EMAIL.test(text);
}

/** `User email`, `user_email` and `UserEmail` are the same name (cxml.md 5). */
export function looseName(name: string): string {
  return name.toLowerCase().replace(/[\s._-]+/g, '');
}

/**
 * Reads a person from the pairs: for each field the trimmed value of its first name in the list. Empty values and
 * invalid e-mail addresses count as absent.
 */
export function personFields(pairs: readonly NameValue[]): ReadonlyMap<PersonField, string> {
  const found = new Map<PersonField, { rank: number; value: string }>();
  for (const pair of pairs) {
    const known = RANKED.get(looseName(pair.name));
    const value = pair.value.trim();
    if (known === undefined || value === '' || (known.field === 'email' && !isEmail(value))) continue;
    const best = found.get(known.field);
    if (best === undefined || known.rank < best.rank) found.set(known.field, { rank: known.rank, value });
  }
  return new Map(Array.from(found, ([field, { value }]) => [field, value]));
}

/** First and last name, as far as known. */
export function fullName(fields: ReadonlyMap<PersonField, string>): string | undefined {
  const name = [fields.get('firstName'), fields.get('lastName')].filter((part) => part !== undefined).join(' ');
  return name === '' ? undefined : name;
}
