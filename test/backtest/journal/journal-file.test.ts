import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { SignalJournal } from '../../../src/backtest/journal/journal-file.js';
import { readJournal } from '../../../src/backtest/journal/journal-text.js';
import { bundled } from '../../bundled.js';
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
    expect(journal.torn).toBe(0);
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
        const lines = text.slice(0, cut).split('\n');
        const isTorn = lines.at(-1) !== '';
        // Nothing but the end of the line may be missing, and then the line is whole.
        const isCut = isTorn && !text.startsWith('\n', cut);
        await keep(path, [aSignal({ time: 99 })]);
        const { entries: read, torn } = readJournal(readFileSync(path, 'utf8'));
        expect(torn).toBe(isCut ? 1 : 0);
        const whole = entries.slice(0, lines.length - (isTorn && !isCut ? 0 : 1));
        expect(read).toEqual([...whole, aSignal({ time: 99 })]);
        expect(readFileSync(path, 'utf8').startsWith(text.slice(0, cut))).toBe(true);
      }),
      { numRuns: 25 },
    );
  });

  it('is kept by several at once: each has what the others added, and nothing is told twice', async () => {
    const path = journalPath();
    await using one = await SignalJournal.open(path);
    await using other = await SignalJournal.open(path);
    await one.add([aSignal({ time: 1 })]);
    await other.add([aSignal({ time: 1 }), aSignal({ time: 2 })]);
    await one.add([aSignal({ time: 3 })]);
    const all = [1, 2, 3].map((time) => aSignal({ time }));
    expect(one.entries).toEqual(all);
    await other.add([]);
    expect(other.entries).toEqual(all);
    expect(readFileSync(path, 'utf8').trim().split('\n')).toHaveLength(3);
  });

  it('opened again in the middle of a write leaves the writer its file', async () => {
    const path = journalPath();
    await using writer = await SignalJournal.open(path);
    await writer.add([aSignal({ time: 1 })]);
    appendFileSync(path, '{"kind":"signal","id":"ha');
    await using reader = await SignalJournal.open(path);
    expect(reader.torn).toBe(1);
    await writer.add([aSignal({ time: 2 })]);
    await writer.add([aSignal({ time: 3 })]);
    const { entries, torn } = readJournal(readFileSync(path, 'utf8'));
    expect(entries).toEqual([1, 2, 3].map((time) => aSignal({ time })));
    expect(torn).toBe(1);
  });

  it('loses nothing that it said was kept when there is no more room, and goes on when there is', async () => {
    const path = journalPath();
    const writer = await bundled('test/backtest/journal/limited-writer.ts', 'dist/test-journal');
    const script = `ulimit -f 8; exec "${process.execPath}" "${writer}" "${path}"`;
    const { kept, message } = JSON.parse(
      execFileSync('bash', ['-c', script], { encoding: 'utf8' }),
    );
    expect(kept).toBeGreaterThan(5);
    expect(message).toContain('could not be written to');
    expect(readFileSync(path, 'utf8').endsWith('\n')).toBe(false);
    await keep(path, [aSignal({ time: kept })]);
    const { entries, torn } = readJournal(readFileSync(path, 'utf8'));
    expect(entries).toEqual(Array.from({ length: kept + 1 }, (_, time) => aSignal({ time })));
    expect(torn).toBe(1);
  });

  it('that was moved away or cut short while it was open takes no more, and says so', async () => {
    for (const disturb of [(path: string) => renameSync(path, `${path}.1`), truncateSync]) {
      const path = journalPath();
      await using journal = await SignalJournal.open(path);
      await journal.add([aSignal({ time: 1 })]);
      disturb(path);
      await expect(journal.add([aSignal({ time: 2 })])).rejects.toMatchObject({
        code: 'config',
        message: expect.stringContaining('open it again'),
      });
    }
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
