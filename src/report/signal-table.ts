import type { MarketSignal } from '../scoring/signal.js';
import { compactText, percentText, priceText } from './quantity.js';
import { reasonLine } from './reasons.js';
import type { Colors, TextStyle } from './style.js';
import { type Column, tableLines } from './table.js';

const INDENT = '    ';

/** Ranked signals as a table with a line of reasons under each. */
export function signalLines(signals: readonly MarketSignal[], style: TextStyle): readonly string[] {
  const [head, ...rows] = tableLines(columns(signals, style.colors), signals, style);
  const lines = [head];
  for (const [index, row] of rows.entries()) {
    const reasons = reasonLine(signals[index], style.width - INDENT.length);
    lines.push(row, style.colors.dim(`${INDENT}${reasons}`));
  }
  return lines;
}

function columns(
  signals: readonly MarketSignal[],
  colors: Colors,
): readonly Column<MarketSignal>[] {
  const rank = new Map(signals.map((signal, index) => [signal, index + 1]));
  return [
    { head: '#', align: 'right', text: (signal) => String(rank.get(signal)) },
    {
      head: 'SYMBOL',
      align: 'left',
      text: ({ symbol }) => symbol,
      paint: (text) => colors.bold(text),
    },
    {
      head: 'SIDE',
      align: 'left',
      text: ({ direction }) => direction,
      paint: (text, { direction }) => directionColor(colors, direction)(text),
    },
    {
      head: 'SCORE',
      align: 'right',
      text: ({ score }) => score.toFixed(3),
      paint: (text) => colors.bold(text),
    },
    {
      head: 'CONF',
      align: 'right',
      text: ({ confidence }) => confidence.toFixed(2),
      sacrifice: 2,
    },
    { head: 'ENTRY', align: 'right', text: ({ entryPrice }) => priceText(entryPrice) },
    { head: 'STOP', align: 'right', text: ({ stopLoss }) => priceText(stopLoss) },
    { head: 'TARGET', align: 'right', text: ({ takeProfit }) => priceText(takeProfit) },
    {
      head: 'R:R',
      align: 'right',
      text: ({ rewardToRisk }) => rewardToRisk.toFixed(1),
      sacrifice: 1,
    },
    {
      head: 'WIN/LUCK',
      align: 'right',
      text: ({ winProbability }) => chanceText(winProbability),
      sacrifice: 0,
    },
    {
      head: 'RISK',
      align: 'left',
      text: ({ riskLevel }) => riskLevel,
      paint: (text, { riskLevel }) => riskColor(colors, riskLevel)(text),
      sacrifice: 3,
    },
    {
      head: 'TYPE',
      align: 'left',
      text: ({ opportunityType }) => (opportunityType === 'none' ? '-' : opportunityType),
      sacrifice: 4,
    },
    {
      head: 'PHASE',
      align: 'left',
      text: ({ marketPhase }) => (marketPhase === 'undetermined' ? '-' : marketPhase),
      sacrifice: 5,
    },
    {
      head: '24H VOL',
      align: 'right',
      text: ({ volume }) => (volume === undefined ? '-' : compactText(volume)),
      sacrifice: 6,
    },
    {
      head: 'COVER',
      align: 'right',
      text: ({ coverage }) => percentText(coverage, 0),
      sacrifice: 7,
    },
  ];
}

/** The chance of the target before the stop, and what it is without skill: one means nothing without the other. */
function chanceText(chance: MarketSignal['winProbability']): string {
  return chance === undefined
    ? '-'
    : `${Math.round(100 * chance.value)}/${percentText(chance.noSkill, 0)}`;
}

/** Green for long, red for short. */
export function directionColor(
  colors: Colors,
  direction: MarketSignal['direction'],
): (text: string) => string {
  if (direction === 'long') return colors.green;
  return direction === 'short' ? colors.red : colors.yellow;
}

function riskColor(colors: Colors, risk: MarketSignal['riskLevel']): (text: string) => string {
  if (risk === 'extreme' || risk === 'high') return colors.red;
  return risk === 'medium' ? colors.yellow : colors.green;
}
