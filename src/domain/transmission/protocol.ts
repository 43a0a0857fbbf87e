/**
 * How a buyer's system calls up and gets its cart back. `repost` is the form of a middleware (custom store
 * integration).
 */
export const PROTOCOLS = ['cxml', 'oci', 'repost'] as const;
export type Protocol = (typeof PROTOCOLS)[number];
