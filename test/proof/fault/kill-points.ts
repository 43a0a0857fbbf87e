/**
 * Every named point at which a process is killed (README.md of the proof), in the order in which a request or job
 * passes them.
 */
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

/** Known-bad variants, each of which a checker must notice. */
export const MUTANTS = ['read-then-write', 'delete-cart-first', 'session-only', 'acknowledge-early'] as const;

export type Mutant = (typeof MUTANTS)[number];

/** What a process under fault reads from its environment. */
export const FAULT_VARIABLES = {
  /** A KillPoint. */
  dieAt: 'PROOF_DIE_AT',
  /** On which passing of it, counted from 1. */
  dieOn: 'PROOF_DIE_ON',
  /** `off`: its worker takes no jobs. */
  jobs: 'PROOF_JOBS',
  /** `<statement>:<milliseconds>`: that statement reaches the database so much later. */
  slow: 'PROOF_SLOW',
  /** A Mutant. */
  mutant: 'PROOF_MUTANT',
} as const;
