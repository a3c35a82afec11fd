/** How a market behaves as a whole. */
export type MarketRegime = 'bull' | 'bear' | 'range' | 'volatile' | 'undetermined';
