import type { BuyerPerson, NameValue } from '../../../domain/transmission/setup-request.js';
import { fullName, isEmail, personFields } from '../../buyer/person-fields.js';

/**
 * The person behind a call-up, from the customary extras of OCI.md 1. The user name or user id counts as e-mail if it
 * is one.
 */
export function readBuyer(username: string | undefined, extra: readonly NameValue[]): BuyerPerson {
  const fields = personFields(extra);
  const userId = fields.get('userId') ?? username;
  const email = fields.get('email') ?? [username, userId].find((text) => text !== undefined && isEmail(text));
  const name = fullName(fields) ?? fields.get('name');
  const company = fields.get('company');
  return {
    ...(email === undefined ? {} : { email }),
    ...(name === undefined ? {} : { name }),
    ...(company === undefined ? {} : { company }),
    ...(userId === undefined || userId === '' ? {} : { userId }),
  };
}
