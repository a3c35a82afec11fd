import type { ScanReport } from '../scanner/scan-report.js';
import type { SignalChange } from '../scanner/signal-changes.js';
import type { MarketSignal } from '../scoring/signal.js';
import { momentText, priceText, signedText } from './quantity.js';
import { reasonLine } from './reasons.js';
import type { TextStyle } from './style.js';

/** What a report says that was not told before: signals that came, turned, moved or expired. */
export function changeLines(
  { asOf, signals }: ScanReport,
  changes: readonly SignalChange[],
  style: TextStyle,
): readonly string[] {
  const news = changes.length === 0 ? ', nothing new' : '';
  return [
    `${style.colors.bold(momentText(asOf))} ${signals.length} signals${news}`,
    ...changes.map((change) => `  ${changeLine(change, style)}`),
  ];
}

function changeLine(change: SignalChange, style: TextStyle): string {
  const { green, yellow, dim } = style.colors;
  if (change.kind === 'expired') {
    const { symbol, reason } = change;
    const why = reason === 'unreadable' ? 'could not be read' : `rejected by ${reason}`;
    return `${dim('-')} ${symbol} ${why}`;
  }
  const { signal } = change;
  if (change.kind === 'new') return `${green('+')} ${inFull(signal, style)}`;
  const { direction, score } = change.previous;
  if (direction !== signal.direction) return `${yellow('!')} ${inFull(signal, style)}`;
  const moved = signedText(signal.score - score, 3);
  return `${yellow('~')} ${signal.symbol} ${signal.direction} ${signal.score.toFixed(3)} (${moved})`;
}

function inFull(signal: MarketSignal, style: TextStyle): string {
  const { symbol, direction, score, entryPrice } = signal;
  const headline = `${symbol} ${direction} ${score.toFixed(3)} at ${priceText(entryPrice)}`;
  return `${headline}, ${reasonLine(signal, style.width - headline.length - 6)}`;
}
