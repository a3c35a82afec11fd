import { setImmediate } from 'node:timers/promises';
import { fitModelCard, type HistorySet } from '../backtest/model-card-fit.js';
import { readHistory } from '../backtest/read-history.js';
import { ScannerError } from '../errors.js';
import type { ModelCard } from '../forecast/model-card.js';
import { throwIfAborted } from '../parallel/deadline.js';
import { printable } from '../report/columns.js';
import { modelCardLines } from '../report/model-card-text.js';
import type { CalibrateFlags } from './calibrate-flags.js';
import type { Context } from './context.js';
import { EXIT, Refusal } from './exit-code.js';
import { jsonText } from './json.js';
import { PartialCard, replaceFile } from './partial-card.js';
import { openPast } from './past.js';
import { progressBar } from './progress.js';
import { printLines } from './terminal.js';

/** Digits that are kept of a fitted number: more than the data know. */
const DIGITS = 6;

/** Fits horizon after horizon; what is fitted is on disk before the next, so an interrupted run goes on where it was. */
export async function calibrate(flags: CalibrateFlags, context: Context): Promise<void> {
  const { terminal } = context;
  const sets = [];
  for (const source of flags.source) sets.push(await readSet(source, flags, context));
  const part = await PartialCard.open(`${flags.out}.part`, sets, flags.decisions);
  const bar = await progressBar(terminal, 'calibrating');
  const command = `ems calibrate ${flags.source.map((source) => `--source ${source}`).join(' ')}`;
  try {
    const card = rounded(
      fitModelCard(sets, {
        id: idOf(sets),
        command,
        sampledDecisions: flags.decisions,
        fitted: part.horizons,
        onHorizon: (model) => part.keep(model),
        onProgress(step, done, total) {
          throwIfAborted(context.signal);
          bar.update({ symbol: step, done, total });
        },
      }),
    );
    await replaceFile(flags.out, `${jsonText(card, 2)}\n`);
    await part.remove();
    bar.stop();
    if (flags.json) await terminal.print(`${jsonText(card, 2)}\n`);
    else await printLines(terminal, modelCardLines(card, flags.out, terminal));
  } finally {
    bar.stop();
  }
}

async function readSet(
  source: string,
  { without = [] }: CalibrateFlags,
  context: Context,
): Promise<HistorySet> {
  const { provider, markets, asOf } = await openPast({ source });
  const histories = [];
  for (const { symbol } of markets) {
    // A turn for whoever interrupts.
    await setImmediate();
    throwIfAborted(context.signal);
    if (without.includes(symbol)) continue;
    try {
      histories.push(await readHistory(provider, symbol, { asOf }));
    } catch (error) {
      if (!ScannerError.is(error)) throw error;
      context.terminal.warn(printable(`ems: ${symbol} was left out: ${error.message}`));
      context.exitCode = EXIT.partial;
    }
  }
  if (histories.length > 0) return { name: source, histories };
  throw new Refusal(EXIT.noSource, `${source} has no symbol to calibrate on`);
}

/** Named after the newest month it has seen. */
function idOf(sets: readonly HistorySet[]): string {
  const newest = Math.max(
    ...sets.flatMap(({ histories }) => histories.map(({ base }) => base.time[base.length - 1])),
  );
  return `calibrated-${new Date(newest).toISOString().slice(0, 7)}`;
}

function rounded(card: ModelCard): ModelCard {
  const text = JSON.stringify(card, (_, value: unknown) =>
    typeof value === 'number' && !Number.isInteger(value)
      ? Number(value.toPrecision(DIGITS))
      : value,
  );
  return JSON.parse(text) as ModelCard;
}
