import type { BacktestReport } from '../../backtest/backtest-report.js';
import type { TradeGroup } from '../../backtest/trade-groups.js';
import { percentText, signedText } from '../quantity.js';
import { type Cell, pageTable } from './page-table.js';

/** The tables of parts: months, symbols, tenths of the score, chances and costs. */
export function reportTables(report: BacktestReport): string {
  return [
    groupTable('By month', 'month', report.byMonth),
    groupTable('By symbol', 'symbol', report.bySymbol),
    groupTable('By score, lowest tenth first', 'score', report.deciles),
    reliabilityTable(report),
    costTable(report),
  ].join('\n');
}

function groupTable(title: string, of: string, groups: readonly TradeGroup[]): string {
  return pageTable({
    title,
    head: [of, 'trades', 'target reached', 'won', 'gross bps', 'net bps'],
    rows: groups.map(({ name, count, hitRate, winRate, grossBps, netBps }) => [
      name,
      String(count),
      percentText(hitRate),
      percentText(winRate),
      signed(grossBps),
      signed(netBps),
    ]),
  });
}

function reliabilityTable({ reliability }: BacktestReport): string {
  return pageTable({
    title: 'Forecast chances and what came of them',
    head: ['chance', 'target reached', '95% of it', 'trades'],
    rows: reliability.map(({ meanChance, hitRate, low, high, count }) => [
      percentText(meanChance),
      percentText(hitRate),
      `${percentText(low)} to ${percentText(high)}`,
      String(count),
    ]),
  });
}

function costTable({ costSensitivity, trades }: BacktestReport): string {
  return pageTable({
    title: 'Had a round trip cost so much',
    head: ['cost', 'mean net bps'],
    rows:
      trades === 0
        ? []
        : costSensitivity.map(({ costBps, netBps }) => [`${costBps} bps`, signed(netBps)]),
  });
}

function signed(bps: number): Cell {
  return { text: signedText(bps, 1), sign: bps };
}
