import type { BacktestReport } from '../backtest/backtest-report.js';
import type { TradeGroup } from '../backtest/trade-groups.js';
import type { PageFacts } from './backtest-html.js';
import { costsText } from './costs-text.js';
import {
  estimateText,
  NO_RATIO,
  optionalText,
  rangeText,
  withoutInterval,
} from './estimate-text.js';
import { verdict } from './page/headline.js';
import { countText, momentText, percentText, signedText } from './quantity.js';
import type { TextStyle } from './style.js';
import { type Column, tableLines } from './table.js';

/** What a back-test came to, as a page of text. */
export function backtestLines(
  report: BacktestReport,
  facts: PageFacts,
  style: TextStyle,
): readonly string[] {
  const { symbols, from, to } = report;
  const head = [
    `${countText(symbols.length, 'symbol')}, ${momentText(from)} to ${momentText(to)}: ${countText(report.decisions, 'decision')}, ${countText(report.signals, 'signal')}, ${report.tradeable} expected to pay their costs`,
    style.colors.bold(verdict(report)),
  ];
  const named = style.colors.dim(
    `settings ${facts.settings}, data ${facts.data}, seed ${report.seed}`,
  );
  if (report.trades === 0) return [...head, '', named];
  return [
    ...head,
    '',
    ...[...tradeFacts(report), ...equityFacts(report, facts), ...termFacts(report)].map(
      ([name, text]) => `  ${name.padEnd(26)}${text}`,
    ),
    '',
    ...(report.deciles.length > 0
      ? [...tableLines(columns('SCORE'), report.deciles, style), '']
      : []),
    ...tableLines(columns('MONTH'), report.byMonth, style),
    '',
    named,
  ];
}

type Fact = readonly [name: string, text: string];

function tradeFacts(report: BacktestReport): readonly Fact[] {
  const { summary } = report;
  const [low, high] = report.winRateInterval.map((rate) => percentText(rate));
  const hits = rangeText(
    report.hitRate,
    percentText,
    withoutInterval(percentText(summary.hitRate)),
  );
  const net = withoutInterval(signedText(summary.netBps, 1));
  const chances = `forecast ${optionalText(report.meanWinProbability, percentText)}, no skill ${optionalText(report.meanNoSkill, percentText)}`;
  return [
    [
      'win rate',
      `${percentText(summary.winRate)} [${low}, ${high}], break-even at ${optionalText(report.breakEvenRate, percentText)}`,
    ],
    ['target reached', `${hits}; ${chances}`],
    [
      'mean return',
      `${signedText(summary.grossBps, 1)} bps before costs, ${estimateText(report.expectancyBps, 1, net)} bps after`,
    ],
    [
      'had it cost',
      report.costSensitivity
        .map(({ costBps, netBps }) => `${costBps} bps: ${signedText(netBps, 1)}`)
        .join(', '),
    ],
    ['as good by chance', optionalText(report.permutationChance, percentText)],
  ];
}

function equityFacts(
  report: BacktestReport,
  { trials, deflatedSharpe, notDeflated }: PageFacts,
): readonly Fact[] {
  const { startEquity, endEquity, exposure, turnover } = report;
  return [
    [
      'Sharpe ratio, annual',
      `${estimateText(report.sharpe, 2, NO_RATIO)}, Sortino ${optionalText(report.sortino, (ratio) => signedText(ratio, 2))}`,
    ],
    [
      'above 0 / above luck',
      `${optionalText(report.probabilisticSharpe, percentText)} / ${optionalText(deflatedSharpe, percentText, notDeflated)} after ${countText(trials, 'trial')}`,
    ],
    [
      'largest drawdown',
      `${percentText(report.maxDrawdown)} at a volatility of ${optionalText(report.volatility, percentText)} a year`,
    ],
    [
      'equity',
      `${startEquity.toFixed(0)} to ${endEquity.toFixed(0)}, mean exposure ${percentText(exposure)}, turnover ${turnover.toFixed(0)} times a year`,
    ],
    [
      'best three days',
      optionalText(
        report.bestThreeDaysShare,
        (share) => `${percentText(share)} of what the good days made`,
      ),
    ],
  ];
}

function termFacts({ terms, reachedBothShare, ambiguousShare }: BacktestReport): readonly Fact[] {
  const { costs, latencyBars } = terms;
  const late = latencyBars === 0 ? '' : `; filled ${countText(latencyBars, 'candle')} late`;
  return [
    [
      'one candle, both levels',
      `${percentText(reachedBothShare)} of trades; ${percentText(ambiguousShare)} untold by finer candles, taken as stopped`,
    ],
    ['costs a side', `${costsText(costs, terms.markets)}${late}`],
  ];
}

function columns(head: string): readonly Column<TradeGroup>[] {
  return [
    { head, align: 'left', text: ({ name }) => name },
    { head: 'TRADES', align: 'right', text: ({ count }) => String(count) },
    { head: 'HIT', align: 'right', text: ({ hitRate }) => percentText(hitRate) },
    { head: 'WIN', align: 'right', text: ({ winRate }) => percentText(winRate) },
    { head: 'GROSS BPS', align: 'right', text: ({ grossBps }) => signedText(grossBps, 1) },
    { head: 'NET BPS', align: 'right', text: ({ netBps }) => signedText(netBps, 1) },
  ];
}
