import type { QualityCode } from './signal.js';

/** A symbol that was looked at and not returned. */
export interface Rejection {
  readonly symbol: string;
  /** The rule that binds, in the order of the funnel. */
  readonly rule: string;
  readonly value: number | undefined;
  readonly threshold: number | undefined;
  /** The smallest change to one value that would admit it, and to what: the next stage or the signals. */
  readonly nearestMiss: string;
  /** The setting whose value alone would admit it, where one would. */
  readonly remedy: Remedy | undefined;
  readonly quality: readonly QualityCode[];
}

/** A change to one setting. */
export interface Remedy {
  readonly setting: string;
  readonly to: number;
}
