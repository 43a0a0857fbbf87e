import type { OperatorRole } from './operator-roles.js';

/** A person who works with a tenant's console. */
export interface Operator {
  tenantId: string;
  operatorId: string;
  /** Unique among all tenants, without regard to letter case: the sign-in page asks for no tenant. */
  email: string;
  name: string;
  role: OperatorRole;
  /** Made by the demo: may sign in only while the demo is switched on. */
  demo: boolean;
  /** Made by a sign-in at the OpenID provider, whose claims decide tenant and role. Never has a password. */
  fromProvider?: boolean;
  createdAt: Date;
  /** May not sign in since then. */
  disabledAt?: Date;
}

/** How long a sign-in lasts without use, and at most. */
export const IDLE_MINUTES = 30;
export const SIGN_IN_HOURS = 8;
/**
 * After this time, changes of operators and secrets ask for the password again, or for a new sign-in at the provider.
 */
export const PROOF_MINUTES = 10;
/** How long a sign-in at the provider may take. */
export const PENDING_MINUTES = 10;

export const PASSWORD_MIN = 12;
/** A slow hash reads all of it. */
const PASSWORD_MAX = 200;

/** What is wrong with a chosen password; undefined: nothing. */
export function passwordFault(password: string): string | undefined {
  if (password.length < PASSWORD_MIN) return `A password has ${PASSWORD_MIN} characters or more.`;
  return password.length > PASSWORD_MAX ? `A password has ${PASSWORD_MAX} characters at most.` : undefined;
}

/** Something, an at sign, a domain; nothing that breaks a line or a header. */
export function isEmail(text: string): boolean {
  return text.length <= 200 && /^[^\s@<>"'(),;:\\]+@[^\s@<>"'(),;:\\]+$/.test(text);
}

/**
 * What a change of operators or secrets asks for: nothing, the operator's password, or a new sign-in at the OpenID
 * provider, which alone knows the password of who signed in there.
 */
export type ProofAsked = 'none' | 'password' | 'provider';
