import { mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { SignalJournal } from '../../../src/backtest/journal/journal-file.js';
import { readJournal } from '../../../src/backtest/journal/journal-text.js';
import { aHistory, anOutcome, aSignal } from './entries.js';

function journalPath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ems-journal-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'signals.ndjson');
}

async function keep(path: string, entries: Parameters<SignalJournal['add']>[0]): Promise<void> {
  await using journal = await SignalJournal.open(path);
  await journal.add(entries);
}

describe('SignalJournal', () => {
  it('keeps what was added, across openings, for its owner alone', async () => {
    const path = journalPath();
    const first = aSignal();
    await keep(path, [first]);
    await keep(path, [anOutcome(first)]);
    await using journal = await SignalJournal.open(path);
    expect(journal.entries).toEqual([first, anOutcome(first)]);
    expect(journal.wasTorn).toBe(false);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('takes a signal that is told again for the one it has', async () => {
    const path = journalPath();
    await keep(path, [aSignal(), aSignal()]);
    await keep(path, [aSignal(), aSignal({ time: 1 })]);
    expect(readJournal(readFileSync(path, 'utf8')).entries).toHaveLength(2);
  });

  it('keeps the order of additions that were not awaited', async () => {
    const path = journalPath();
    await using journal = await SignalJournal.open(path);
    const signals = Array.from({ length: 20 }, (_, time) => aSignal({ time }));
    await Promise.all(signals.map((signal) => journal.add([signal])));
    expect(readJournal(readFileSync(path, 'utf8')).entries).toEqual(signals);
  });

  it('survives a write that was cut off anywhere', async () => {
    const entries = aHistory(3, 0.5, () => ({}));
    const text = entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');
    await fc.assert(
      fc.asyncProperty(fc.nat(text.length), async (cut) => {
        const path = journalPath();
        writeFileSync(path, text.slice(0, cut));
        const whole = text.slice(0, cut).split('\n').length - 1;
        await keep(path, [aSignal({ time: 99 })]);
        const read = readJournal(readFileSync(path, 'utf8'));
        expect(read.torn).toBe(false);
        expect(read.entries).toEqual([...entries.slice(0, whole), aSignal({ time: 99 })]);
      }),
      { numRuns: 25 },
    );
  });

  it('refuses a file that is no journal, names the line, and leaves it as it was', async () => {
    const path = journalPath();
    const text = `${JSON.stringify(aSignal())}\n{"kind":"signal","id":"x"}\nhalf`;
    writeFileSync(path, text);
    await expect(SignalJournal.open(path)).rejects.toMatchObject({
      code: 'bad_data',
      message: expect.stringContaining('line 2'),
    });
    expect(readFileSync(path, 'utf8')).toBe(text);
  });

  it('refuses a link to another file, and a folder', async () => {
    const path = journalPath();
    writeFileSync(`${path}.other`, '');
    symlinkSync(`${path}.other`, path);
    await expect(SignalJournal.open(path)).rejects.toMatchObject({ code: 'config' });
    await expect(SignalJournal.open(tmpdir())).rejects.toMatchObject({ code: 'config' });
  });
});
