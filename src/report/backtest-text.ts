import type { BacktestReport } from '../backtest/backtest-report.js';
import type { TradeGroup } from '../backtest/trade-groups.js';
import type { Deflation } from '../backtest/trial-ledger.js';
import { estimateText, optionalText } from './estimate-text.js';
import { countText, momentText, percentText, signedText } from './quantity.js';
import type { TextStyle } from './style.js';
import { type Column, tableLines } from './table.js';

/** What a back-test came to, as a page of text. */
export function backtestLines(
  report: BacktestReport,
  { trials, deflatedSharpe }: Deflation,
  style: TextStyle,
): readonly string[] {
  const { summary, symbols, from, to } = report;
  const fact = (name: string, text: string): string => `  ${name.padEnd(26)}${text}`;
  return [
    `${countText(symbols.length, 'symbol')}, ${momentText(from)} to ${momentText(to)}: ${countText(report.decisions, 'decision')}, ${countText(report.signals, 'signal')}, ${report.tradeable} expected to pay their costs`,
    '',
    style.colors.bold(`${countText(report.trades, 'trade')}, after costs`),
    fact(
      'win rate',
      `${percentText(summary.winRate)} [${report.winRateInterval.map((rate) => percentText(rate)).join(', ')}], break-even at ${optionalText(report.breakEvenRate, percentText)}`,
    ),
    fact(
      'target reached',
      `${percentText(summary.hitRate)}; forecast ${optionalText(report.meanWinProbability, percentText)}, no skill ${optionalText(report.meanNoSkill, percentText)}`,
    ),
    fact(
      'mean return',
      `${signedText(summary.grossBps, 1)} bps before costs, ${estimateText(report.expectancyBps, 1)} bps after`,
    ),
    fact('as good by chance', optionalText(report.permutationChance, percentText)),
    fact('Sharpe ratio, annual', estimateText(report.sharpe, 2)),
    fact(
      'above 0 / above luck',
      `${optionalText(report.probabilisticSharpe, percentText)} / ${optionalText(deflatedSharpe, percentText)} after ${countText(trials, 'trial')}`,
    ),
    fact('largest drawdown', percentText(report.maxDrawdown)),
    fact(
      'equity',
      `${report.startEquity.toFixed(0)} to ${report.endEquity.toFixed(0)}, mean exposure ${percentText(report.exposure)}`,
    ),
    fact(
      'best three days',
      optionalText(
        report.bestThreeDaysShare,
        (share) => `${percentText(share)} of what the good days made`,
      ),
    ),
    fact(
      'one candle, both levels',
      `${percentText(report.ambiguousShare)} of trades, taken as stopped`,
    ),
    '',
    ...tableLines(COLUMNS, report.deciles, style),
  ];
}

const COLUMNS: readonly Column<TradeGroup>[] = [
  { head: 'SCORE', align: 'left', text: ({ name }) => name },
  { head: 'TRADES', align: 'right', text: ({ count }) => String(count) },
  { head: 'HIT', align: 'right', text: ({ hitRate }) => percentText(hitRate) },
  { head: 'WIN', align: 'right', text: ({ winRate }) => percentText(winRate) },
  { head: 'GROSS BPS', align: 'right', text: ({ grossBps }) => signedText(grossBps, 1) },
  { head: 'NET BPS', align: 'right', text: ({ netBps }) => signedText(netBps, 1) },
];
