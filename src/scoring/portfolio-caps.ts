import type { ScoringSettings } from './settings.js';
import type { TradePlan } from './signal.js';

/** What the caps need to know of a signal. */
export type SignalSize = Pick<TradePlan, 'riskFraction' | 'notionalMultiple'>;

/** The caps that bind signals together. */
export type PortfolioCaps = Pick<
  ScoringSettings,
  'maxPositions' | 'maxTotalRisk' | 'maxGrossNotional' | 'maxPositionNotional'
>;

/** A cap, the rule named after it, and what one more signal would bring the capped number to. */
export interface CapRule {
  readonly rule: string;
  readonly setting: keyof PortfolioCaps;
  readonly value: (signal: SignalSize, usage: Usage) => number;
}

/** Every cap, in the order they are applied. */
export const CAP_RULES: readonly CapRule[] = [
  {
    rule: 'max-position-notional',
    setting: 'maxPositionNotional',
    value: (signal) => signal.notionalMultiple,
  },
  {
    rule: 'max-positions',
    setting: 'maxPositions',
    value: (_, usage) => usage.positions + 1,
  },
  {
    rule: 'max-total-risk',
    setting: 'maxTotalRisk',
    value: (signal, usage) => usage.risk + signal.riskFraction,
  },
  {
    rule: 'max-gross-notional',
    setting: 'maxGrossNotional',
    value: (signal, usage) => usage.notional + signal.notionalMultiple,
  },
];

/** What the signals taken so far use up. */
export class Usage {
  positions = 0;
  risk = 0;
  notional = 0;

  /** The first rule that one more signal would break; `undefined` when it fits. */
  broken(signal: SignalSize, caps: PortfolioCaps): CapRule | undefined {
    return CAP_RULES.find((rule) => !(rule.value(signal, this) <= caps[rule.setting]));
  }

  take(signal: SignalSize): void {
    this.positions += 1;
    this.risk += signal.riskFraction;
    this.notional += signal.notionalMultiple;
  }
}
