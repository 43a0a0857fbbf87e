/** Who has how many places of a process now. Where work is taken, that of whoever has the fewest comes first. */
export interface FairShares {
  /** Owners without a place are left out. The port says what an owner is. */
  taken: Readonly<Record<string, number>>;
  /** Places that one owner may have. */
  most: number;
}
