/** Who tries a secret: the name it is tried for, and the address it comes from. Without an address nothing is limited. */
export interface Guess {
  /** Of any length. */
  name: string;
  address?: string | undefined;
}

/** Limits how often a wrong secret may be tried in a minute, by the pair of address and name and by address. Never by the name alone: strangers could shut out its owner. */
export interface GuessLimits {
  /** Seconds until a try may be made, or what must be called when it is over. */
  begin(guess: Guess): { waitSeconds: number } | { end: (succeeded: boolean) => void };
}
