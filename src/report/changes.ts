import type { ScanReport } from '../scanner/scan-report.js';
import type { MarketSignal } from '../scoring/signal.js';
import { momentText, priceText, signedText } from './quantity.js';
import { reasonLine } from './reasons.js';
import type { TextStyle } from './style.js';

/** How far a score must move to be news. */
const NEWS = 0.02;

/** What changed from one report to the next: signals that came, went, turned or moved. */
export function changeLines(
  before: ScanReport,
  after: ScanReport,
  style: TextStyle,
): readonly string[] {
  const old = new Map(before.signals.map((signal) => [signal.symbol, signal]));
  const now = new Set(after.signals.map(({ symbol }) => symbol));
  const rules = new Map(
    after.rejections.map(({ symbol, rule }) => [symbol, `rejected by ${rule}`]),
  );
  const gone = before.signals.filter(({ symbol }) => !now.has(symbol));
  const lines = [
    ...after.signals.flatMap((signal) => signalChange(old.get(signal.symbol), signal, style)),
    ...gone.map(
      ({ symbol }) =>
        `${style.colors.dim('-')} ${symbol} ${rules.get(symbol) ?? 'could not be read'}`,
    ),
  ];
  const news = lines.length === 0 ? ', nothing new' : '';
  return [
    `${style.colors.bold(momentText(after.asOf))} ${after.signals.length} signals${news}`,
    ...lines.map((line) => `  ${line}`),
  ];
}

function signalChange(
  before: MarketSignal | undefined,
  after: MarketSignal,
  style: TextStyle,
): readonly string[] {
  const { green, yellow } = style.colors;
  const { symbol, direction, score } = after;
  if (before === undefined || before.direction !== direction) {
    const headline = `${symbol} ${direction} ${score.toFixed(3)} at ${priceText(after.entryPrice)}`;
    const sign = before === undefined ? green('+') : yellow('!');
    return [`${sign} ${headline}, ${reasonLine(after, style.width - headline.length - 6)}`];
  }
  const moved = score - before.score;
  if (Math.abs(moved) < NEWS) return [];
  return [`${yellow('~')} ${symbol} ${direction} ${score.toFixed(3)} (${signedText(moved, 3)})`];
}
