import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readJournal } from '../../src/backtest/journal/journal-text.js';
import { defaultModelCard } from '../../src/forecast/default-model-card.js';
import { ems, folderOf } from './ems.js';

const AT = '2024-05-01';

/** A journal of the signals of one scan. */
async function kept(): Promise<string> {
  const journal = join(folderOf({}), 'signals.ndjson');
  const { code } = await ems(['scan', '--journal', journal, '--at', AT]);
  expect(code).toBe(0);
  return journal;
}

function kinds(journal: string): readonly string[] {
  const lines = readFileSync(journal, 'utf8').trim().split('\n');
  return lines.map((line) => (JSON.parse(line) as { kind: string }).kind);
}

/** How far each signal's chance of the target is from that of no skill. */
function opinionsIn(report: string): readonly number[] {
  const { signals } = JSON.parse(report) as {
    signals: { winProbability: { value: number; noSkill: number } }[];
  };
  return signals.map(({ winProbability: { value, noSkill } }) => value - noSkill);
}

describe('ems grade', () => {
  it('finds out what became of the signals that a scan kept, and never asks twice', async () => {
    const journal = await kept();
    const signals = kinds(journal).length;
    expect(signals).toBeGreaterThan(2);
    const early = await ems(['grade', '--journal', journal, '--at', AT, '--json']);
    expect(JSON.parse(early.stdout)).toMatchObject({ graded: 0, open: signals });
    const grade = ['grade', '--journal', journal, '--at', '2024-05-03'];
    const first = await ems([...grade, '--json']);
    expect(first.code).toBe(0);
    expect(JSON.parse(first.stdout)).toMatchObject({ open: 0, fallsBack: false });
    const written = readFileSync(journal, 'utf8');
    expect(kinds(journal).filter((kind) => kind === 'outcome')).toHaveLength(signals);
    const again = await ems(grade);
    expect(again.stdout).toContain('graded signals, 0 still open');
    expect(again.stdout).toMatch(/target reached .*; forecast \d.*, no skill \d/);
    expect(again.stdout).toContain('stand until 50 signals on 10 days can judge them');
    expect(readFileSync(journal, 'utf8')).toBe(written);
  });

  it('goes on with a journal whose last line a crash has torn, and says so', async () => {
    const journal = await kept();
    const whole = readFileSync(journal, 'utf8');
    appendFileSync(journal, '{"kind":"outc');
    const { code, stderr } = await ems(['grade', '--journal', journal, '--at', AT]);
    expect(code).toBe(0);
    expect(stderr).toContain("1 of the journal's lines were cut short");
    expect(readJournal(readFileSync(journal, 'utf8'))).toEqual({ ...readJournal(whole), torn: 1 });
  });

  it('refuses a journal that is not there, and makes none', async () => {
    const missing = join(folderOf({}), 'signals.ndjson');
    const { code, stderr } = await ems(['grade', '--journal', missing]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/takes a file that ems scan --journal has kept, .* does not exist/);
    expect(existsSync(missing)).toBe(false);
  });

  it('refuses a journal that is none, in a sentence', async () => {
    const folder = folderOf({ 'notes.txt': 'buy low\n' });
    const { code, stderr } = await ems(['grade', '--journal', join(folder, 'notes.txt')]);
    expect(code).toBe(2);
    expect(stderr).toContain('line 1');
  });

  it('grades each signal by the finest candles that reach back to it, however old others are', async () => {
    const HOUR = 3_600_000;
    const rowsOf = (stepMs: number, from: number, prices: (k: number) => string) => {
      const count = (50 * HOUR - from) / stepMs;
      const rows = Array.from({ length: count }, (_, k) => `${from + k * stepMs},${prices(k)},1`);
      return ['timestamp,open,high,low,close,volume', ...rows, ''].join('\n');
    };
    // The last hour begins with a candle of five minutes that reaches both levels: the target first, as shorter ones tell.
    const shorter = ['100,103,100,100', '100,100,98,100'];
    const stands = '100,100,100,100';
    const lines = [0, 49].map((hour) => {
      const [time, id] = [hour * HOUR, `X/USDT ${hour}`];
      const levels = { entryPrice: 100, takeProfit: 102, stopLoss: 99, horizonMs: HOUR };
      const chances = { p: 0.4, noSkill: 0.4, cost: 0, score: 0.5, tradeable: false };
      return { kind: 'signal', id, symbol: 'X/USDT', time, side: 'long', ...levels, ...chances };
    });
    const folder = folderOf({
      'signals.ndjson': lines.map((line) => `${JSON.stringify(line)}\n`).join(''),
      'X-USDT-3m.csv': rowsOf(180_000, 49 * HOUR, (k) => shorter[k] ?? stands),
      'X-USDT-5m.csv': rowsOf(300_000, 0, (k) => (k === 49 * 12 ? '100,103,98,100' : stands)),
    });
    const journal = join(folder, 'signals.ndjson');
    const { code } = await ems(['grade', '--journal', journal, '--source', `files:${folder}`]);
    expect(code).toBe(0);
    const { entries } = readJournal(readFileSync(journal, 'utf8'));
    const outcomes = entries.flatMap((entry) => (entry.kind === 'outcome' ? [entry] : []));
    expect(new Map(outcomes.map(({ id, outcome }) => [id, outcome]))).toEqual(
      new Map([
        ['X/USDT 0', 'timeout'],
        ['X/USDT 49', 'target'],
      ]),
    );
  });

  it('has the next scan trust only what the record bears out', async () => {
    const lines = Array.from({ length: 120 }, (_, i) => {
      const time = i * 43_200_000;
      const id = `X/USDT ${time}`;
      const isHit = i % 5 < 2;
      const numbers = { entryPrice: 1, takeProfit: 1.02, stopLoss: 0.99, horizonMs: 864e5 };
      const chances = { p: i % 2 === 0 ? 0.95 : 0.05, noSkill: 0.4, cost: 0, score: 0.5 };
      const signal = { kind: 'signal', id, symbol: 'X/USDT', time, side: 'long', ...numbers };
      const outcome = { kind: 'outcome', id, outcome: isHit ? 'target' : 'stop' };
      const ended = { endedAt: time + 864e5, netReturn: 0 };
      return [
        { ...signal, ...chances, tradeable: false },
        { ...outcome, ...ended },
      ];
    }).flat();
    const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
    const tilt = { weights: defaultModelCard.tilt.weights.map(() => 0.02), provenShare: 0 };
    const folder = folderOf({
      'signals.ndjson': text,
      'card.json': JSON.stringify({ ...defaultModelCard, tilt }),
    });
    const scan = ['scan', '--json', '--card', join(folder, 'card.json'), '--at', AT];
    expect(opinionsIn((await ems(scan)).stdout).some((opinion) => opinion !== 0)).toBe(true);
    const graded = await ems([...scan, '--journal', join(folder, 'signals.ndjson')]);
    expect(graded.stderr).toContain('fall back');
    const opinions = opinionsIn(graded.stdout);
    expect(opinions.length).toBeGreaterThan(2);
    expect(opinions.every((opinion) => opinion === 0)).toBe(true);
  });
});
