/** A line of the events file, as the file has it. */
export type EventLine = BarrierLine | TouchLine | RangeLine;

interface Line {
  readonly symbol: string;
  readonly time: number;
  readonly horizonMs: number;
}

export interface BarrierLine extends Line {
  readonly kind: 'barrier';
  readonly side: 'long' | 'short';
  readonly target: number;
  readonly stop: number;
  readonly p: number;
  readonly noSkill: number;
  readonly tradeable: boolean;
  readonly outcome: string;
  readonly netReturn: number;
}

export interface TouchLine extends Line {
  readonly kind: 'touch';
  readonly side: 'up' | 'down';
  readonly level: number;
  readonly p: number;
  readonly touched: boolean;
}

export interface RangeLine extends Line {
  readonly kind: 'range';
  readonly forecastRange: number;
  readonly forecastVariance: number;
  readonly realisedRange: number;
  readonly realisedVariance: number;
}
