import type { PassPlan, PlannedLimit, ScanPlan } from '../scanner/scan-plan.js';
import { countText, momentText, valueText } from './quantity.js';
import type { TextStyle } from './style.js';
import { tableLines } from './table.js';

const KIND_NAMES: Readonly<Record<string, string>> = {
  time: 'its time',
  markets: 'markets',
  tickers: 'tickers',
  candles: 'candles',
  orderBook: 'order books',
  trades: 'trades',
};

/** What a scan will cost, for a human: once for the first scan, once for those that follow. */
export function planLines(plan: ScanPlan, source: string, style: TextStyle): readonly string[] {
  const { bold } = style.colors;
  return [
    `${bold(source)} at ${momentText(plan.asOf)}: ${countText(plan.symbols, 'symbol')} to analyse`,
    ...passLines('The first scan', plan.first, style),
    ...passLines('Each scan after it', plan.repeated, style),
  ];
}

function passLines(title: string, pass: PassPlan, style: TextStyle): readonly string[] {
  const { bold } = style.colors;
  const asked = pass.byKind.map(({ kind, requests }) => `${KIND_NAMES[kind] ?? kind} ${requests}`);
  return [
    '',
    `${bold(title)}: ${countText(pass.requests, 'request')}, about ${secondsText(pass.expectedMs)}`,
    ...(asked.length === 0 ? [] : [asked.join(', ')]),
    ...(pass.limits.length === 0 ? [] : limitTable(pass.limits, style)),
  ];
}

function limitTable(limits: readonly PlannedLimit[], style: TextStyle): readonly string[] {
  return tableLines(
    [
      { head: 'LIMIT', align: 'left', text: ({ limit }) => limit.name },
      { head: 'SPENDS', align: 'right', text: ({ weight }) => valueText(weight) },
      {
        head: 'ALLOWED',
        align: 'right',
        text: ({ limit }) => `${valueText(limit.weight)} in ${secondsText(limit.perMs)}`,
      },
      { head: 'TAKES', align: 'right', text: ({ spentMs }) => secondsText(spentMs) },
    ],
    limits,
    style,
  );
}

function secondsText(ms: number): string {
  return `${valueText(Math.round(ms / 100) / 10)} s`;
}
