import { type PlaceClaims, claimedPlace } from '../../domain/access/provider-claims.js';
import type { Operator } from '../../domain/access/operator.js';
import { digestOf, newSecret, sameDigest } from '../../domain/digest.js';
import type { TenantRepository } from '../../ports/access/connection-repository.js';
import type {
  IdentityProvider,
  ProviderAnswer,
  ProviderIdentity,
  SignInProofs,
} from '../../ports/access/identity-provider.js';
import type { Operators, PendingSignIn, PendingSignIns, SignInOrigin } from '../../ports/access/operators.js';
import type { Logger } from '../../ports/logger.js';
import type { OperatorChanges } from './manage-operators.js';
import type { OperatorAccess } from './sign-in-operator.js';

interface Deps {
  provider: IdentityProvider;
  pending: PendingSignIns;
  operators: Pick<Operators, 'findByEmail'>;
  tenants: Pick<TenantRepository, 'find'>;
  changes: Pick<OperatorChanges, 'addFromProvider' | 'setRoleFromProvider'>;
  access: Pick<OperatorAccess, 'signInProven' | 'signOutDigest'>;
  /** Absent: only known operators sign in. */
  place: PlaceClaims | undefined;
  log: Logger;
}

/**
 * `expired`: this browser did not begin it, it was used, or it took too long. `unknown`: no operator has this e-mail,
 * the provider has not verified it, or the operator is disabled.
 */
export const PROVIDER_FAILURES = ['expired', 'refused', 'unknown', 'unreachable'] as const;
export type ProviderFailure = (typeof PROVIDER_FAILURES)[number];

export interface ProviderSignIn {
  /** How the sign-in page calls the provider. */
  name: string;
  /** `secret` goes into a cookie of this browser, `address` is where it signs in. `earlier`: the secret it had. */
  begin(wish: {
    next: string;
    fresh: boolean;
    earlier: string | undefined;
  }): Promise<ProviderAnswer<{ secret: string; address: string }>>;
  /** The browser is back with `query`. Works once. `secret`: of its new sign-in. */
  finish(
    browserSecret: string,
    query: string,
    from: SignInOrigin,
  ): Promise<{ ok: true; secret: string; next: string } | { ok: false; failure: ProviderFailure; next?: string }>;
}

/** Clocks of two servers may differ by this much. */
const CLOCKS_MS = 30_000;

export function providerSignIn(deps: Deps): ProviderSignIn {
  const { provider, pending, operators, tenants, changes, access, place, log } = deps;

  /** The e-mail must be that of a known operator, or the claims must name tenant and role. */
  async function operatorOf({ email, emailVerified, name, claims }: ProviderIdentity): Promise<Operator | string> {
    if (email === undefined) return 'the provider names no e-mail';
    if (!emailVerified) return 'the provider has not verified the e-mail';
    const known = (await operators.findByEmail(email))?.operator;
    if (known !== undefined && known.fromProvider !== true) return known;
    const claimed = place === undefined ? undefined : claimedPlace(claims, place);
    if (claimed === undefined) return 'no operator has this e-mail, and the claims name no tenant and role';
    if ((await tenants.find(claimed.tenantId)) === undefined) return 'the claims name a tenant that does not exist';
    if (known !== undefined && known.tenantId !== claimed.tenantId) return 'the operator belongs to another tenant';
    const placed =
      known === undefined
        ? await changes.addFromProvider({ ...claimed, email, name: (name ?? email).slice(0, 100) })
        : await changes.setRoleFromProvider(known, claimed.role);
    return placed.ok ? placed.value : (placed.refusal.reason ?? placed.refusal.code);
  }

  function fail(
    failure: ProviderFailure,
    reason: string,
    next?: string,
  ): Awaited<ReturnType<ProviderSignIn['finish']>> {
    log.warn({ reason, failure }, 'a sign-in at the OpenID provider failed');
    return next === undefined ? { ok: false, failure } : { ok: false, failure, next };
  }

  return {
    name: provider.name,
    async begin({ next, fresh, earlier }) {
      const secret = newSecret();
      const address = await provider.signInAddress(proofsOf(secret), fresh);
      if (!address.ok) {
        log.warn({ reason: address.fault.reason }, 'the OpenID provider could not be asked');
        return address;
      }
      const wish: PendingSignIn = {
        next,
        fresh,
        earlierDigest: earlier === undefined ? undefined : digestOf(earlier),
      };
      await pending.keep(digestOf(secret), wish);
      return { ok: true, value: { secret, address: address.value } };
    },
    async finish(browserSecret, query, from) {
      const proofs = proofsOf(browserSecret);
      // Checked first: a foreign page that sends the browser here with another state must not use up the sign-in.
      if (!sameDigest(new URLSearchParams(query).get('state') ?? '', proofs.state))
        return fail('expired', 'the state is not that of this browser');
      const begun = await pending.take(digestOf(browserSecret));
      if (begun === undefined) return fail('expired', 'it was used before, or took too long');
      const { next, fresh, earlierDigest, createdAt } = begun;
      const identified = await provider.identify(query, proofs, fresh);
      if (!identified.ok) return fail(identified.fault.kind, identified.fault.reason, next);
      const { authenticatedAt: provenAt } = identified.value;
      if (fresh && (provenAt === undefined || provenAt.getTime() < createdAt.getTime() - CLOCKS_MS))
        return fail('refused', 'the provider did not ask for the password again', next);
      const operator = await operatorOf(identified.value);
      if (typeof operator === 'string') return fail('unknown', operator, next);
      const secret = await access.signInProven(operator, from, { provenAt });
      if (secret === undefined) return fail('unknown', 'the operator is disabled', next);
      if (earlierDigest !== undefined) await access.signOutDigest(earlierDigest);
      return { ok: true, secret, next };
    },
  };
}

/** All derived from the one secret in the browser's cookie, so that the database keeps none of them. */
function proofsOf(secret: string): SignInProofs {
  const derived = (what: string): string => digestOf(`${what}\n${secret}`);
  return { state: derived('state'), nonce: derived('nonce'), codeVerifier: derived('code verifier') };
}
