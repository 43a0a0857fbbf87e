/** Who tries a secret: the name it is tried for, and the address it comes from. Without an address nothing is limited. */
export interface Guess {
  /** Of any length. */
  name: string;
  address?: string | undefined;
  /** What is tried. Of those that bring the same at the same time none is refused if it is right. */
  secret: string;
}

/** Seconds until a try may be made, or what must be called when it is over. */
export type BegunGuess = { waitSeconds: number } | { end: (succeeded: boolean) => void };

/** Limits how often a wrong secret may be tried in a minute, by the pair of address and name and by address. Never by the name alone: strangers could shut out its owner. */
export interface GuessLimits {
  begin(guess: Guess): Promise<BegunGuess>;
}
