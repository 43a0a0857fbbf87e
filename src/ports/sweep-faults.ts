/** Sweeps that fail now, of all processes of an installation: for operators and metrics. */
export interface SweepFaults {
  /** The earliest first. */
  list(): Promise<SweepFault[]>;
  /** `error`: for the engineer. */
  failed(sweep: string, error: string): Promise<void>;
  /** These sweeps have run without a fault. */
  mended(sweeps: readonly string[]): Promise<void>;
}

export interface SweepFault {
  sweep: string;
  since: Date;
  error: string;
}
