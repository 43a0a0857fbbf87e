/** A refusal in words: what happened, what it means, what to do. */
export interface RefusalMeaning {
  code: string;
  /** The sentence of the code. */
  title: string;
  /** The exact reason of this one, as the message log has it. */
  reason?: string;
  meaning: string;
  remedy: string;
}
