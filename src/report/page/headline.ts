import type { BacktestReport } from '../../backtest/backtest-report.js';
import type { Deflation } from '../../backtest/trial-ledger.js';
import { estimateText, optionalText } from '../estimate-text.js';
import { countText, percentText, signedText } from '../quantity.js';
import { luckyDrawdown } from './claims-table.js';
import { escaped } from './escaped.js';

/** What it came to, in one sentence. */
export function verdict({ trades, expectancyBps }: BacktestReport): string {
  if (trades === 0) return 'Nothing was traded, so nothing was lost.';
  const told = `${countText(trades, 'trade')} returned`;
  if (expectancyBps === undefined) return `${told} too little to tell anything.`;
  const { value, low, high } = expectancyBps;
  const mean = `${told} ${signedText(value, 1)} basis points each after costs`;
  const range = `${signedText(low, 1)} to ${signedText(high, 1)}`;
  if (low > 0) return `${mean}: a gain anywhere in its 95% interval, ${range}.`;
  if (high < 0) return `${mean}: a loss anywhere in its 95% interval, ${range}.`;
  return `${mean}. Its 95% interval, ${range}, holds 0: no edge is shown.`;
}

/** The figures to look at first, each beside what it is to be read against. */
export function headlineCards(
  report: BacktestReport,
  { trials, deflatedSharpe, notDeflated }: Deflation,
): string {
  const { summary, expectancyBps, sharpe, trades } = report;
  if (trades === 0) return '';
  const cards: readonly (readonly [string, string, string])[] = [
    ['Net return a trade', `${signedText(summary.netBps, 1)} bps`, interval(expectancyBps, 1)],
    [
      'Win rate after costs',
      percentText(summary.winRate),
      `pays from ${optionalText(report.breakEvenRate, percentText)}`,
    ],
    [
      'Target reached',
      percentText(summary.hitRate),
      `${optionalText(report.meanNoSkill, percentText)} without skill`,
    ],
    [
      'Sharpe ratio',
      optionalText(sharpe?.value, (ratio) => signedText(ratio, 2)),
      interval(sharpe, 2),
    ],
    [
      'Largest drawdown',
      percentText(report.maxDrawdown),
      `${percentText(luckyDrawdown(report))} by luck at this volatility`,
    ],
    [
      'As good by chance',
      optionalText(report.permutationChance, percentText),
      'of random sides, before costs',
    ],
    [
      'More than luck',
      optionalText(deflatedSharpe, percentText),
      notDeflated ?? `after ${countText(trials, 'trial')} on these data`,
    ],
    [
      'Equity',
      report.endEquity.toFixed(0),
      `from ${report.startEquity.toFixed(0)} in ${countText(report.days.length, 'day')}`,
    ],
  ];
  const parts = cards.map(
    ([name, value, beside]) =>
      `<div><dt>${escaped(name)}</dt><dd><strong>${escaped(value)}</strong><span>${escaped(beside)}</span></dd></div>`,
  );
  return `<dl class="cards">${parts.join('\n')}</dl>`;
}

function interval(estimate: BacktestReport['sharpe'], digits: number): string {
  return estimate === undefined
    ? 'too little to tell'
    : `95%: ${estimateText(estimate, digits).replace(/^\S+ /, '')}`;
}
