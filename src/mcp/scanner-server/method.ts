/** What an assistant should know before it speaks of scores. */
export const METHOD = `# How scores are made

- Only closed candles count, closed by the clock of the source. The same data at the same moment gives the same answer.
- Factors such as trend, momentum, volume and order book each read a market and give a bias from -1 (bearish) to +1 (bullish) with a
  confidence. Their weighted mean is the bias; its size is the base score. Penalties and caps are entries of their own, and the
  entries add up to the score exactly: \`explain_score\` lists them.
- \`coverage\` is the share of the evidence asked for that was there. Missing data lowers it; it is never filled with a neutral number.
- An AI scorer moves a score within a bound that the settings name, and its part is an entry like any other. It makes no signal, turns
  none around, moves no level and enlarges no size.
- A score ranks; it is no probability. A win rate says nothing without the rate that a market without direction would give for the
  same levels, and without costs.
- Entry, stop and target come from volatility and structure, after spread, fees and slippage. \`rejected_by\` names the rule that keeps a
  market from being a signal.
- A back-test trades the past with the very same code, decisions on closed candles, fills at the next open. Its interval matters more
  than its value; the more settings were tried, the less one good result says.

Arithmetic on the past, not advice. No tool can place an order.
`;
