/** Something that must not be. `late`: right, but after its time. */
export interface Finding {
  kind: 'lost' | 'duplicated' | 'wrong' | 'late';
  /** Transmission id, or what else it is about. */
  subject: string;
  text: string;
}
