/** A refusal in words: what it means and what to do. */
export interface RefusalMeaning {
  code: string;
  title: string;
  /** The exact reason of this one, as the message log has it. */
  reason?: string;
  remedy?: string;
}
