/** A violation. `late`: correct, but too late. */
export interface Finding {
  kind: 'lost' | 'duplicated' | 'wrong' | 'late';
  /** Transmission id, or another subject. */
  subject: string;
  text: string;
}
