import type { BacktestReport } from '../../backtest/backtest-report.js';
import { percentText, signedText } from '../quantity.js';
import type { ChartText, Point } from './chart-frame.js';
import { barChart, lineChart, reliabilityChart } from './charts.js';

/** Equity, drawdown, reliability and tenths of the score, as far as there is something to draw. */
export function reportCharts(report: BacktestReport): string {
  const charts = [...curves(report), reliability(report), deciles(report)];
  return charts.some((chart) => chart !== '')
    ? `<div class="charts">${charts.join('\n')}</div>`
    : '';
}

function curves({ days, equity, startEquity, maxDrawdown }: BacktestReport): readonly string[] {
  if (days.length < 2) return [];
  let peak = startEquity;
  const falls = equity.map((value, i): Point => {
    peak = Math.max(peak, value);
    return [days[i], value / peak - 1];
  });
  const whole = (value: number): string => value.toFixed(0);
  const ends = `from ${whole(startEquity)} to ${whole(equity[equity.length - 1])}`;
  const range = `lowest ${whole(Math.min(...equity))}, highest ${whole(Math.max(...equity))}`;
  return [
    lineChart(
      equity.map((value, i): Point => [days[i], value]),
      dated('Equity at the end of each day', `${ends}, ${range}`, whole, days),
    ),
    lineChart(
      falls,
      dated(
        'Below the peak, at the end of each day',
        `${percentText(maxDrawdown)} at the deepest within a day`,
        (y) => percentText(y, 0),
        days,
      ),
    ),
  ];
}

function dated(
  title: string,
  words: string,
  y: (value: number) => string,
  days: readonly number[],
): ChartText {
  const ends = [days[0], days[Math.floor(days.length / 2)], days[days.length - 1]];
  const x = [...new Set(ends)].map((at) => ({ at, text: new Date(at).toISOString().slice(0, 10) }));
  return { title, words, y, x };
}

function reliability({ reliability: bins }: BacktestReport): string {
  if (bins.length === 0) return '';
  const far = bins.filter(({ meanChance, low, high }) => meanChance < low || meanChance > high);
  return reliabilityChart(bins, {
    title: 'Share of targets reached, by forecast chance',
    words: `${far.length} of ${bins.length} groups lie further from the diagonal than chance explains`,
    y: (value) => percentText(value, 0),
  });
}

function deciles({ deciles: groups }: BacktestReport): string {
  if (groups.length === 0) return '';
  const lowest = groups[0].netBps;
  const highest = groups[groups.length - 1].netBps;
  return barChart(
    groups.map(({ netBps }) => netBps),
    {
      title: 'Net return by tenth of the score, bps',
      words: `${signedText(lowest, 1)} in the lowest tenth, ${signedText(highest, 1)} in the highest`,
      y: (value) => (value === 0 ? '0' : signedText(value, 0)),
      x: groups.map((_, i) => ({ at: i + 0.5, text: String(i + 1) })),
    },
  );
}
