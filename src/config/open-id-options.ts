import { isLoopback } from '../domain/access/return-url.js';
import { isWebAddress } from './network-text.js';
import { type Check, group, text } from './option-check.js';
import { secretSeen, valueSeen } from './value-seen.js';

/** Sign-in of operators at a provider of OpenID Connect. */
export interface OpenIdOptions {
  /** The provider's issuer address, `https://login.example.com`. Plain http is allowed on loopback only. */
  issuer: string;
  /** Registered there with the redirect address `{publicUrl}/console/sign-in/callback`. */
  clientId: string;
  clientSecret: string;
  /** On the button: "Sign in with …". Default: the host of the issuer. */
  name?: string;
  /**
   * Names of the claims that hold a tenant's id and a role (`viewer`, `engineer`, `owner`; also as a list). With them
   * people sign in who were not added before. Both or none.
   */
  tenantClaim?: string;
  roleClaim?: string;
}

const LONGEST = 500;

const asGiven = `as the provider gave it, 1 to ${LONGEST} characters`;
const isGiven = (given: string): boolean => given !== '' && given.length <= LONGEST;
const claim = text('the name of a claim', (name) => name !== '');

const CHECKS: Readonly<Record<keyof OpenIdOptions, Check>> = {
  issuer: text(
    'must be the https address of the provider, without query, e.g. https://login.example.com',
    (issuer) => isWebAddress(issuer) && (issuer.startsWith('https:') || isLoopback(new URL(issuer).hostname)),
  ),
  clientId: text(asGiven, isGiven),
  clientSecret: text(asGiven, isGiven, secretSeen),
  name: text('1 to 60 characters', (name) => name.trim() !== '' && name.length <= 60),
  tenantClaim: claim,
  roleClaim: claim,
};
const all = group(CHECKS, '{ issuer, clientId, clientSecret }', ['issuer', 'clientId', 'clientSecret']);

/** What is wrong with the options. */
export const openIdFaults: Check = (options, path) => {
  const faults = all(options, path);
  const { tenantClaim, roleClaim } = Object(options) as Record<string, unknown>;
  if ((tenantClaim === undefined) !== (roleClaim === undefined))
    faults.push({
      option: `${path}.tenantClaim, ${path}.roleClaim`,
      cure: 'both or none',
      seen: [tenantClaim, roleClaim].map(valueSeen).join(', '),
    });
  return faults;
};
