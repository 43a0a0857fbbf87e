/**
 * What a change of operators or secrets asks for: nothing, the operator's password, or a new sign-in at the OpenID
 * provider, which alone knows the password of who signed in there.
 */
export type ProofAsked = 'none' | 'password' | 'provider';
