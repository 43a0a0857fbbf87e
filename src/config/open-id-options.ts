import { isLoopback } from '../domain/access/return-url.js';

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

/** Sentences about wrong options. `nameOf` gives the name under which they were given. */
export function openIdFaults(
  { issuer, clientId, clientSecret, name, tenantClaim, roleClaim }: OpenIdOptions,
  nameOf: (option: keyof OpenIdOptions) => string,
): string[] {
  const faults: string[] = [];
  const url = URL.canParse(issuer) ? new URL(issuer) : undefined;
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname));
  if (url === undefined || !isSafe || url.search !== '' || url.hash !== '' || url.username !== '')
    faults.push(
      `${nameOf('issuer')}: must be the https address of the provider, without query, e.g. https://login.example.com`,
    );
  for (const [option, text] of [
    ['clientId', clientId],
    ['clientSecret', clientSecret],
  ] as const)
    if (text === '' || text.length > LONGEST)
      faults.push(`${nameOf(option)}: as the provider gave it, 1 to ${LONGEST} characters`);
  if (name !== undefined && (name.trim() === '' || name.length > 60))
    faults.push(`${nameOf('name')}: 1 to 60 characters`);
  if ((tenantClaim === undefined) !== (roleClaim === undefined) || tenantClaim === '' || roleClaim === '')
    faults.push(`${nameOf('tenantClaim')}, ${nameOf('roleClaim')}: both or none`);
  return faults;
}
