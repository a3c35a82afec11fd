import type { BacktestReport } from '../backtest/backtest-report.js';
import type { Deflation } from '../backtest/trial-ledger.js';
import { claimsTable } from './page/claims-table.js';
import { escaped } from './page/escaped.js';
import { headlineCards, verdict } from './page/headline.js';
import { PAGE_STYLE } from './page/page-style.js';
import { reportCharts } from './page/report-charts.js';
import { reportTables } from './page/report-tables.js';
import { spanText, termsTable } from './page/terms-table.js';
import { countText } from './quantity.js';

/** What the page says besides the report. */
export interface PageFacts extends Deflation {
  /** Names of the settings and of the data, see the trial ledger. */
  readonly settings: string;
  readonly data: string;
}

/** A back-test as one self-contained page: no script, no request to anywhere. */
export function backtestHtml(report: BacktestReport, facts: PageFacts): string {
  const { symbols, decisions, signals, tradeable } = report;
  const span = escaped(spanText(report));
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Back-test, ${span}</title>
<style>${PAGE_STYLE}
</style></head>
<body><header><h1>Back-test</h1>
<p class="soft">${countText(symbols.length, 'symbol')}, ${span}. ${countText(decisions, 'decision')}, ${countText(signals, 'signal')}, ${tradeable} of them expected to pay their costs.</p>
<p class="verdict">${escaped(verdict(report))}</p></header>
<main>${headlineCards(report, facts)}
${claimsTable(report, facts)}
<h2>Course</h2>
${reportCharts(report)}
${reportTables(report)}
${termsTable(report, facts)}</main>
<footer><p class="soft">Arithmetic on the past, not advice.</p></footer></body></html>
`;
}
