/** One check; `cure` tells how to fix a failure. */
export interface Finding {
  subject: string;
  fault?: string | undefined;
  cure?: string | undefined;
}
