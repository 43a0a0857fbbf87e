import type { Operator } from '../../domain/access/operator.js';
import type { OperatorRole } from '../../domain/access/operator-roles.js';

/** Operators of the console and their sign-ins. */
export interface Operators {
  /** With the slow hashes of the password: one, or none where no password is set. Also a disabled operator. */
  findByEmail(email: string): Promise<{ operator: Operator; passwordHashes: string[] } | undefined>;
  find(tenantId: string, operatorId: string): Promise<Operator | undefined>;
  list(tenantId: string): Promise<Operator[]>;
  /** False: the e-mail is taken. */
  add(operator: Omit<Operator, 'createdAt' | 'disabledAt'>, password?: string): Promise<boolean>;
  /** Ends the operator's sign-ins as well. False: there is no such operator. */
  setRole(tenantId: string, operatorId: string, role: OperatorRole): Promise<boolean>;
  /** Disabling ends the operator's sign-ins. False: there is no such operator. */
  setDisabled(tenantId: string, operatorId: string, disabled: boolean): Promise<boolean>;
  /** Ends the operator's sign-ins. False: there is no such operator. */
  setPassword(tenantId: string, operatorId: string, password: string): Promise<boolean>;
}

/**
 * The sign-ins of operators, each found by the digest of a secret that only the browser has. They live in the database,
 * so that they can be listed and ended, and end with the operator.
 */
export interface SignIns {
  /** `digest` of a new secret. `proof` absent: a password, proven now. */
  open(
    digest: string,
    operator: Pick<Operator, 'tenantId' | 'operatorId'>,
    from: SignInOrigin,
    proof?: ProviderProof,
  ): Promise<void>;
  /** Counts as a use. Undefined: unknown, ended, unused for too long, too old, or the operator is disabled. */
  use(digest: string): Promise<UsedSignIn | undefined>;
  /** Like `use`, without counting as one. */
  look(digest: string): Promise<UsedSignIn | undefined>;
  /** The password was proven again. */
  prove(digest: string): Promise<void>;
  list(tenantId: string, operatorId: string): Promise<SignIn[]>;
  close(digest: string): Promise<void>;
  /** Closes one of the operator's own sign-ins. False: there is no such one. */
  closeOwn(tenantId: string, operatorId: string, signInId: string): Promise<boolean>;
  /** Deletes up to `limit` that are over. Returns how many. */
  deleteOld(limit: number): Promise<number>;
}

/** The OpenID provider has proven who it is; `provenAt`: when they last showed their password there, if it says so. */
export interface ProviderProof {
  provenAt: Date | undefined;
}

export interface SignInOrigin {
  address: string;
  /** `User-Agent`, cut. */
  browser: string;
}

export interface SignIn extends SignInOrigin {
  signInId: string;
  createdAt: Date;
  usedAt: Date;
}

export interface UsedSignIn extends SignIn {
  operator: Operator;
  /** At the OpenID provider. */
  byProvider: boolean;
  /** Seconds since the password was last proven, by the database's clock. */
  provenSecondsAgo: number;
}

/** A sign-in whose browser is at the OpenID provider. */
export interface PendingSignIn {
  /** Where the operator wanted to go: a path of the console. */
  next: string;
  /** The provider must ask for the password, even if it knows the browser. */
  fresh: boolean;
  /** Digest of the sign-in that this one replaces. */
  earlierDigest: string | undefined;
}

/** Each is found by the digest of a secret that only the browser has, and is used once. */
export interface PendingSignIns {
  keep(browserDigest: string, pending: PendingSignIn): Promise<void>;
  /** Removes it. Undefined: unknown, used, or too old. */
  take(browserDigest: string): Promise<(PendingSignIn & { createdAt: Date }) | undefined>;
  /** Deletes up to `limit` that are too old. Returns how many. */
  deleteOld(limit: number): Promise<number>;
}
