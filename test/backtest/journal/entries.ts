import type { OutcomeEntry, SignalEntry } from '../../../src/backtest/journal/journal-entry.js';

const DAY = 86_400_000;

export function aSignal(given: Partial<SignalEntry> = {}): SignalEntry {
  const { symbol = 'BTC/USDT', time = 0 } = given;
  return {
    kind: 'signal',
    id: `${symbol} ${time}`,
    symbol,
    time,
    side: 'long',
    score: 0.5,
    entryPrice: 100,
    takeProfit: 102,
    stopLoss: 99,
    horizonMs: DAY,
    p: 0.4,
    noSkill: 0.4,
    cost: 0.0024,
    tradeable: false,
    ...given,
  };
}

export function anOutcome({ id }: SignalEntry, given: Partial<OutcomeEntry> = {}): OutcomeEntry {
  return { kind: 'outcome', id, outcome: 'target', endedAt: 0, netReturn: 0.0176, ...given };
}

/** Signals, two a day, of which the given share reaches its target, spread evenly; each with its outcome. */
export function aHistory(
  count: number,
  share: number,
  given: (index: number, isHit: boolean) => Partial<SignalEntry>,
): readonly (SignalEntry | OutcomeEntry)[] {
  return Array.from({ length: count }, (_, i) => {
    const isHit = (i * 0.6180339887498949) % 1 < share;
    const time = (i * DAY) / 2;
    const signal = aSignal({ time, ...given(i, isHit) });
    const outcome = anOutcome(signal, {
      outcome: isHit ? 'target' : 'stop',
      endedAt: time + DAY,
      netReturn: isHit ? 0.0176 : -0.0124,
    });
    return [signal, outcome];
  }).flat();
}
