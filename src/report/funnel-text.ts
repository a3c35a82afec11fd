import type { FunnelStage, ScanReport } from '../scanner/scan-report.js';
import type { Rejection } from '../scoring/rejection.js';
import { cut, printable, wrap } from './columns.js';
import { countText, momentText, valueText } from './quantity.js';

import type { TextStyle } from './style.js';
import { tableLines } from './table.js';

/** How many symbols each rule rejected, in the order of the funnel. */
export function rejectionCounts({
  funnel,
  rejections,
}: Pick<ScanReport, 'funnel' | 'rejections'>): readonly { rule: string; count: number }[] {
  const counts = new Map(funnel.map(({ rule }) => [rule, 0]));
  for (const { rule } of rejections) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return [...counts].map(([rule, count]) => ({ rule, count })).filter(({ count }) => count > 0);
}

/** The funnel and every rejection with its value, its threshold and what would have admitted it. */
export function universeLines(
  report: ScanReport,
  source: string,
  style: TextStyle,
): readonly string[] {
  const { bold } = style.colors;
  const { signals, rejections, failures } = report;
  const lines = [
    `${bold(source)} at ${momentText(report.asOf)}`,
    '',
    ...funnelLines(report.funnel, style),
  ];
  for (const { rule, count } of rejectionCounts(report)) {
    lines.push('', `${bold(rule)} rejected ${countText(count, 'symbol')}`);
    const rejected = rejections.filter((rejection) => rejection.rule === rule);
    lines.push(...rejectionTable(rejected, style));
  }
  for (const { symbol, error } of failures) {
    lines.push('', ...wrap(printable(`${symbol} failed: ${error.message}`), style.width));
  }
  lines.push('', `${countText(signals.length, 'signal')} left.`);
  return lines;
}

interface Narrowing extends FunnelStage {
  readonly removed: number;
}

/** One row for each stage that removed something; the others in one sentence. */
function funnelLines(funnel: readonly FunnelStage[], style: TextStyle): readonly string[] {
  const total = funnel[0]?.remaining ?? 0;
  const stages = funnel.map((stage, index): Narrowing => {
    const before = index === 0 ? total : funnel[index - 1].remaining;
    return { ...stage, removed: before - stage.remaining };
  });
  const idle = stages.slice(1).filter(({ removed }) => removed === 0);
  const rows = stages.filter((stage) => !idle.includes(stage));
  const table = tableLines(
    [
      { head: 'RULE', align: 'left', text: ({ rule }) => rule },
      {
        head: 'REMOVED',
        align: 'right',
        text: ({ removed }) => (removed > 0 ? `-${removed}` : ''),
      },
      { head: 'LEFT', align: 'right', text: ({ remaining }) => String(remaining) },
      { head: '', align: 'left', text: ({ remaining }) => bar(remaining, total) },
    ],
    rows,
    style,
  );
  if (idle.length === 0) return table;
  const names = `Nothing removed by ${idle.map(({ rule }) => rule).join(', ')}.`;
  return [...table, ...wrap(names, style.width).map((line) => style.colors.dim(line))];
}

const BAR_WIDTH = 30;

function bar(remaining: number, total: number): string {
  return '#'.repeat(Math.round((remaining / Math.max(1, total)) * BAR_WIDTH));
}

function rejectionTable(rejections: readonly Rejection[], style: TextStyle): readonly string[] {
  const widest = rejections.reduce((most, { symbol }) => Math.max(most, symbol.length), 6);
  const room = style.width - widest - 2 * NUMBER_ROOM - 6;
  return tableLines(
    [
      { head: 'SYMBOL', align: 'left', text: ({ symbol }) => symbol },
      { head: 'VALUE', align: 'right', text: ({ value }) => optional(value) },
      { head: 'ASKED', align: 'right', text: ({ threshold }) => optional(threshold) },
      {
        head: 'WOULD NEED',
        align: 'left',
        text: ({ nearestMiss }) => cut(nearestMiss, room),
        paint: (text) => style.colors.dim(text),
      },
    ],
    rejections,
    style,
  );
}

// What `valueText` may take.
const NUMBER_ROOM = 9;

function optional(value: number | undefined): string {
  return value === undefined ? '-' : valueText(value);
}
