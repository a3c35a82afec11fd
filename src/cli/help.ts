const EXIT_CODES = `
Exit codes:
  0  complete
  1  a defect of this program
  2  a wrong flag, value, symbol or setting
  3  finished, but some symbols failed
  4  no data source: a missing folder, or one without candles
  130  interrupted (watch: 0, for that is how it ends)`;

const UNITS = `
Units:
  Times are UTC. Scores, confidence and coverage are 0 to 1, bias is -1 (bearish) to +1 (bullish).
  Amounts of money are in the quote currency of the market. In JSON, times are epoch milliseconds
  and ratios fractions: 0.02 is two percent.`;

/** An example of a command and what it is for. */
export type Example = readonly [command: string, purpose: string];

/** What follows the flags in the help of a command: examples, units, exit codes. */
export function helpAfter(examples: readonly Example[]): string {
  const lines = examples.map(([command, purpose]) => `  $ ${command}\n      ${purpose}`);
  return ['\nExamples:', ...lines, UNITS, EXIT_CODES].join('\n');
}
