import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import type { HistorySet } from '../backtest/model-card-fit.js';
import type { HorizonModel } from '../forecast/model-card.js';

/** Horizons that an interrupted calibration has left: a line each, after one that says of which data. */
export class PartialCard {
  readonly horizons: readonly HorizonModel[];
  readonly #path: string;

  private constructor(path: string, horizons: readonly HorizonModel[]) {
    this.#path = path;
    this.horizons = horizons;
  }

  /** What is there of the same data and settings; what belongs to others is replaced. */
  static async open(
    path: string,
    sets: readonly HistorySet[],
    decisions: number,
  ): Promise<PartialCard> {
    const name = nameOf(sets, decisions);
    const [first, ...lines] = linesOf(path);
    if (first === name) return new PartialCard(path, lines.map(asModel));
    await replaceFile(path, `${name}\n`);
    return new PartialCard(path, []);
  }

  /** Adds a horizon; on disk when it returns, because a fit gives nobody else a turn. */
  keep(model: HorizonModel): void {
    const file = openSync(this.#path, 'a');
    try {
      writeSync(file, `${JSON.stringify(model)}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  }

  /** Forgets the work once the whole card is written. */
  remove(): Promise<void> {
    return rm(this.#path, { force: true });
  }
}

/** Puts a text in a file's place, whole. */
export async function replaceFile(path: string, text: string): Promise<void> {
  const next = `${path}.next`;
  const file = await open(next, 'w');
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(next, path);
}

/** Whole lines alone: what a crash left of a last one is not among them. */
function linesOf(path: string): readonly string[] {
  try {
    return readFileSync(path, 'utf8').split('\n').slice(0, -1);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

function asModel(line: string): HorizonModel {
  return JSON.parse(line) as HorizonModel;
}

function nameOf(sets: readonly HistorySet[], decisions: number): string {
  const hash = createHash('sha256').update(String(decisions));
  for (const { name, histories } of sets) {
    hash.update(name);
    for (const { symbol, base } of histories) {
      hash.update(symbol);
      for (const column of [base.time, base.open, base.high, base.low, base.close, base.volume]) {
        hash.update(column);
      }
    }
  }
  return hash.digest('hex');
}
