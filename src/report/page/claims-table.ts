import type { BacktestReport } from '../../backtest/backtest-report.js';
import type { Deflation } from '../../backtest/trial-ledger.js';
import {
  estimateText,
  NO_RATIO,
  optionalText,
  rangeText,
  withoutInterval,
} from '../estimate-text.js';
import { countText, percentText, signedText } from '../quantity.js';
import { pageTable } from './page-table.js';

// What the project's founding document claimed without a measurement.
const CLAIMED = { winRate: '85%', falseSignals: 'under 15%', sharpe: '2.3', drawdown: '8.7%' };

/** Drawdown that a year of pure luck brings at a yearly volatility of 1. */
const LUCKY_DRAWDOWN = 1.25;

export const CLAIM_COLUMNS: readonly string[] = [
  '',
  'claimed',
  'without skill',
  'measured, with its 95% interval',
];

/** What was claimed, what no skill gives, and what was measured, a row for each figure. */
export function claimRows(
  report: BacktestReport,
  { trials, deflatedSharpe, notDeflated }: Deflation,
): readonly (readonly string[])[] {
  const { summary, winRateInterval, meanNoSkill, breakEvenRate, maxDrawdown } = report;
  const losing = (rate: number): string => percentText(1 - rate);
  const alone = (text: string): string => (report.trades > 0 ? withoutInterval(text) : 'unknown');
  return [
    [
      'Target reached',
      'none',
      optionalText(meanNoSkill, percentText),
      rangeText(report.hitRate, percentText, alone(percentText(summary.hitRate))),
    ],
    [
      'Win rate, after costs',
      CLAIMED.winRate,
      `pays from ${optionalText(breakEvenRate, percentText)}`,
      `${percentText(summary.winRate)} [${winRateInterval.map((rate) => percentText(rate)).join(', ')}]`,
    ],
    [
      'False signals: the losing ones',
      CLAIMED.falseSignals,
      `pays to ${optionalText(breakEvenRate, losing)}`,
      losing(summary.winRate),
    ],
    ['Sharpe ratio, annual', CLAIMED.sharpe, '0', estimateText(report.sharpe, 2, NO_RATIO)],
    [
      'Largest drawdown',
      CLAIMED.drawdown,
      percentText(luckyDrawdown(report)),
      percentText(maxDrawdown),
    ],
    [
      'Net return a trade, bps',
      'none',
      'minus its costs',
      estimateText(report.expectancyBps, 1, alone(signedText(summary.netBps, 1))),
    ],
    [
      `Chance that it is more than luck, after ${countText(trials, 'trial')}`,
      'none',
      '50%',
      optionalText(deflatedSharpe, percentText, notDeflated),
    ],
  ];
}

/** The same as a table of the page. */
export function claimsTable(report: BacktestReport, deflation: Deflation): string {
  return pageTable({
    title: 'Claimed, without skill, and measured',
    head: CLAIM_COLUMNS,
    rows: claimRows(report, deflation),
    words: true,
  });
}

/** How far luck alone would fall at the volatility of these days: of logarithms, for no fall takes more than there is. */
export function luckyDrawdown({ equity, startEquity }: BacktestReport): number {
  let variance = 0;
  equity.forEach((value, i) => {
    variance += Math.log(value / (i === 0 ? startEquity : equity[i - 1])) ** 2;
  });
  return -Math.expm1(-LUCKY_DRAWDOWN * Math.sqrt(variance));
}
