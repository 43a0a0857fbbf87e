import type { Protocol } from '../../../domain/transmission/protocol.js';
import type { RefusalMeaning } from '../../ui/refusal-notice.js';
import type { FieldFaults } from '../connection-form/field-fault.js';

export interface ConnectionView {
  connectionId: string;
  name: string;
  protocol: Protocol;
  /** Of the profile; absent: the generic rules. */
  platform?: string;
  demo: boolean;
  disabledAt?: Date;
  createdAt: Date;
  /** Each form carries it, so that a lost race is seen. */
  version: number;
  /** A viewer gets no forms and no list of changes. */
  mayChange: boolean;
  credentials: readonly { id: string; text: string; addedAt: Date }[];
  secrets: readonly { id: string; madeAt: Date; isSealed: boolean }[];
  returnOrigins: readonly string[];
  /** The shop's customer for its buyers, by number or e-mail; absent: the shop's setting for all. */
  customer?: string;
  lastCart?: { sessionId: string; at: Date };
  refusals: readonly { at: Date; meaning: RefusalMeaning; reference?: string }[];
  changes: readonly ConnectionChangeLine[];
  outcome?: ConnectionOutcome;
  /** Made by this very request; in no other page. */
  madeSecret?: string;
  /** What was entered into the form that was refused. */
  entered: Readonly<Record<string, string>>;
  faults: FieldFaults;
}

/** One change as the audit has it. */
export interface ConnectionChangeLine {
  at: Date;
  /** `operator:...`, `key:...`, `command line`. */
  by: string;
  event: string;
  /** Settings with their values before and after, as JSON. */
  settings: readonly { path: string; before: string; after: string }[];
  /** Other facts: a name, the id of a secret, the new state. */
  facts: readonly string[];
}

export type ConnectionOutcome =
  | { kind: 'done' | 'wrong_proof' | 'faulty' | 'gone' }
  | { kind: 'refused'; reason: string }
  /** Somebody was faster. */
  | { kind: 'lost'; changes: readonly ConnectionChangeLine[] };
