import type { ScanReport } from '../scanner/scan-report.js';
import type { MarketSignal } from '../scoring/signal.js';
import type { MarketSummary } from '../scoring/summary.js';
import { wrap } from './columns.js';
import { rejectionCounts } from './funnel-text.js';
import { countText, momentText, percentText, signedText } from './quantity.js';
import { signalLines } from './signal-table.js';
import type { TextStyle } from './style.js';

/**
 * A scan for a human: the ranked signals with their reasons, and what became of the others.
 *
 * @param source - What was scanned, such as `synthetic:7`.
 */
export function scanLines(report: ScanReport, source: string, style: TextStyle): readonly string[] {
  const { bold } = style.colors;
  return [
    `${bold(source)} at ${momentText(report.asOf)}`,
    '',
    ...(report.signals.length === 0 ? ['No signals.'] : signalLines(report.signals, style)),
    '',
    ...outcomeLines(report, style),
  ];
}

/** Where every symbol of a report went. */
function outcomeLines(report: ScanReport, { width }: TextStyle): readonly string[] {
  const { signals, rejections, failures } = report;
  const total = signals.length + rejections.length + failures.length;
  const outcome = [
    countText(signals.length, 'signal'),
    `${rejections.length} rejected`,
    `${failures.length} failed`,
  ].join(', ');
  const counts = rejectionCounts(report).map(({ rule, count }) => `${rule} ${count}`);
  return [
    `${countText(total, 'symbol')}: ${outcome}.`,
    ...worthLines(signals, width),
    ...(counts.length === 0 ? [] : wrap(`Rejected by ${counts.join(', ')}.`, width)),
  ];
}

/** Which signals pay, and how to read their chances; nothing where no chance is known. */
function worthLines(signals: readonly MarketSignal[], width: number): readonly string[] {
  if (signals.every(({ winProbability }) => winProbability === undefined)) return [];
  const worth = signals.filter(({ tradeable }) => tradeable).map(({ symbol }) => symbol);
  return wrap(
    `Expected to earn more than its costs: ${worth.length === 0 ? 'none' : worth.join(', ')}. ` +
      'WIN/LUCK: chance of the target before the stop, and the same without skill.',
    width,
  );
}

/** The market as a whole for a human. */
export function summaryLines(
  summary: MarketSummary,
  source: string,
  style: TextStyle,
): readonly string[] {
  const { breadth, volatilityIndex, volumeTrends, scannedSymbols, totalSymbols } = summary;
  const { rising, steady, falling } = volumeTrends;
  return [
    `${style.colors.bold(source)} at ${momentText(summary.timestamp)}`,
    '',
    `Sentiment   ${sentiment(summary, style)}, ${signedText(summary.sentimentScore)} on a scale from -1 to +1`,
    `Breadth     ${share(breadth)} of symbols trend up`,
    `Volatility  ${share(volatilityIndex)} a year, the median of symbols`,
    `Volume      rising in ${countText(rising, 'symbol')}, steady in ${steady}, falling in ${falling}`,
    `Regime      ${summary.regime}`,
    `Scanned     ${scannedSymbols} of ${countText(totalSymbols, 'symbol')}`,
    '',
    ...(summary.topOpportunities.length === 0
      ? ['No opportunities.']
      : [
          ...signalLines(summary.topOpportunities, style),
          '',
          ...worthLines(summary.topOpportunities, style.width),
        ]),
  ];
}

function share(fraction: number | undefined): string {
  return fraction === undefined ? 'unknown' : percentText(fraction, 0);
}

function sentiment({ marketSentiment }: MarketSummary, { colors }: TextStyle): string {
  if (marketSentiment === 'bullish') return colors.green(marketSentiment);
  return marketSentiment === 'bearish' ? colors.red(marketSentiment) : marketSentiment;
}
