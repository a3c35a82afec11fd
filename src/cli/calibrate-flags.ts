/** What `ems calibrate` can be told. */
export interface CalibrateFlags {
  readonly source: readonly string[];
  readonly out: string;
  readonly without?: readonly string[];
  readonly decisions: number;
  readonly json?: true;
}
