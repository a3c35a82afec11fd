import type { BacktestReport } from '../backtest/backtest-report.js';
import type { TradeGroup } from '../backtest/trade-groups.js';
import type { Deflation } from '../backtest/trial-ledger.js';
import { estimateText, optionalText } from './estimate-text.js';
import { momentText, percentText, signedText } from './quantity.js';
import { barChart, escaped, lineChart, type Point, reliabilityChart } from './svg.js';

/** What the page says besides the report. */
export interface PageFacts extends Deflation {
  /** Names of the settings and of the data, see the trial ledger. */
  readonly settings: string;
  readonly data: string;
}

const STYLE = `
body { font: 15px/1.5 system-ui, sans-serif; color: #1c2530; background: #fff; max-width: 46rem; margin: 2rem auto; padding: 0 1rem }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums }
th, td { text-align: right; padding: .2rem .6rem; border-bottom: 1px solid #d8dee6 }
th:first-child, td:first-child { text-align: left }
figure { margin: 1.5rem 0 } figcaption { font-weight: 600 }
svg { width: 100% } .line { fill: none; stroke: #2a6fb0; stroke-width: 1.5 }
.bar { fill: #2a6fb0 } .dot { fill: #2a6fb0 } .range, .axis { stroke: #8492a4 }
.guide { stroke: #8492a4; stroke-dasharray: 4 4 } .tick { font-size: 11px; text-anchor: end; fill: #4a5868 }`;

/** A back-test as one self-contained page: no script, no request to anywhere. */
export function backtestHtml(report: BacktestReport, facts: PageFacts): string {
  const { from, to, symbols, decisions, signals, tradeable, trades, seed } = report;
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Back-test, ${escaped(momentText(from))} to ${escaped(momentText(to))}</title>
<style>${STYLE}</style>
<h1>Back-test</h1>
<p>${symbols.length} symbols, ${escaped(momentText(from))} to ${escaped(momentText(to))}. ${decisions} decisions, ${signals} signals,
${tradeable} of them expected to pay their costs, ${trades} trades. Settings ${escaped(facts.settings)}, data ${escaped(facts.data)}, seed ${seed}.
Arithmetic on the past, not advice.</p>
${claims(report, facts)}
${figures(report)}
${charts(report)}
${reliabilityRows(report)}
${groupTable('By month', report.byMonth)}
${groupTable('By symbol', report.bySymbol)}
${groupTable('By score, lowest tenth first', report.deciles)}
${costTable(report)}
</html>
`;
}

// What the project's founding document claimed without a measurement.
const CLAIMED = { winRate: '85%', falseSignals: 'under 15%', sharpe: '2.3', drawdown: '8.7%' };

/** Drawdown that a year of pure luck brings at a yearly volatility of 1. */
const LUCKY_DRAWDOWN = 1.25;

function claims(report: BacktestReport, { trials, deflatedSharpe }: Deflation): string {
  const { summary, winRateInterval, meanNoSkill, breakEvenRate, sharpe, maxDrawdown } = report;
  const [low, high] = winRateInterval.map((rate) => percentText(rate));
  const rows: readonly (readonly string[])[] = [
    [
      'Target reached',
      'none',
      optionalText(meanNoSkill, percentText),
      percentText(summary.hitRate),
    ],
    [
      'Win rate, after costs',
      CLAIMED.winRate,
      `pays from ${optionalText(breakEvenRate, percentText)}`,
      `${percentText(summary.winRate)} [${low}, ${high}]`,
    ],
    [
      'Losing signals',
      CLAIMED.falseSignals,
      `pays to ${optionalText(breakEvenRate, (rate) => percentText(1 - rate))}`,
      percentText(1 - summary.winRate),
    ],
    ['Sharpe ratio, annual', CLAIMED.sharpe, '0', estimateText(sharpe, 2)],
    [
      'Largest drawdown',
      CLAIMED.drawdown,
      percentText(luckyDrawdown(report)),
      percentText(maxDrawdown),
    ],
    ['Net return a trade, bps', 'none', 'minus its costs', estimateText(report.expectancyBps, 1)],
    [
      `Above luck, after ${trials} trials`,
      'none',
      '50%',
      optionalText(deflatedSharpe, percentText),
    ],
  ];
  return table(['', 'claimed', 'without skill', 'measured'], rows);
}

function figures(report: BacktestReport): string {
  const { summary, equity, startEquity, endEquity } = report;
  const rows: readonly (readonly string[])[] = [
    ['Target reached, as forecast', optionalText(report.meanWinProbability, percentText)],
    ['Mean return a trade before costs, bps', signedText(summary.grossBps, 1)],
    [
      'Chance that random sides do as well before costs',
      optionalText(report.permutationChance, percentText),
    ],
    [
      'Chance that the Sharpe ratio is above 0',
      optionalText(report.probabilisticSharpe, percentText),
    ],
    ['Sortino ratio, annual', optionalText(report.sortino, (ratio) => signedText(ratio, 2))],
    ['Equity', `${startEquity.toFixed(0)} to ${endEquity.toFixed(0)} over ${equity.length} days`],
    ['Mean exposure, of equity', percentText(report.exposure)],
    ['Turnover a year, times equity', report.turnover.toFixed(0)],
    ['Trades with both levels in one candle, taken as stopped', percentText(report.ambiguousShare)],
    [
      'Share of the profit of good days that the best three made',
      optionalText(report.bestThreeDaysShare, percentText),
    ],
  ];
  return `<h2>Figures</h2>${table(['', 'measured'], rows)}`;
}

function reliabilityRows({ reliability }: BacktestReport): string {
  if (reliability.length === 0) return '';
  const rows = reliability.map(({ meanChance, hitRate, low, high, count }) => [
    percentText(meanChance),
    percentText(hitRate),
    `${percentText(low)} to ${percentText(high)}`,
    String(count),
  ]);
  return `<h2>Forecast chances and what came of them</h2>${table(['chance', 'target reached', '95% of it', 'trades'], rows)}`;
}

function luckyDrawdown({ equity, startEquity }: BacktestReport): number {
  let variance = 0;
  equity.forEach((value, i) => {
    variance += Math.log(value / (i === 0 ? startEquity : equity[i - 1])) ** 2;
  });
  return LUCKY_DRAWDOWN * Math.sqrt(variance);
}

function charts({ days, equity, startEquity, reliability, deciles }: BacktestReport): string {
  if (days.length < 2) return '';
  let peak = startEquity;
  const falls = equity.map((value, i): Point => {
    peak = Math.max(peak, value);
    return [days[i], value / peak - 1];
  });
  return [
    lineChart(
      'Equity at the end of each day',
      equity.map((value, i): Point => [days[i], value]),
      (y) => y.toFixed(0),
    ),
    lineChart('Below the peak', falls, (y) => percentText(y)),
    reliability.length === 0
      ? ''
      : reliabilityChart('Share of targets reached, by forecast chance', reliability, (y) =>
          percentText(y, 0),
        ),
    deciles.length === 0
      ? ''
      : barChart(
          'Net return by tenth of the score, bps',
          deciles.map(({ netBps }) => netBps),
          (y) => signedText(y, 1),
        ),
  ].join('\n');
}

function groupTable(title: string, groups: readonly TradeGroup[]): string {
  if (groups.length === 0) return '';
  const rows = groups.map(({ name, count, hitRate, winRate, grossBps, netBps }) => [
    name,
    String(count),
    percentText(hitRate),
    percentText(winRate),
    signedText(grossBps, 1),
    signedText(netBps, 1),
  ]);
  return `<h2>${escaped(title)}</h2>${table(['', 'trades', 'target', 'win', 'gross bps', 'net bps'], rows)}`;
}

function costTable({ costSensitivity }: BacktestReport): string {
  const rows = costSensitivity.map(({ costBps, netBps }) => [
    `${costBps} bps`,
    signedText(netBps, 1),
  ]);
  return `<h2>Had a round trip cost so much</h2>${table(['cost', 'mean net bps'], rows)}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = (tag: string, row: readonly string[]): string =>
    `<tr>${row.map((cell) => `<${tag}>${escaped(cell)}</${tag}>`).join('')}</tr>`;
  return `<table>${cells('th', head)}${rows.map((row) => cells('td', row)).join('')}</table>`;
}
