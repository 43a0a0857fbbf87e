/** Variants of the program without one of the limits for unauthenticated callers. A checker must notice each. */
export const BOUND_MUTANTS = [
  'no-body-budget',
  'no-stranger-limit',
  'no-cache-bound',
  'no-refusal-caps',
  'unfair-queue',
  'no-guess-limits',
  'no-socket-bounds',
  'one-feed-place',
] as const;

export type BoundMutant = (typeof BOUND_MUTANTS)[number];

/** One change of a compiled file. The text must occur exactly once. */
export interface Edit {
  /** End of the file's path. */
  file: string;
  find: string;
  replace: string;
}

export const EDITS: Record<BoundMutant, readonly Edit[]> = {
  'no-body-budget': [
    { file: 'src/http/body/body-budget.js', find: 'take(bytes) {', replace: 'take(bytes) { return true;' },
  ],
  'no-stranger-limit': [
    {
      file: 'src/http/body/read-body.js',
      find: 'SMALL_BODY = 256 * 1024',
      replace: 'SMALL_BODY = 256 * 1024 * 1024',
    },
  ],
  'no-cache-bound': [
    {
      file: 'src/adapters/directory-cache.js',
      find: 'createHash("sha256").update(name).digest("base64")',
      replace: 'name',
    },
    {
      file: 'src/domain/access/party-match.js',
      find: 'return domain.length <= MAX_NAME_LENGTH',
      replace: 'return true || domain.length <= MAX_NAME_LENGTH',
    },
  ],
  'no-refusal-caps': [
    {
      file: 'src/usecases/access/limit-attempts.js',
      find: 'const full = bounds.findIndex(',
      replace: 'const full = -1; bounds.findIndex(',
    },
  ],
  'unfair-queue': [
    {
      file: 'src/adapters/secrets/scrypt-secret-verifier.js',
      find: 'return async (owner, task) => {',
      replace: 'return async (_, task) => { const owner = { group: "", lane: "" };',
    },
  ],
  'no-guess-limits': [
    {
      file: 'src/adapters/rate-limits/rate-limits.js',
      find: 'async begin({ name, address, secret }) {',
      replace: 'async begin({ name, address, secret }) { return { end: () => void 0 };',
    },
  ],
  'no-socket-bounds': [
    {
      file: 'src/http/sockets/bounded-server.js',
      find: 'function makeRoom(newest) {',
      replace: 'function makeRoom(newest) { return;',
    },
  ],
  'one-feed-place': [
    {
      file: 'src/jobs/feed-imports.js',
      find: 'places(atOnce, Math.ceil(atOnce * SHARE_OF_TENANT))',
      replace: 'places(1, 1)',
    },
  ],
};

export function isBoundMutant(name: string | undefined): name is BoundMutant {
  return name !== undefined && name in EDITS;
}
