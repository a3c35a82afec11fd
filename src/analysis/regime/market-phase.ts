/** One of Wyckoff's four phases, or `undetermined` where the evidence does not decide. */
export type MarketPhase = 'accumulation' | 'markup' | 'distribution' | 'markdown' | 'undetermined';

/** A market phase and what speaks for it. A heuristic reading of the past, not a forecast. */
export interface PhaseReading {
  readonly phase: MarketPhase;
  /** How clearly the evidence decides, 0 to 1; 0 when undetermined. */
  readonly score: number;
  /** One sentence per test that was met. */
  readonly evidence: readonly string[];
}
