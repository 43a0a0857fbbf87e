/** Who signs in at the console of a measured server. */
export const OPERATOR = { email: 'owner@bench.test', password: 'a-password-for-measuring' };
