import type { ConnectionChangeLine } from '../connection/connection-view.js';
import type { Replay, TriedCart } from '../../../domain/replay/replay.js';
import type { MappingDraft, RuleRow, RulesOf } from '../../../domain/mapping/mapping-draft.js';

export interface MappingView {
  connectionId: string;
  name: string;
  /** Version that the edits were made for. */
  version: number;
  rules: RulesOf;
  draft: MappingDraft;
  /** Rules of the platform's profile that the draft does not replace. */
  presets: { platform: string; rows: readonly RuleRow[] };
  /** Faults of a row, or of the mapping as a whole. English where they are the schema's. */
  faults: readonly MappingFault[];
  /** The row that stays open: it was added or moved just now. */
  openRow?: number | undefined;
  targets: readonly string[];
  sources: readonly string[];
  carts: readonly { id: string; sentAt: Date; total: string }[];
  /** The session whose cart is shown; empty: the sample. */
  cart: string;
  /** Absent where the edits cannot be tried: they have faults, or `untried` says why. */
  tried?: TriedCart | undefined;
  untried?: string | undefined;
  replay?: Replay | undefined;
  /** Proves on saving that the replay of exactly these edits was shown. */
  seen?: string | undefined;
  isEdited: boolean;
  outcome?: MappingOutcome | undefined;
}

export interface MappingFault {
  row?: number | undefined;
  /** The field of the row; absent for the row as a whole. */
  field?: keyof RuleRow | undefined;
  text: string;
}

export type MappingOutcome =
  | { kind: 'done' }
  | { kind: 'unseen' }
  /** Somebody else saved first. */
  | { kind: 'lost'; changes: readonly ConnectionChangeLine[] }
  | { kind: 'refused'; reason: string };
