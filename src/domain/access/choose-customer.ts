import type { NameValue, SetupRequest } from '../transmission/setup-request.js';
import type { StoreAccount } from './connection.js';
import { agrees } from './party-match.js';
import type { ChosenCustomer, CustomerRule } from './store-customer.js';

/** The parts of a call-up that can choose a customer. */
export type CallUpFacts = Pick<SetupRequest, 'extrinsics' | 'shipTo' | 'parties' | 'oci'>;

/** Longest address id that a table of addresses holds (characters). */
export const MOST_ADDRESS_ID = 255;

/** The address id by which the connection chooses the customer. Undefined: it does not, or the call-up names none. */
export function addressIdOf({ shipTo = 'ignore' }: StoreAccount, facts: CallUpFacts): string | undefined {
  const id = shipTo === 'ignore' ? '' : (facts.shipTo?.addressId?.trim() ?? '');
  return id === '' ? undefined : id;
}

/**
 * The customer that the connection's own settings give: the first rule that fits, else the usual customer. Undefined:
 * the store's own choice. The table of addresses, if one is in use, stands between the two.
 */
export function ruledCustomer(
  { customer, customerRules = [] }: StoreAccount,
  facts: CallUpFacts,
): ChosenCustomer | undefined {
  const rule = customerRules.find((one) => fits(one, facts));
  if (rule !== undefined) return { customer: rule.customer, by: 'rule' };
  return customer === undefined ? undefined : { customer, by: 'connection' };
}

function fits({ extrinsic, credential }: CustomerRule, { extrinsics, parties, oci }: CallUpFacts): boolean {
  if (extrinsic !== undefined) return [...extrinsics, ...(oci?.extra ?? [])].some((given) => isSame(given, extrinsic));
  if (credential === undefined) return false;
  const { domain, identity } = credential;
  if (oci !== undefined) return domain === undefined && sameText(oci.username ?? '', identity);
  return (parties?.from ?? []).some((name) => agrees([{ domain: domain ?? name.domain, identity }], [name]));
}

/** Names are compared without letter case, blanks, `-`, `_` and `.`: buyers spell them differently (cxml.md 5.5). */
function isSame(given: NameValue, wanted: NameValue): boolean {
  const plain = (name: string): string => name.toLowerCase().replaceAll(/[\s._-]/g, '');
  return plain(given.name) === plain(wanted.name) && given.value.trim() === wanted.value.trim();
}

function sameText(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}
