import type { BuyerPerson, NameValue } from '../../../domain/transmission/setup-request.js';

const EMAIL = /^[^\s@<>"',;]{1,64}@[^\s@<>"',;]{1,190}$/;
const EMAIL_NAMES = new Set(['email', 'e-mail', 'e_mail', 'mail', 'useremail', 'user_email', 'user-email', 'emailaddress', 'email_address', 'smtp_addr']);
const FIRST_NAMES = new Set(['fname', 'firstname', 'first_name']);
const LAST_NAMES = new Set(['lname', 'lastname', 'last_name']);

/** The person behind a call-up, as far as OCI.md 1's customary extras tell; the user name counts as e-mail if it is one. */
export function readBuyer(username: string | undefined, extra: readonly NameValue[]): BuyerPerson {
  const found = new Map<'userId' | 'email' | 'first' | 'last', string>();
  for (const { name, value } of extra) {
    const lower = name.toLowerCase();
    const text = value.trim();
    if (text === '') continue;
    if (lower === 'userid' || lower === 'user_id') setOnce(found, 'userId', text);
    else if (FIRST_NAMES.has(lower)) setOnce(found, 'first', text);
    else if (LAST_NAMES.has(lower)) setOnce(found, 'last', text);
    else if (EMAIL_NAMES.has(lower) && EMAIL.test(text)) setOnce(found, 'email', text);
  }
  const userId = found.get('userId') ?? username;
  const email = found.get('email') ?? [username, userId].find((text) => text !== undefined && EMAIL.test(text));
  const name = [found.get('first'), found.get('last')].filter((part) => part !== undefined).join(' ');
  return { ...(email === undefined ? {} : { email }), ...(name === '' ? {} : { name }), ...(userId === undefined || userId === '' ? {} : { userId }) };
}

function setOnce<Key>(found: Map<Key, string>, key: Key, value: string): void {
  if (!found.has(key)) found.set(key, value);
}
