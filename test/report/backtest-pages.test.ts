import { describe, expect, it } from 'vitest';
import { runBacktest } from '../../src/backtest/backtest.js';
import { backtestReport } from '../../src/backtest/backtest-report.js';
import { backtestHtml } from '../../src/report/backtest-html.js';
import { backtestLines } from '../../src/report/backtest-text.js';
import { luckyDrawdown } from '../../src/report/page/claims-table.js';
import { replayMarket } from '../backtest/wandering-market.js';

const plain = (text: string) => text;
const style = {
  colors: { bold: plain, dim: plain, red: plain, green: plain, yellow: plain },
  width: 100,
};
const run = await runBacktest([replayMarket(3, 40), replayMarket(17, 40)], {
  config: { minQuoteVolume24h: 0, minChange24h: 0 },
  everyMs: 3_600_000,
});
const report = backtestReport(run);
const facts = { trials: 3, deflatedSharpe: 0.4, settings: 'abc', data: '<def>' };

describe('the pages of a back-test', () => {
  it('say in text what was won, what it takes and what luck does', () => {
    const text = backtestLines(report, facts, style).join('\n');
    expect(text).toContain(`${report.trades} trades returned`);
    for (const told of ['MONTH', 'SCORE', 'had it cost', 'data <def>, seed 1']) {
      expect(text).toContain(told);
    }
    expect(text).toMatch(/win rate +\d+\.\d% \[/);
    expect(text).toContain('after 3 trials');
    expect(text).toContain('fee 10 bps, half spread 0, slippage 2, no funding (spot)');
    expect(text).not.toMatch(/NaN|undefined|Infinity/);
  });

  it('say why nobody knows what luck does', () => {
    const reason = 'no other trial has a Sharpe ratio';
    const unknown = { ...facts, deflatedSharpe: undefined, notDeflated: reason };
    expect(backtestLines(report, unknown, style).join('\n')).toContain(
      `/ unknown (${reason}) after 3 trials`,
    );
    expect(backtestHtml(report, unknown)).toContain(`unknown (${reason})`);
  });

  it('are one file of HTML that asks nobody for anything and runs nothing', () => {
    const page = backtestHtml(report, facts);
    expect(page).not.toMatch(/<script|https?:|NaN|undefined|Infinity/);
    expect(page.match(/<svg/g)).toHaveLength(4);
    expect(page).toContain('&lt;def&gt;');
    const told = [
      'of random sides, before costs',
      'Chance that the Sharpe ratio is above 0',
      'Best three days',
      'Candles that reached both levels',
      'By month',
      'By symbol',
      'By score',
      'Had a round trip cost so much',
      'Forecast chances and what came of them',
      'at the next open',
      'Half spread and slippage, a side',
      'none: these are spot markets',
      'Volatility, annual',
      `seed ${report.seed}`,
    ];
    for (const words of told) expect(page).toContain(words);
    for (const claim of ['85%', '2.3', '8.7%']) expect(page).toContain(`<td>${claim}</td>`);
  });

  it('name every column and row, and say in words what is drawn', () => {
    const page = backtestHtml(report, facts);
    expect(page).toContain('<html lang="en">');
    expect(page).not.toMatch(/<th(?! scope=)[ >]/);
    for (const [label] of page.matchAll(/<svg[^>]*>/g)) {
      expect(label).toMatch(/role="img" aria-label="[^"]+: [^"]+"/);
    }
    expect(page).toContain('prefers-color-scheme: dark');
  });

  it('say in a sentence whether an edge is shown', () => {
    const at = (low: number, high: number) =>
      backtestHtml({ ...report, expectancyBps: { value: (low + high) / 2, low, high } }, facts);
    expect(at(-9, 4)).toContain('holds 0: no edge is shown');
    expect(at(2, 9)).toContain('a gain anywhere in its 95% interval, +2.0 to +9.0');
    expect(at(-9, -2)).toContain('a loss anywhere in its 95% interval');
  });

  it('keep a mean whose days are too few for an interval, and say so', () => {
    const few = { ...report, hitRate: undefined, expectancyBps: undefined, sharpe: undefined };
    const { hitRate, netBps } = report.summary;
    const alone = [`${(100 * hitRate).toFixed(1)}%`, netBps.toFixed(1)];
    const text = backtestLines(few, facts, style).join('\n');
    const page = backtestHtml(few, facts);
    for (const value of alone) {
      expect(text).toContain(`${value} [too few days to tell]`);
      expect(page).toContain(`${value} [too few days to tell]`);
    }
    for (const told of [text, page]) expect(told).toContain('fewer than 30 whole days');
  });

  it('never let luck lose more than there is', () => {
    const wild = Array.from({ length: 400 }, (_, i) => (i % 2 === 0 ? 500 : 1_000));
    expect(luckyDrawdown({ ...report, startEquity: 1_000, equity: wild })).toBeLessThan(1);
  });

  it('have words for a past without a trade', async () => {
    const still = await runBacktest([replayMarket(3, 10)], { config: { minScore: 1 } });
    const none = backtestReport(still);
    const page = backtestHtml(none, facts) + backtestLines(none, facts, style).join('\n');
    expect(page.match(/Nothing was traded/g)).toHaveLength(2);
    expect(page).not.toMatch(/NaN|undefined|Infinity/);
  });
});
