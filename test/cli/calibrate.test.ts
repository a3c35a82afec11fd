import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultModelCard } from '../../src/forecast/default-model-card.js';
import { readModelCard } from '../../src/forecast/read-model-card.js';
import { wanderingMarket } from '../backtest/wandering-market.js';
import { ems, folderOf } from './ems.js';

const HEADER = 'timestamp,open,high,low,close,volume';

/** A folder with a fortnight of one symbol. */
function fortnight(seed: number): string {
  const { base } = wanderingMarket(seed, 14);
  const rows = Array.from(base, ({ time, open, high, low, close, volume }) =>
    [time, open, high, low, close, volume].join(','),
  );
  return folderOf({ 'WAN-USDT-5m.csv': `${[HEADER, ...rows].join('\n')}\n` });
}

describe('ems calibrate', () => {
  it('writes a card that scans and back-tests take', async () => {
    const [one, two] = [fortnight(7), fortnight(8)];
    const out = join(folderOf({}), 'card.json');
    const sources = ['--source', `files:${one}`, '--source', `files:${two}`];
    const done = await ems(['calibrate', ...sources, '--out', out, '--decisions', '100', '--json']);
    expect(done.code).toBe(0);
    const card = readModelCard(readFileSync(out, 'utf8'));
    expect(JSON.parse(done.stdout)).toEqual(card);
    expect(card.horizons.map(({ horizonMs }) => horizonMs / 3_600_000)).toEqual([1, 4, 24]);
    expect(card.provenance.data).toHaveLength(2);
    expect(existsSync(`${out}.part`)).toBe(false);
    const scan = await ems(['scan', '--json', '--at', '2024-05-01', '--card', out]);
    const { signals } = JSON.parse(scan.stdout) as {
      signals: { winProbability: { model: string } }[];
    };
    expect(signals[0].winProbability.model).toBe(card.id);
    const events = join(folderOf({}), 'events.ndjson');
    const past = ['--source', `files:${two}`, '--card', out, '--events', events];
    expect((await ems(['backtest', ...past])).code).toBe(0);
    expect(readFileSync(events, 'utf8').split('\n').length).toBeGreaterThan(1000);
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
