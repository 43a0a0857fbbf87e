/** Call-ups that make an account; whether it was made is for the shop to know, its answer may be lost (ports/store/store-customers.ts). */
export const HAS_CLONE = `t.protocol = 'repost'`;

/** Tenant, kind and input of the job that removes the account of an ended `transmission t`. */
export const CLONE_REMOVAL = `t.tenant_id, 'remove-clone', jsonb_build_object('transmissionId', t.transmission_id, 'clone', t.clone)`;
