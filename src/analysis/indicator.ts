/**
 * A calculation advanced one closed candle at a time.
 *
 * @typeParam Input - What one step reads: a number of a column, or a candle.
 * @typeParam Output - What one step gives: a number, or the indicator itself as a record of its lines, which holds until the
 * next step (so that a step allocates nothing).
 */
export interface Indicator<Input = number, Output = number> {
  /** How many leading outputs are `NaN`. */
  readonly lookback: number;
  next(input: Input): Output;
}

/** A record of lines, each as a column: what the batch form of an indicator of several lines gives. */
export type Columns<Lines> = { readonly [Line in keyof Lines]: Float64Array };
