import { CLAIM_COLUMNS, claimRows } from '../../src/report/page/claims-table.js';
import { artefact, type TradesReport } from './artefact.js';
import { markdownTable } from './markdown-table.js';

/** What the founding document claimed, beside what trading every signal of the default settings came to. */
export function claimTable(): string {
  const report = artefact<TradesReport>('trades-2024.json');
  const { trades, symbols, equity, signals, tradeable } = report;
  return (
    `${markdownTable([CLAIM_COLUMNS, ...claimRows(report, report)])}\n` +
    `${count(trades)} trades of ${symbols.length} symbols over ${equity.length} days. Of ${count(signals)} signals, ${count(tradeable)} were ` +
    'expected to pay their costs. Brackets hold 95%.\n'
  );
}

function count(number: number): string {
  return number.toLocaleString('en');
}
