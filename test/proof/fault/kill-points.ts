/** Every named point at which a process is killed (README.md of the proof), in the order of a request or job. */
export const KILL_POINTS = [
  'login:after-claim',
  'login:before-session-save',
  'login:before-response',
  'transfer:before-read',
  'transfer:after-read',
  'transfer:before-commit',
  'transfer:commit-unanswered',
  'transfer:after-commit',
  'transfer:before-session-destroy',
  'transfer:before-response',
  'transfer:half-response',
  'job:before-delete',
  'job:after-delete',
] as const;

export type KillPoint = (typeof KILL_POINTS)[number];

/** Faulty variants of the program. A checker must notice each. */
export const MUTANTS = ['read-then-write', 'delete-cart-first', 'session-only', 'acknowledge-early'] as const;

export type Mutant = (typeof MUTANTS)[number];

/** Environment variables of a process under fault. */
export const FAULT_VARIABLES = {
  /** A KillPoint. */
  dieAt: 'PROOF_DIE_AT',
  /** Number of the passing, counted from 1. */
  dieOn: 'PROOF_DIE_ON',
  /** `off`: its worker takes no jobs. */
  jobs: 'PROOF_JOBS',
  /** `<statement>:<milliseconds>`: delays that statement on its way to the database. */
  slow: 'PROOF_SLOW',
  /** A Mutant. */
  mutant: 'PROOF_MUTANT',
} as const;
