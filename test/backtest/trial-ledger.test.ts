import { describe, expect, it } from 'vitest';
import { readJsonLines } from '../../src/backtest/json-lines.js';
import { deflate, TRIAL_LEDGER, type Trial } from '../../src/backtest/trial-ledger.js';

function trial(settings: string, dailySharpe: number | undefined, data = 'd'): Trial {
  return { triedAt: 0, settings, data, from: 0, to: 1, trades: 9, netBps: 1, dailySharpe };
}
const returns = Float64Array.from({ length: 200 }, (_, i) => 0.001 + 0.01 * Math.sin(i * 1.7));
const best = trial('best', 0.1);

describe('the trial ledger', () => {
  it('skips what a crash left of a line, and names a line that is no trial', () => {
    const line = JSON.stringify(best);
    const read = (...lines: string[]) => readJsonLines(lines, TRIAL_LEDGER);
    expect(read(line, line.slice(0, 20), line)).toEqual({ values: [best, best], torn: 1 });
    expect(() => read(line, 'nonsense')).toThrow(
      'trial ledger line 2 must be a trial as JSON, was "nonsense"',
    );
    expect(() => read(line, '{}')).toThrow('trial ledger line 2');
  });

  it('counts each configuration once, on the same data alone', () => {
    const trials = [trial('a', 0), trial('a', 0), trial('b', 0.02), trial('c', 0, 'other'), best];
    expect(deflate(trials, best, returns).trials).toBe(3);
  });

  it('judges no luck by trials without a Sharpe ratio, and says so', () => {
    const tried = [trial('a', undefined), trial('b', undefined), best];
    const reason = 'no other trial has a Sharpe ratio';
    const absent = { trials: 3, deflatedSharpe: undefined, notDeflated: reason };
    expect(deflate(tried, best, returns)).toEqual(absent);
    expect(deflate([...tried, trial('c', 0.02)], best, returns).deflatedSharpe).toBeDefined();
    const [short] = tried;
    const own = deflate([...tried, trial('c', 0.02)], short, returns);
    expect(own.notDeflated).toBe('this run has no Sharpe ratio');
  });

  it('believes a Sharpe ratio less, the more was tried', () => {
    const tried = (count: number) => [
      ...Array.from({ length: count }, (_, i) => trial(`t${i}`, 0.05 * Math.sin(i))),
      best,
    ];
    const chances = [0, 5, 50, 500].map(
      (count) => deflate(tried(count), best, returns).deflatedSharpe ?? Number.NaN,
    );
    expect(chances[0]).toBeGreaterThan(0.9);
    for (let i = 1; i < chances.length; i++) expect(chances[i]).toBeLessThan(chances[i - 1]);
  });
});
