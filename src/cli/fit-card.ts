import { FITTED_HORIZONS_MS, type HistorySet } from '../backtest/model-card-fit.js';
import { readHistory } from '../backtest/read-history.js';
import { quote, ScannerError } from '../errors.js';
import type { HorizonModel, ModelCard } from '../forecast/model-card.js';
import { throwIfAborted } from '../parallel/deadline.js';
import { modelCardLines } from '../report/model-card-text.js';
import type { CalibrateFlags } from './calibrate-flags.js';
import type { Context } from './context.js';
import { EXIT, Refusal } from './exit-code.js';
import { jsonText } from './json.js';
import { requireWritable } from './output-file.js';
import { fingerprint } from './past/fingerprint.js';
import { packSet } from './past/packed-history.js';
import { PastThreads } from './past/past-threads.js';
import { leaveOut } from './past/read-past.js';
import { rounded } from './past/rounded-card.js';
import { goesOn, isKept, WorkFolder } from './past/work-folder.js';
import { openPast } from './past.js';
import { progressBar } from './progress.js';
import { printLines } from './terminal.js';
import { writeWhole } from './write-lines.js';

/** Fits horizon after horizon; what is fitted is on disk before the next, so an interrupted run goes on where it was. */
export async function calibrate(flags: CalibrateFlags, context: Context): Promise<void> {
  const { terminal, signal } = context;
  requireDifferent(flags.source);
  await requireWritable('--out', flags.out);
  const sets: HistorySet[] = [];
  for (const source of flags.source) sets.push(await readSet(source, flags, context));
  const work = await WorkFolder.beside('--out', flags.out);
  try {
    const text = jsonText(rounded(await fittedCard(sets, flags, work, context)), 2);
    await writeWhole(flags.out, async (write) => write(text));
    await work.remove();
    if (flags.json) await terminal.print(`${text}\n`);
    else {
      const card = JSON.parse(text) as ModelCard;
      await printLines(terminal, modelCardLines(card, flags.out, terminal));
    }
  } catch (error) {
    if (signal.aborted) terminal.warn(isKept(work, FITTED_HORIZONS_MS.length, 'horizons'));
    throw error;
  } finally {
    await work.tidy();
  }
}

/** A set that is there twice would be judged by a fit on itself. */
function requireDifferent(sources: readonly string[]): void {
  const twice = sources.find((source, i) => sources.indexOf(source) < i);
  if (twice === undefined) return;
  throw new Refusal(EXIT.usage, `--source ${quote(twice)} is there twice, and would judge itself`);
}

async function fittedCard(
  sets: readonly HistorySet[],
  flags: CalibrateFlags,
  work: WorkFolder,
  { terminal, signal }: Context,
): Promise<ModelCard> {
  const print = fingerprint(
    [flags.decisions, sets.map(({ name }) => name)],
    sets.flatMap(({ histories }) => histories.map(({ base }) => base)),
  );
  const fitted = await keptHorizons(work, print);
  if (fitted.length > 0) terminal.warn(goesOn(work, FITTED_HORIZONS_MS.length, 'horizons'));
  const options = {
    id: idOf(sets),
    command: commandOf(flags),
    sampledDecisions: flags.decisions,
    fitted,
  };
  const bar = await progressBar(terminal, 'calibrating');
  const keeping: Promise<void>[] = [];
  await using threads = new PastThreads(1, signal);
  try {
    const card = await threads.run<'fit'>(
      () => ({ kind: 'fit', sets: sets.map(packSet), options }),
      ({ done, doing, total, fitted: model }) => {
        if (model !== undefined) keeping.push(keep(model));
        else bar.update({ symbol: doing ?? '', done, total: total ?? 0 });
      },
    );
    await Promise.all(keeping);
    return card;
  } finally {
    bar.stop();
  }

  function keep(model: HorizonModel): Promise<void> {
    const kept = work.keep(nameOf(model.horizonMs), print, jsonText(model));
    // It is awaited when the fit is over.
    kept.catch(() => {});
    return kept;
  }
}

async function keptHorizons(work: WorkFolder, print: string): Promise<readonly HorizonModel[]> {
  const texts = await Promise.all(
    FITTED_HORIZONS_MS.map((horizonMs) => work.read(nameOf(horizonMs), print)),
  );
  return texts.flatMap((text) => (text === undefined ? [] : (JSON.parse(text) as HorizonModel)));
}

function nameOf(horizonMs: number): string {
  return `horizon-${horizonMs}`;
}

/** The command to print in the card, so that a reader can run it again. */
function commandOf({ source, decisions, without = [] }: CalibrateFlags): string {
  const sources = source.map((each) => ` --source ${each}`).join('');
  const left = without.length > 0 ? ` --without ${without.join(',')}` : '';
  return `ems calibrate${sources}${left} --decisions ${decisions}`;
}

async function readSet(
  source: string,
  { without = [] }: CalibrateFlags,
  context: Context,
): Promise<HistorySet> {
  const { provider, markets, asOf } = await openPast({ source });
  const histories = [];
  for (const { symbol } of markets) {
    throwIfAborted(context.signal);
    if (without.includes(symbol)) continue;
    try {
      histories.push(await readHistory(provider, symbol, { asOf }));
    } catch (error) {
      if (!ScannerError.is(error)) throw error;
      leaveOut(symbol, error, context);
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
