import type { TimeframeReadings } from '../analysis/timeframe-reader.js';
import type { Timeframe } from '../market/timeframe.js';
import type { SymbolAnalysis } from '../scanner/symbol-analysis.js';
import type { Rejection } from '../scoring/rejection.js';
import type { LedgerEntry, MarketSignal } from '../scoring/signal.js';
import { cut, printable, wrap } from './columns.js';
import {
  compactText,
  countText,
  momentText,
  percentText,
  priceText,
  signedPercentText,
  signedText,
  valueText,
} from './quantity.js';
import { pointsText } from './reasons.js';
import { directionColor } from './signal-table.js';
import type { TextStyle } from './style.js';
import { tableLines } from './table.js';
import { TIMEFRAME_LEGEND, timeframeLines } from './timeframe-table.js';

type Evidence = ReadonlyMap<Timeframe, TimeframeReadings>;

/** Everything behind one signal, in words: verdict, ledger, timeframes, levels, and what is not known. */
export function signalExplanation(
  signal: MarketSignal,
  evidence: Evidence,
  style: TextStyle,
): readonly string[] {
  const { bold } = style.colors;
  const side = directionColor(style.colors, signal.direction)(signal.direction);
  return [
    `${bold(signal.symbol)} ${side}, score ${bold(signal.score.toFixed(3))} at ${momentText(signal.timestamp)}`,
    '',
    ...verdict(signal, style),
    '',
    bold('Ledger'),
    ...ledgerLines(signal.ledger, signal.score, style),
    ...evidenceLines(evidence, style),
    '',
    bold('Levels'),
    ...levelLines(signal, style),
    ...outlookLines(signal, style),
    ...doubtLines(signal, style),
  ];
}

/**
 * Why a symbol is not among the signals, what it would have needed, and how it was judged.
 *
 * @param analysis - `undefined` where there were too few candles for one.
 */
export function rejectionExplanation(
  rejection: Rejection,
  analysis: SymbolAnalysis | undefined,
  style: TextStyle,
): readonly string[] {
  const { bold, yellow } = style.colors;
  const { symbol, rule, value, threshold, nearestMiss, quality } = rejection;
  const flaws = analysis?.quality ?? quality;
  return [
    `${bold(symbol)} ${yellow('is not a signal')}: ${rule} rejected it`,
    '',
    `Value       ${value === undefined ? 'none' : valueText(value)}`,
    `Threshold   ${threshold === undefined ? 'none' : valueText(threshold)}`,
    ...hanging('Would need  ', nearestMiss, style),
    ...(flaws.length === 0 ? [] : [`Data        ${flaws.join(', ')}`]),
    ...(analysis === undefined
      ? ['', 'There are too few candles to judge it.']
      : judgement(analysis, style)),
  ];
}

function judgement(analysis: SymbolAnalysis, style: TextStyle): readonly string[] {
  const { direction, score, confidence, coverage, ledger, readings } = analysis;
  const { bold } = style.colors;
  return [
    '',
    `By itself ${directionColor(style.colors, direction)(direction)}, score ${bold(score.toFixed(3))}, confidence ${confidence.toFixed(2)}, ${percentText(coverage, 0)} of the evidence.`,
    '',
    bold('Ledger'),
    ...ledgerLines(ledger, score, style),
    ...evidenceLines(readings, style),
  ];
}

function verdict(signal: MarketSignal, { width }: TextStyle): readonly string[] {
  const { opportunityType, marketPhase, riskLevel, trendDirection, trendStrength, volume } = signal;
  const chance = opportunityType === 'none' ? 'no particular opportunity' : opportunityType;
  const phase = marketPhase === 'undetermined' ? 'an undetermined phase' : marketPhase;
  const traded = volume === undefined ? 'no volume known' : `${compactText(volume)} in 24 hours`;
  return [
    `${capitalised(chance)} in ${phase}, ${riskLevel} risk. The trend is ${trendDirection}, strength ${trendStrength.toFixed(2)}.`,
    certainty(signal),
    `Price ${priceText(signal.price)}, ${traded}.`,
  ].flatMap((sentence) => wrap(sentence, width));
}

function certainty({ confidence, coverage, scoreInterval }: MarketSignal): string {
  const [low, high] = scoreInterval;
  const sure = `Confidence ${confidence.toFixed(2)}.`;
  if (coverage === 1) return `${sure} All the evidence asked for was there.`;
  return (
    `${sure} ${percentText(coverage, 0)} of the evidence asked for was there;` +
    ` the rest could move the score between ${low.toFixed(3)} and ${high.toFixed(3)}.`
  );
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function ledgerLines(
  ledger: readonly LedgerEntry[],
  score: number,
  style: TextStyle,
): readonly string[] {
  const widest = ledger.reduce((most, { id }) => Math.max(most, id.length), 0);
  const room = style.width - widest - LEDGER_NUMBERS;
  const rows = tableLines(
    [
      { head: 'POINTS', align: 'right', text: ({ microPoints }) => pointsText(microPoints, 6) },
      { head: 'FROM', align: 'left', text: ({ id }) => id },
      { head: 'BECAUSE', align: 'left', text: ({ reason }) => cut(printable(reason), room) },
    ],
    ledger,
    style,
  );
  return [...rows, '---------', `${signedText(score, 6)}  score`];
}

// The points and the gutters between three columns.
const LEDGER_NUMBERS = 9 + 4;

function evidenceLines(evidence: Evidence, style: TextStyle): readonly string[] {
  if (evidence.size === 0) return [];
  const { bold, dim } = style.colors;
  return [
    '',
    bold('Timeframes'),
    ...timeframeLines(evidence, style),
    ...wrap(TIMEFRAME_LEGEND, style.width).map((line) => dim(line)),
  ];
}

function levelLines(signal: MarketSignal, style: TextStyle): readonly string[] {
  const { entryPrice, stopLoss, takeProfit, rewardToRisk, positionSize, riskFraction } = signal;
  const away = (price: number) => signedPercentText(price / entryPrice - 1, 2);
  const { red, green } = style.colors;
  return [
    `Entry   ${priceText(entryPrice)}`,
    `Stop    ${priceText(stopLoss)} ${red(away(stopLoss))}`,
    `Target  ${priceText(takeProfit)} ${green(away(takeProfit))}, ${rewardToRisk.toFixed(2)} times the risk`,
    positionSize === undefined
      ? `Size    unknown without --equity; ${percentText(riskFraction)} of equity would be at risk`
      : `Size    ${valueText(positionSize)} worth ${compactText(positionSize * entryPrice)}; ${percentText(riskFraction)} of equity at risk at the stop`,
  ];
}

function outlookLines(signal: MarketSignal, style: TextStyle): readonly string[] {
  const { winProbability, expectedReturn, opportunity, roundTripCost, tradeable } = signal;
  if (winProbability === undefined || expectedReturn === undefined || opportunity === undefined) {
    return [];
  }
  const { value, noSkill, low, high, timeout, horizonMs, sampleSize } = winProbability;
  const hours = countText(horizonMs / 3_600_000, 'hour');
  const chance =
    `${percentText(value)} to reach the target first within ${hours}, ${percentText(noSkill)} without skill;` +
    ` 95% sure of ${percentText(low)} to ${percentText(high)} from ${compactText(sampleSize)} events; ${percentText(timeout)} to reach neither.`;
  const worth =
    `${signedPercentText(expectedReturn, 2)} after ${percentText(roundTripCost, 2)} of costs; the range to expect is ${valueText(opportunity)} times them.` +
    ` ${tradeable ? 'Worth trading by what is proven.' : 'Nothing proven makes it worth trading.'}`;
  return [
    '',
    style.colors.bold('Outlook'),
    ...hanging('Chance  ', chance, style),
    ...hanging('Return  ', worth, style),
  ];
}

function doubtLines({ absent, quality }: MarketSignal, style: TextStyle): readonly string[] {
  const { bold } = style.colors;
  const fields = new Map<string, readonly string[]>();
  for (const [field, why] of Object.entries(absent)) {
    fields.set(why, [...(fields.get(why) ?? []), field]);
  }
  return [
    ...(quality.length === 0 ? [] : ['', `${bold('Data')}    ${quality.join(', ')}`]),
    ...(fields.size === 0 ? [] : ['', bold('Not known')]),
    ...[...fields].flatMap(([why, names]) => hanging('', `${names.join(', ')}: ${why}`, style)),
  ];
}

/** A text under a label, its further lines indented as far as the label reaches. */
function hanging(label: string, text: string, { width }: TextStyle): readonly string[] {
  const [first, ...rest] = wrap(printable(text), width - label.length);
  return [label + first, ...rest.map((line) => ' '.repeat(label.length) + line)];
}
