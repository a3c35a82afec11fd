/** How questions for candles were answered. */
export interface CacheCounts {
  /** From memory, without asking the source. */
  hits: number;
  /** By asking the source for all of them. */
  whole: number;
  /** By asking the source for the newest alone. */
  tails: number;
  /** Candles that came by themselves, over a stream. */
  streamed: number;
  /** By its stream, which said that nobody had traded. */
  quiet: number;
  /** By folding candles of the base timeframe. */
  folds: number;
  /** By asking the source although they were known without, to compare. */
  audits: number;
  /** Times the source told its past otherwise than before, or otherwise than its shorter candles; all was fetched anew. */
  corrections: number;
}
