import type { BacktestReport } from '../../backtest/backtest-report.js';
import { optionalText } from '../estimate-text.js';
import { countText, momentText, percentText, signedText } from '../quantity.js';
import { pageTable } from './page-table.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** How it was traded, and what else was found: what a reader needs to judge the figures or to find them again. */
export function termsTable(
  report: BacktestReport,
  named: { readonly settings: string; readonly data: string },
): string {
  return pageTable({
    title: 'How it was traded, and found',
    head: ['', ''],
    rows: [...termRows(report), ...figureRows(report), ...nameRows(report, named)],
    words: true,
  });
}

function termRows({ terms, reachedBothShare, ambiguousShare }: BacktestReport): string[][] {
  const { costs, latencyBars, everyMs, horizonMs, markets, cards } = terms;
  const finer = listText(markets.flatMap(({ finerTimeframe }) => finerTimeframe ?? []));
  return [
    [
      'Decisions',
      `every ${durationText(everyMs)}; ${terms.tradeAll ? 'every signal traded' : 'only signals expected to pay their costs'}`,
    ],
    [
      'Entry',
      `at the next open${latencyBars === 0 ? '' : `, ${countText(latencyBars, 'candle')} later`}`,
    ],
    ['Candles filled and marked on', listText(markets.map(({ baseTimeframe }) => baseTimeframe))],
    ['Longest position', durationText(horizonMs)],
    [
      "Taker's fee, a side",
      `${listText(markets.map(({ takerFeeBps }) => String(takerFeeBps)))} bps`,
    ],
    ['Half spread and slippage, a side', `${costs.halfSpreadBps} and ${costs.slippageBps} bps`],
    [
      'Funding of perpetuals, eight hours',
      markets.some(({ paysFunding }) => paysFunding)
        ? `${costs.fundingBps} bps`
        : 'none: these are spot markets',
    ],
    ['Candles that reached both levels', percentText(reachedBothShare)],
    [
      finer === ''
        ? 'of these taken as stopped'
        : `of these untold by candles of ${finer}, taken as stopped`,
      percentText(ambiguousShare),
    ],
    ['Chances by', listText(cards.map(({ id }) => id))],
    [
      'Opinion on direction that is proven',
      listText(cards.map(({ provenShare }) => percentText(provenShare, 0))),
    ],
  ];
}

function figureRows(report: BacktestReport): string[][] {
  const { equity, startEquity, endEquity, summary } = report;
  return [
    [
      'Equity',
      `${startEquity.toFixed(0)} to ${endEquity.toFixed(0)} over ${countText(equity.length, 'day')}`,
    ],
    ['Mean return a trade before costs', `${signedText(summary.grossBps, 1)} bps`],
    ['Target reached, as forecast', optionalText(report.meanWinProbability, percentText)],
    [
      'Chance that the Sharpe ratio is above 0',
      optionalText(report.probabilisticSharpe, percentText),
    ],
    ['Sortino ratio, annual', optionalText(report.sortino, (ratio) => signedText(ratio, 2))],
    ['Volatility, annual', optionalText(report.volatility, percentText)],
    ['Mean exposure, of equity', percentText(report.exposure)],
    ['Turnover a year, times equity', report.turnover.toFixed(0)],
    [
      'Best three days, of what the good days made',
      optionalText(report.bestThreeDaysShare, percentText),
    ],
  ];
}

function nameRows(
  { blockDays, seed }: BacktestReport,
  { settings, data }: { readonly settings: string; readonly data: string },
): string[][] {
  return [
    [
      'Intervals draw',
      `${blockDays === 1 ? 'whole days' : 'whole weeks'} of all symbols together, seed ${seed}`,
    ],
    ['Settings and data, by hash', `${settings}, ${data}`],
  ];
}

/** Different values, each once: `5m`, `5m and 1m`. */
function listText(values: readonly string[]): string {
  return [...new Set(values)].join(', ');
}

function durationText(ms: number): string {
  if (ms % HOUR_MS === 0) return countText(ms / HOUR_MS, 'hour');
  return countText(ms / MINUTE_MS, 'minute');
}

/** When it was, in words. */
export function spanText({ from, to }: Pick<BacktestReport, 'from' | 'to'>): string {
  return `${momentText(from)} to ${momentText(to)}`;
}
