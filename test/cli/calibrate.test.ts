import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultModelCard } from '../../src/forecast/default-model-card.js';
import { readModelCard } from '../../src/forecast/read-model-card.js';
import { trendingMarket } from '../backtest/trending-market.js';
import { ems, folderOf } from './ems.js';

const DAYS = 35;

/** A folder of markets in which a trend that lasts can be told from candles. */
function trends(...seeds: readonly number[]): string {
  const csv = (seed: number) => {
    const rows = Array.from(
      trendingMarket(seed, DAYS, 0.12),
      ({ time, open, high, low, close, volume }) =>
        [time, open, high, low, close, volume].join(','),
    );
    return `timestamp,open,high,low,close,volume\n${rows.join('\n')}\n`;
  };
  return folderOf(Object.fromEntries(seeds.map((seed) => [`T${seed}-USDT-5m.csv`, csv(seed)])));
}

describe('ems calibrate', () => {
  it('writes a card that finds a planted edge, and that scans and back-tests take', async () => {
    const out = join(folderOf({}), 'card.json');
    const sources = [
      '--source',
      `files:${trends(6500, 6501)}`,
      '--source',
      `files:${trends(6600, 6601)}`,
    ];
    const done = await ems(['calibrate', ...sources, '--out', out, '--decisions', '100', '--json']);
    expect(done.code).toBe(0);
    const card = readModelCard(readFileSync(out, 'utf8'));
    expect(JSON.parse(done.stdout)).toEqual(card);
    expect(card.horizons.map(({ horizonMs }) => horizonMs / 3_600_000)).toEqual([1, 4, 24]);
    expect(card.provenance.data).toHaveLength(2);
    expect(card.provenance.command).toContain('--decisions 100');
    expect(card.tilt.provenShare).toBeGreaterThan(0);
    expect(existsSync(`${out}.part`)).toBe(false);
    const scan = await ems(['scan', '--json', '--at', '2024-05-01', '--card', out]);
    const { signals } = JSON.parse(scan.stdout) as {
      signals: { winProbability: { model: string } }[];
    };
    expect(signals[0].winProbability.model).toBe(card.id);
    const folder = folderOf({});
    const past = ['--source', `files:${trends(9000, 9001)}`, '--card', out, '--every', '1h'];
    const kept = ['--trials', join(folder, 'trials.ndjson'), '--json', '--tradeable'];
    const traded = await ems(['backtest', ...past, ...kept], { MIN_VOLUME: '0' });
    expect({ code: traded.code, stderr: traded.stderr }).toEqual({ code: 0, stderr: '' });
    const report = JSON.parse(traded.stdout);
    expect(report.tradeable).toBeGreaterThan(50);
    expect(report.terms.cards).toMatchObject([{ id: card.id }]);
    expect(report.expectancyBps.low).toBeGreaterThan(0);
    expect(report.permutationChance).toBeLessThan(0.05);
  });

  it('takes a single source, and says that no other judged it', async () => {
    const out = join(folderOf({}), 'card.json');
    const source = ['--source', `files:${trends(6500)}`];
    const done = await ems(['calibrate', ...source, '--out', out, '--decisions', '100']);
    expect(done.stdout).toMatch(/24 h .* unknown$/m);
    const scan = await ems(['scan', '--json', '--at', '2024-05-01', '--card', out]);
    expect(scan.stderr).toBe('');
    const { signals } = JSON.parse(scan.stdout) as { signals: { winProbability: object }[] };
    expect(signals[0].winProbability).toMatchObject({ low: 0, high: 1, sampleSize: 0 });
  });

  it('refuses a source that would judge itself, and candles too few to fit on', async () => {
    const out = join(folderOf({}), 'card.json');
    const source = ['--source', `files:${trends(6500)}`];
    const twice = await ems(['calibrate', ...source, ...source, '--out', out]);
    expect(twice.code).toBe(2);
    expect(twice.stderr).toContain('is there twice, and would judge itself');
    const minutes = Array.from({ length: 300 }, (_, i) => `${i * 300_000},1,2,1,${1 + (i % 2)},1`);
    const short = folderOf({
      'A-USDT-5m.csv': `timestamp,open,high,low,close,volume\n${minutes.join('\n')}\n`,
    });
    const few = await ems(['calibrate', '--source', `files:${short}`, '--out', out]);
    expect(few.code).toBe(4);
    expect(few.stderr).toContain('a fit of 1 h needs a symbol that moves, with a week of candles');
    expect(existsSync(out)).toBe(false);
  });

  it('refuses what is no card, naming what is wrong', async () => {
    const [first] = defaultModelCard.horizons;
    const cards: readonly [object, string][] = [
      [{}, 'id must be a name'],
      [{ ...defaultModelCard, horizons: [] }, 'horizons must be a list'],
      [{ ...defaultModelCard, horizons: [{ ...first, weights: [1] }] }, 'horizons[0].weights'],
      [{ ...defaultModelCard, horizons: [first, first] }, 'horizons[1].horizonMs'],
      [
        {
          ...defaultModelCard,
          horizons: [{ ...first, touch: { sigmaScale: 1, sigmaSpread: 0.8 } }],
        },
        'horizons[0].touch.sigmaSpread must be a number of at least 0 and at most 0.5, was 0.8',
      ],
      [{ ...defaultModelCard, tilt: { weights: [], provenShare: 0 } }, 'tilt.weights'],
      [
        { ...defaultModelCard, tilt: { ...defaultModelCard.tilt, provenShare: 1.5 } },
        'tilt.provenShare must be a number of at least 0 and at most 1, was 1.5',
      ],
    ];
    for (const [card, words] of cards) {
      expect(() => readModelCard(JSON.stringify(card))).toThrow(words);
    }
    const path = join(folderOf({ 'card.json': '{' }), 'card.json');
    const { code, stderr } = await ems(['scan', '--card', path]);
    expect(code).toBe(2);
    expect(stderr).toContain('must be JSON');
  });
});
