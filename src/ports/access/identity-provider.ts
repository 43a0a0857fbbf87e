/** Proofs of one sign-in at the provider, made by us and shown to nobody else. */
export interface SignInProofs {
  /** Comes back with the browser. */
  state: string;
  /** Comes back in the ID token. */
  nonce: string;
  /** 43 to 128 characters; the provider has seen its digest only (PKCE). */
  codeVerifier: string;
}

/** What the provider says about a person. Signature, issuer, audience, times and nonce are checked. */
export interface ProviderIdentity {
  email: string | undefined;
  /** The provider says that the address is theirs. */
  emailVerified: boolean;
  name: string | undefined;
  /** When they last showed their password; undefined: the provider does not say. */
  authenticatedAt: Date | undefined;
  /** All claims, by their names. */
  claims: Readonly<Record<string, unknown>>;
}

/** Why there is no identity: the provider cannot be reached, or it refused, or what it sent does not hold. */
export interface ProviderFault {
  kind: 'unreachable' | 'refused';
  /** For the log. */
  reason: string;
}

export type ProviderAnswer<T> = { ok: true; value: T } | { ok: false; fault: ProviderFault };

/** A provider of OpenID Connect; authorization code flow. */
export interface IdentityProvider {
  /** How the sign-in page calls it. */
  name: string;
  /** Where the browser signs in. `fresh`: the provider must ask for the password. */
  signInAddress(proofs: SignInProofs, fresh: boolean): Promise<ProviderAnswer<string>>;
  /** `query`: of the address to which the provider sent the browser back. */
  identify(query: string, proofs: SignInProofs, fresh: boolean): Promise<ProviderAnswer<ProviderIdentity>>;
}
