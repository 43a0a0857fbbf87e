/** Bearer tokens of OAuth clients. */
export interface AccessTokens {
  issue(grant: {
    tenantId: string;
    clientId: string;
    scope: string;
  }): Promise<{ token: string; expiresInSeconds: number }>;
  /** Undefined: not ours, altered, or expired. */
  verify(token: string): Promise<{ tenantId: string; clientId: string; scope: string } | undefined>;
}

/** Tokens that the shop gives its logged-in customers (source 001's `saas-token`). */
export interface CustomerTokens {
  /** Undefined: not by a key of this tenant, for another tenant, or expired. */
  verify(tenantId: string, token: string): Promise<{ customerId: string; sessionId?: string } | undefined>;
}
