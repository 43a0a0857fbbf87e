import { type Operator, PROOF_MINUTES, type ProofAsked } from '../../domain/access/operator.js';
import { digestOf, newSecret } from '../../domain/digest.js';
import { type Outcome, accept, refuse } from '../../domain/error-codes.js';
import type { AuditLog } from '../../ports/audit-log.js';
import type { GuessLimits, SecretVerifier } from '../../ports/access/guess-limits.js';
import type { Operators, ProviderProof, SignInOrigin, SignIns, UsedSignIn } from '../../ports/access/operators.js';
import { limited } from './prove-caller.js';

interface Deps {
  operators: Pick<Operators, 'findByEmail' | 'find'>;
  signIns: SignIns;
  secrets: SecretVerifier;
  guesses: GuessLimits;
  audit: AuditLog;
  demoEnabled: boolean;
}

export interface PasswordTry {
  email: string;
  password: string;
  /** Wrong passwords of this address are counted; undefined: they are not. */
  guessAddress: string | undefined;
}

export interface OperatorAccess {
  /**
   * The secret of a new sign-in, for the cookie. An unknown e-mail, a disabled operator and a wrong password are
   * refused in the same words after the same work.
   */
  signIn(attempt: PasswordTry, from: SignInOrigin): Promise<Outcome<string>>;
  /** The same without a password, for the demo's link. Undefined: there is no such operator. */
  signInDemo(tenantId: string, operatorId: string, from: SignInOrigin): Promise<string | undefined>;
  /** The same for an operator whom the OpenID provider has proven. Undefined: they may not sign in. */
  signInProven(operator: Operator, from: SignInOrigin, proof: ProviderProof): Promise<string | undefined>;
  /** Who is signed in with this secret. Counts as a use. */
  find(secret: string): Promise<UsedSignIn | undefined>;
  /** Like `find`, without counting as a use: what a page does by itself does not keep a sign-in alive. */
  look(secret: string): Promise<UsedSignIn | undefined>;
  /** Checks the password once more, for changes of operators and secrets. */
  proveAgain(secret: string, attempt: PasswordTry): Promise<Outcome<void>>;
  signOut(secret: string): Promise<void>;
  /** The same by the secret's digest. */
  signOutDigest(digest: string): Promise<void>;
}

const MOST_CHARACTERS = 200;

export function operatorAccess({ operators, signIns, secrets, guesses, audit, demoEnabled }: Deps): OperatorAccess {
  async function check({ email, password, guessAddress }: PasswordTry): Promise<Outcome<Operator>> {
    const name = `operator ${email.slice(0, MOST_CHARACTERS).trim().toLowerCase()}`;
    const tried = password.slice(0, MOST_CHARACTERS + 1);
    const proven = await limited(guesses, [{ name, address: guessAddress, secret: tried }], async () => {
      const found = email.length > MOST_CHARACTERS ? undefined : await operators.findByEmail(email.trim());
      const may = found !== undefined && isUsable(found.operator);
      const hashes = may ? found.passwordHashes : [];
      // Runs for unknown names too: the work is the same.
      const fits = await secrets.verify(tried, hashes, { name, address: guessAddress });
      return fits && may ? found.operator : undefined;
    });
    if (!proven.ok) return proven;
    return proven.value === undefined
      ? refuse('INVALID_CREDENTIALS', undefined, { protocol: 'password' })
      : accept(proven.value);
  }

  function isUsable(operator: Operator): boolean {
    return operator.disabledAt === undefined && (demoEnabled || !operator.demo);
  }

  function usable(used: UsedSignIn | undefined): UsedSignIn | undefined {
    return used !== undefined && isUsable(used.operator) ? used : undefined;
  }

  async function open(
    operator: Operator,
    from: SignInOrigin,
    by: 'password' | 'demo link' | 'openid connect',
    proof?: ProviderProof,
  ): Promise<string> {
    const secret = newSecret();
    await signIns.open(digestOf(secret), operator, from, proof);
    await audit.note({
      tenantId: operator.tenantId,
      event: 'operator_signed_in',
      actor: `operator:${operator.email}`,
      details: { operator: operator.operatorId, by },
    });
    return secret;
  }

  return {
    async signIn(attempt, from) {
      const checked = await check(attempt);
      return checked.ok ? accept(await open(checked.value, from, 'password')) : checked;
    },
    async signInDemo(tenantId, operatorId, from) {
      const operator = await operators.find(tenantId, operatorId);
      return operator !== undefined && demoEnabled && operator.demo && isUsable(operator)
        ? open(operator, from, 'demo link')
        : undefined;
    },
    async signInProven(operator, from, proof) {
      return isUsable(operator) && !operator.demo ? open(operator, from, 'openid connect', proof) : undefined;
    },
    find: async (secret) => usable(await signIns.use(digestOf(secret))),
    look: async (secret) => usable(await signIns.look(digestOf(secret))),
    async proveAgain(secret, attempt) {
      const checked = await check(attempt);
      if (!checked.ok) return checked;
      await signIns.prove(digestOf(secret));
      return accept(undefined);
    },
    async signOut(secret) {
      await signIns.close(digestOf(secret));
    },
    signOutDigest: (digest) => signIns.close(digest),
  };
}

/** Changes of operators and secrets are allowed. A demo operator has no password to ask for. */
function isFreshlyProven({ provenSecondsAgo, operator }: UsedSignIn): boolean {
  return operator.demo || provenSecondsAgo < PROOF_MINUTES * 60;
}

export function proofAsked(used: UsedSignIn): ProofAsked {
  if (isFreshlyProven(used)) return 'none';
  return used.byProvider ? 'provider' : 'password';
}

/** Proves that a form belongs to this sign-in. Only our server and the browser know the secret. */
export function formTokenOf(secret: string): string {
  return digestOf(`form token\n${secret}`).slice(0, 43);
}
