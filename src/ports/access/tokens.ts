import type { StartTokenForm } from '../../domain/access/tenant.js';

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

/** Tokens that the shop gives its logged-in customers (Emporix's `saas-token`). */
export interface CustomerTokens {
  /** Undefined: not by a key of this tenant, for another tenant, or expired. */
  verify(tenantId: string, token: string): Promise<{ customerId: string; sessionId?: string } | undefined>;
}

/** Tokens of start links. None is stored: each is derived from the installation's secret and the transmission. */
export interface StartTokens {
  /** What is stored of a transmission's token, and compared at login. */
  digest(transmissionId: string, form: StartTokenForm): string;
  /** The token itself; the same for the same transmission at any time. `startExpiresAt` stands in a JWT and is judged by the database. */
  token(
    transmission: { transmissionId: string; createdAt: Date; startExpiresAt: Date },
    form: StartTokenForm,
  ): Promise<string>;
  /** Digest of a token that somebody shows for a transmission; one that fits nothing for a JWT that is not ours. */
  shown(transmissionId: string, token: string): Promise<string>;
}
