import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Market } from '../../src/market/market.js';
import type { Ticker } from '../../src/market/ticker.js';
import type { ScannerConfigInput } from '../../src/scanner/config.js';
import { parseScannerConfig } from '../../src/scanner/config-schema.js';
import { marketFault, tickerFault } from '../../src/scanner/entry-fault.js';
import { readList } from '../../src/scanner/listed-entries.js';
import {
  askedUniverse,
  filterUniverse,
  listMarkets,
  type Universe,
} from '../../src/scanner/universe.js';
import { fits } from '../../src/scanner/wildcard.js';

const NOW = 1_700_000_000_000;
const DAY = 86_400_000;

function market(symbol: string, more: Partial<Market> = {}): Market {
  const [base, quote] = symbol.split('/');
  return {
    symbol,
    base,
    quote,
    tickSize: 0.01,
    lotSize: 0.01,
    minNotional: 5,
    takerFeeBps: 10,
    ...more,
  };
}

function ticker(symbol: string, more: Partial<Ticker> = {}): Ticker {
  return {
    symbol,
    time: NOW,
    last: 100,
    bid: 99.99,
    ask: 100.01,
    quoteVolume24h: 5e6,
    change24h: 0.02,
    ...more,
  };
}

function universe(
  markets: readonly Market[],
  tickers: readonly Ticker[],
  input: ScannerConfigInput = {},
): Universe {
  const config = parseScannerConfig(input);
  const { entries, errors } = readList('fetchTickers', tickers, tickerFault);
  const listing = listMarkets(readList('fetchMarkets', markets, marketFault), config, NOW);
  return filterUniverse(listing, { tickers: entries, errors }, config);
}

/** One market, A/USDT, against one configuration. */
function one(more: Partial<Ticker>, input: ScannerConfigInput = {}, listedAt?: number): Universe {
  return universe([market('A/USDT', { listedAt })], [ticker('A/USDT', more)], input);
}

describe('the universe', () => {
  test('lets a liquid, moving market through', () => {
    const { candidates, rejections, failures } = one({});
    expect(candidates.map(({ market: { symbol } }) => symbol)).toEqual(['A/USDT']);
    expect([...rejections, ...failures]).toEqual([]);
  });

  test.each([
    ['quote', {}, { quotes: ['EUR', 'USD'] }, undefined, 'quotes with USDT would admit it'],
    ['include', {}, { include: ['B*'] }, undefined, 'include with A/USDT would admit it'],
    ['exclude', {}, { exclude: ['*USDT'] }, undefined, 'exclude without *USDT would admit it'],
    ['age', {}, { minAgeMs: 3 * DAY }, DAY, 'minAgeMs of 86400000 or less'],
    ['min-volume', { quoteVolume24h: 8e5 }, {}, 8e5, 'minQuoteVolume24h of 800000 or less'],
    ['min-change', { change24h: -0.001 }, {}, 0.001, 'minChange24h of 0.001 or less'],
    ['max-spread', { bid: 99, ask: 101 }, {}, 200.006, 'maxSpreadBps of 200.0'],
  ])(
    'rejects by %s with the value and the change that would admit it',
    (rule, more, input, value, text) => {
      const { rejections, candidates } = one(more, input, NOW - DAY);
      expect(candidates).toEqual([]);
      expect(rejections).toHaveLength(1);
      expect(rejections[0]).toMatchObject({ symbol: 'A/USDT', rule });
      expect(rejections[0].nearestMiss).toContain(text);
      if (value === undefined) expect(rejections[0].value).toBeUndefined();
      else expect(rejections[0].value).toBeCloseTo(value, 2);
    },
  );

  test('a remedy admits, and nothing short of it does', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 3e6, noNaN: true }),
        fc.double({ min: -0.02, max: 0.02, noNaN: true }),
        fc.double({ min: 99, max: 99.9, noNaN: true }),
        (quoteVolume24h, change24h, bid) => {
          const found = one({ quoteVolume24h, change24h, bid });
          const remedies = found.rejections.flatMap(({ remedy }) => remedy ?? []);
          for (const { setting, to } of remedies) {
            const after = one({ quoteVolume24h, change24h, bid }, { [setting]: to });
            expect(after.rejections[0]?.rule).not.toBe(found.rejections[0].rule);
          }
          if (/would admit it to the analysis$/.test(found.rejections[0]?.nearestMiss ?? '')) {
            const [{ setting, to }] = remedies;
            expect(
              one({ quoteVolume24h, change24h, bid }, { [setting]: to }).candidates,
            ).toHaveLength(1);
          }
        },
      ),
    );
  });

  test('names everything else that stands in the way', () => {
    const [{ nearestMiss }] = one({ quoteVolume24h: 10, change24h: 0 }).rejections;
    expect(nearestMiss).toBe(
      'minQuoteVolume24h of 10 or less would admit it past min-volume, then min-change would still reject it (0, at least 0.005)',
    );
  });

  test('what is not known is not enough, unless nothing is demanded', () => {
    const unknown = { quoteVolume24h: undefined, change24h: undefined, bid: undefined };
    expect(one(unknown).rejections[0]).toMatchObject({ rule: 'min-volume', value: undefined });
    expect(one(unknown, { minQuoteVolume24h: 0 }).rejections[0].rule).toBe('min-change');
    expect(one(unknown, { minQuoteVolume24h: 0, minChange24h: 0 }).candidates).toHaveLength(1);
    expect(one({}, { minAgeMs: DAY }).candidates).toHaveLength(1);
  });

  test('a market without a ticker is rejected, one with a broken ticker fails', () => {
    const { rejections, failures, funnel } = universe(
      [market('A/USDT'), market('B/USDT'), market('C/USDT')],
      [ticker('B/USDT', { last: Number.NaN }), ticker('C/USDT', { change24h: Number.NaN })],
    );
    expect(rejections).toEqual([expect.objectContaining({ symbol: 'A/USDT', rule: 'ticker' })]);
    expect(failures.map(({ symbol, error }) => [symbol, error.code, error.message])).toEqual([
      ['B/USDT', 'bad_data', 'ticker: last must be a finite price above 0, was NaN'],
      ['C/USDT', 'bad_data', 'ticker: change24h must be finite and above -1, was NaN'],
    ]);
    expect(funnel.at(-1)).toEqual({ rule: 'max-spread', remaining: 0 });
  });

  test('keeps the largest by volume, and says which rank would have done', () => {
    const symbols = ['A/USDT', 'B/USDT', 'C/USDT', 'D/USDT'];
    const volumes = [2e6, 4e6, 4e6, 3e6];
    const { candidates, rejections } = universe(
      symbols.map((symbol) => market(symbol)),
      symbols.map((symbol, i) => ticker(symbol, { quoteVolume24h: volumes[i] })),
      { topByVolume: 2 },
    );
    expect(candidates.map((found) => found.market.symbol)).toEqual(['B/USDT', 'C/USDT']);
    expect(rejections.map(({ symbol, value, remedy }) => [symbol, value, remedy?.to])).toEqual([
      ['A/USDT', 4, 4],
      ['D/USDT', 3, 3],
    ]);
  });

  test('the funnel falls from what is listed to what is analysed', () => {
    const { funnel } = universe(
      [market('A/USDT'), market('B/EUR'), market('C/USDT')],
      [ticker('A/USDT'), ticker('C/USDT', { quoteVolume24h: 1 })],
      { quotes: ['USDT'] },
    );
    expect(funnel.map(({ rule, remaining }) => `${rule} ${remaining}`)).toEqual([
      'listed 3',
      'quote 2',
      'include 2',
      'exclude 2',
      'age 2',
      'ticker 2',
      'top-by-volume 2',
      'min-volume 1',
      'min-change 1',
      'max-spread 1',
    ]);
  });

  test('shards add up to the whole, whatever the rules', () => {
    const symbols = Array.from({ length: 60 }, (_, i) => `S${i}/${i % 7 === 0 ? 'EUR' : 'USDT'}`);
    const markets = symbols.map((symbol) => market(symbol));
    const tickers = symbols
      .filter((_, i) => i % 11 !== 0)
      .map((symbol, i) =>
        ticker(symbol, { quoteVolume24h: i * 1e5, last: i % 13 === 0 ? Number.NaN : 100 }),
      );
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.option(fc.integer({ min: 1, max: 60 }), { nil: undefined }),
        (count, topByVolume) => {
          const input = { quotes: ['USDT'], topByVolume };
          const whole = universe(markets, tickers, input);
          const parts = Array.from({ length: count }, (_, index) =>
            universe(markets, tickers, { ...input, shard: { index, count } }),
          );
          const symbolsOf = (list: readonly { symbol: string }[]): string[] =>
            list.map(({ symbol }) => symbol).toSorted();
          const left = (found: Universe): string[] =>
            symbolsOf([...found.rejections, ...found.failures]);
          expect(parts.flatMap(left).toSorted()).toEqual(left(whole));
          const candidates = (found: Universe): string[] =>
            symbolsOf(found.candidates.map((candidate) => candidate.market));
          expect(parts.flatMap(candidates).toSorted()).toEqual(candidates(whole));
        },
      ),
    );
  });
});

describe('the universe of asked-for symbols', () => {
  test('holds no rule against them, and what the source does not know fails', () => {
    const { candidates, failures } = askedUniverse(
      ['A/USDT', 'B/USDT', 'NOPE'],
      readList('fetchMarkets', [market('A/USDT'), market('B/USDT')], marketFault),
      {
        tickers: new Map([['A/USDT', ticker('A/USDT', { quoteVolume24h: 0, change24h: 0 })]]),
        errors: new Map(),
      },
    );
    expect(candidates.map((found) => found.market.symbol)).toEqual(['A/USDT']);
    expect(failures.map(({ symbol, error }) => [symbol, error.code])).toEqual([
      ['B/USDT', 'insufficient_data'],
      ['NOPE', 'unknown_symbol'],
    ]);
  });
});

describe('a pattern', () => {
  test.each([
    ['BTC/USDT', 'BTC/USDT', true],
    ['BTC/USDT', 'BTC', false],
    ['BTC/USDT', '*', true],
    ['BTC/USDT', 'BTC*', true],
    ['BTC/USDT', '*USDT', true],
    ['BTC/USDT', '*/*', true],
    ['BTC/USDT:USDT', '*USDT*USDT', true],
    ['BTC/USDT', '*USDT*USDT', false],
    ['ab', 'ab*ab', false],
    ['aba', 'ab*ba', false],
    ['abba', 'ab*ba', true],
    ['', '*', true],
    ['BTC/USDT', '', false],
    ['BTC.USDT', 'BTC/USDT', false],
  ])('%j and %j: %s', (text, pattern, expected) => {
    expect(fits(text, pattern)).toBe(expected);
  });
});
