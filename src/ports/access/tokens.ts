import type { StartTokenForm } from '../../domain/access/tenant.js';

/** Bearer tokens of OAuth clients. */
export interface AccessTokens {
  issue(grant: {
    tenantId: string;
    clientId: string;
    scope: string;
  }): Promise<{ token: string; expiresInSeconds: number }>;
  /** Undefined: not our token, modified, or expired. */
  verify(token: string): Promise<{ tenantId: string; clientId: string; scope: string } | undefined>;
}

/** Tokens that the shop gives its logged-in customers (Emporix's `saas-token`). */
export interface CustomerTokens {
  /** Undefined: not signed by a key of this tenant, for another tenant, or expired. */
  verify(tenantId: string, token: string): Promise<{ customerId: string; sessionId?: string } | undefined>;
}

/** What a buyer's system gets for its credentials and shows at its next calls (Open Buy). None is stored. */
export interface OpenBuyTokens {
  issue(grant: OpenBuyGrant): Promise<string>;
  /** Undefined: not our token, modified, or expired. */
  verify(token: string): Promise<OpenBuyGrant | undefined>;
}

export interface OpenBuyGrant {
  /** Digest of the API key that was shown. */
  keyDigest: string;
  /** Who searches; empty: the buyer's system did not say. */
  email: string;
}

/** Tokens of start links. None is stored: each is derived from the installation's secret and the transmission. */
export interface StartTokens {
  /** Digest of a transmission's token. It is stored, and compared at login. */
  digest(transmissionId: string, form: StartTokenForm): string;
  /**
   * The token itself. Always the same for the same transmission. A JWT contains `startExpiresAt`; the database checks
   * it.
   */
  token(
    transmission: { transmissionId: string; createdAt: Date; startExpiresAt: Date },
    form: StartTokenForm,
  ): Promise<string>;
  /**
   * Digest of a token that a browser sent for a transmission. For a JWT that is not ours, a digest that matches
   * nothing.
   */
  shown(transmissionId: string, token: string): Promise<string>;
}
