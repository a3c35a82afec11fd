/** Where a model's numbers come from. */
export interface Provenance {
  /** The command that fitted it. */
  readonly command: string;
  /** One line per data set: name, symbols, span (epoch milliseconds) and decisions used. */
  readonly data: readonly {
    readonly name: string;
    readonly symbols: number;
    readonly from: number;
    readonly to: number;
    readonly decisions: number;
  }[];
}

/** Everything fitted for one horizon. */
export interface HorizonModel {
  readonly horizonMs: number;
  /** Ridge regression of the log variance relative to the past week's, on `VOLATILITY_FEATURES`. */
  readonly intercept: number;
  readonly weights: readonly number[];
  /** What a mean of logarithms must be multiplied by to be a mean of variances. */
  readonly smearing: number;
  /** Mean range `ln(high / low)` over forecast standard deviation. */
  readonly rangeFactor: number;
  /** How first-passage chances read the forecast, see `calibratedBarriers`. */
  readonly barrier: SigmaCalibration;
  /** How chances of a touch read it, see `calibratedTouch`. */
  readonly touch: SigmaCalibration;
  /** Barrier forecasts against outcomes on data that the fit did not see. */
  readonly reliability: ReliabilityColumns;
  /** How many events carry the information of one independent event; overlapping horizons repeat each other. */
  readonly designEffect: number;
}

/** A reliability table as columns, lowest forecasts first. */
export interface ReliabilityColumns {
  readonly count: readonly number[];
  readonly hits: readonly number[];
  readonly meanChance: readonly number[];
}

/** How a formula for a price that wanders evenly is bent to real prices: by what it reads, not by what it says. */
export interface SigmaCalibration {
  /** Factor on the forecast standard deviation: real paths revert within the horizon and reach less far. */
  readonly sigmaScale: number;
  /** Standard deviation of the forecast's own error, about that of its logarithm; 0 to 0.5. */
  readonly sigmaSpread: number;
}

/** How far outcomes followed an opinion that was fitted on other data: their slope on the moves of the chance it made, 1 where it was right. */
export interface TiltFinding {
  readonly slope: number;
  /** Standard error over days. */
  readonly error: number;
}

/** A fitted opinion on direction. */
export interface TiltModel {
  /** Of `DIRECTION_FEATURES`, in log odds, scaled down to what data sets that the fit did not see bear out together. */
  readonly weights: readonly number[];
  /**
   * How much of the opinion unseen data bear out at 95 %, 0 to 1: the least over the data sets, each judged by weights fitted on
   * the others. What a position is worth trading for counts no more of the opinion than this.
   */
  readonly provenShare: number;
  /** What each data set said of weights fitted on the others, in the order of the provenance; absent where some set said nothing. */
  readonly findings?: readonly TiltFinding[] | undefined;
}

/** Fitted numbers as data, with where they come from. */
export interface ModelCard {
  readonly id: string;
  readonly provenance: Provenance;
  /** Shortest horizon first. */
  readonly horizons: readonly HorizonModel[];
  readonly tilt: TiltModel;
}
