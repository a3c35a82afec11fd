import { describe, expect, test } from 'vitest';
import { ScannerError } from '../../src/errors.js';
import { CandleSeries } from '../../src/market/candle-series.js';
import type { Market } from '../../src/market/market.js';
import { OrderBook } from '../../src/market/order-book.js';
import type { Ticker } from '../../src/market/ticker.js';
import type { DataProvider, DataRequestOptions } from '../../src/ports/data-provider.js';
import type { Logger } from '../../src/ports/logger.js';
import { silentLogger } from '../../src/ports/logger.js';
import { EnhancedMarketScanner } from '../../src/scanner/enhanced-market-scanner.js';
import type { ScanReport } from '../../src/scanner/scan-report.js';
import { VirtualTimers } from '../parallel/virtual-timers.js';
import { expectSound } from './invariants.js';
import { END, inventMarket, provide, SETTINGS } from './invented-market.js';

const DEADLINE_MS = 20_000;
const BAD = 'A/USDT';
const SYMBOLS = [BAD, 'B/USDT', 'C/USDT'];
const honest = provide(SYMBOLS.map((symbol, i) => inventMarket(symbol, 90 + i, 1_600)));

type Method = 'fetchCandles' | 'fetchOrderBook' | 'fetchTrades';

/** The honest source with one method that answers for one symbol as it likes. */
function lying(method: Method, answer: (options: DataRequestOptions) => unknown): DataProvider {
  const truth = honest[method] as (...call: unknown[]) => unknown;
  return {
    ...honest,
    [method]: (...call: unknown[]) =>
      call[0] === BAD ? answer(call.at(-1) as DataRequestOptions) : truth(...call),
  };
}

async function scan(provider: DataProvider, logger: Logger = silentLogger): Promise<ScanReport> {
  const timers = new VirtualTimers();
  await using scanner = new EnhancedMarketScanner({
    provider,
    clock: () => END,
    logger,
    timers,
    config: { ...SETTINGS, deadlineMs: DEADLINE_MS, symbolTimeoutMs: DEADLINE_MS / 2 },
  });
  const report = scanner.scan();
  await timers.advance(DEADLINE_MS);
  return await report;
}

/** What a report says of the symbols that nobody lied about. */
function others({ signals, rejections }: ScanReport): unknown {
  return [...signals, ...rejections].filter(({ symbol }) => symbol !== BAD);
}

const unreadable: object = new Proxy(
  {},
  {
    get(_, key) {
      if (key === 'then') return undefined;
      throw new TypeError(`no ${String(key)} for you`);
    },
  },
);

const ANSWERS: readonly (readonly [string, () => unknown])[] = [
  ['nothing, at once', () => undefined],
  ['a number, at once', () => 5],
  ['null', async () => null],
  ['a text', async () => 'ok'],
  ['a list', async () => [[0, 1, 1, 1, 1, 1]]],
  ['an empty object', async () => ({})],
  ['an error as a value', async () => new Error('here')],
  ['columns of nothing', async () => ({ close: [1], time: [1], price: [1], bids: {}, asks: {} })],
  ['an object that throws when read', async () => unreadable],
  [
    'a text thrown at once',
    () => {
      throw 'boom';
    },
  ],
  ['a rejection with nothing', () => Promise.reject(undefined)],
  ['a promise that never settles', () => new Promise(() => {})],
];

describe('an answer that is not what it must be', () => {
  test.each(ANSWERS)('for candles, %s: fails its symbol alone', async (_, answer) => {
    const report = await scan(lying('fetchCandles', answer));
    expectSound(report, SYMBOLS);
    expect(report.failures).toHaveLength(1);
    const [{ symbol, error }] = report.failures;
    expect({ symbol, isOurs: ScannerError.is(error) }).toEqual({ symbol: BAD, isOurs: true });
    expect(['bad_data', 'network', 'timeout']).toContain(error.code);
    expect(others(report)).toEqual(others(await scan(honest)));
  });

  test.each(ANSWERS)(
    'for a book or trades, %s: costs the evidence or the symbol, no other',
    async (_, answer) => {
      const twin = others(await scan(honest));
      for (const method of ['fetchOrderBook', 'fetchTrades'] as const) {
        const report = await scan(lying(method, answer));
        expectSound(report, SYMBOLS);
        const found = [...report.signals, ...report.rejections].find(
          ({ symbol }) => symbol === BAD,
        );
        const missing = method === 'fetchOrderBook' ? 'no-order-book' : 'no-trades';
        if (found) expect(found.quality).toContain(missing);
        else expect(report.failures[0]).toMatchObject({ symbol: BAD, error: { code: 'timeout' } });
        expect(others(report)).toEqual(twin);
      }
    },
  );

  test('an order book of plain rows is refused as bad_data, and the log says what was expected', async () => {
    const warnings: unknown[] = [];
    const logger = {
      ...silentLogger,
      warn: (_: string, details?: object) => warnings.push(details),
    };
    const plain = async ({ asOf }: DataRequestOptions): Promise<unknown> => ({
      time: asOf,
      bids: [[100, 1]],
      asks: [[101, 1]],
    });
    await scan(lying('fetchOrderBook', plain), logger);
    expect(warnings).toEqual([
      {
        symbol: BAD,
        error: expect.objectContaining({
          code: 'bad_data',
          message: 'fetchOrderBook must give an OrderBook, gave object',
        }),
      },
    ]);
  });
});

describe('objects of another copy of the package', () => {
  const columnsOf = ({ time, open, high, low, close, volume }: CandleSeries): object => ({
    time,
    open,
    high,
    low,
    close,
    volume,
  });

  test('are as good as our own', async () => {
    const foreign: DataProvider = {
      ...honest,
      fetchCandles: async (...call) => columnsOf(await honest.fetchCandles(...call)) as never,
      fetchOrderBook: async (...call) => ({ ...(await honest.fetchOrderBook?.(...call)) }) as never,
      fetchTrades: async (...call) => ({ ...(await honest.fetchTrades?.(...call)) }) as never,
    };
    const { signals, rejections, failures } = await scan(foreign);
    const twin = await scan(honest);
    expect({ signals, rejections, failures }).toEqual({
      signals: twin.signals,
      rejections: twin.rejections,
      failures: [],
    });
  });

  test('are held against the rules of ours', async () => {
    const series = CandleSeries.from([[END - 60_000, 1, 2, 1, 2, 1]]);
    const { failures } = await scan(
      lying('fetchCandles', async () => ({ ...columnsOf(series), high: new Float64Array([0.5]) })),
    );
    expect(failures[0].error).toMatchObject({ code: 'bad_data' });
    expect(failures[0].error.message).toMatch(/^candle row 0: low <= open, close <= high/);
    const book = OrderBook.from({ time: END, bids: [[99, 1]], asks: [[101, 1]] });
    const { bids, asks } = book;
    const crossed = await scan(
      lying('fetchOrderBook', async () => ({ time: END, bids: asks, asks: bids })),
    );
    const found = [...crossed.signals, ...crossed.rejections].find(({ symbol }) => symbol === BAD);
    expect(found?.quality).toContain('no-order-book');
  });
});

describe('a list of markets or tickers', () => {
  const unnamed = [null, undefined, 7, {}, { symbol: 5 }, { symbol: '' }, unreadable];

  test.each(['fetchMarkets', 'fetchTickers'] as const)(
    'of %s may hold entries without a name, which the log counts',
    async (method) => {
      const warnings: unknown[] = [];
      const logger = {
        ...silentLogger,
        warn: (_: string, details?: object) => warnings.push(details),
      };
      const truth = honest[method] as (...call: unknown[]) => Promise<unknown[]>;
      const report = await scan(
        {
          ...honest,
          [method]: async (...call: unknown[]) => [...unnamed, ...(await truth(...call))],
        },
        logger,
      );
      expectSound(report, SYMBOLS);
      expect(others(report)).toEqual(others(await scan(honest)));
      expect(warnings).toEqual([{ call: method, nameless: unnamed.length }]);
    },
  );

  const brokenMarkets: readonly (readonly [string, object, string])[] = [
    ['tickSize', { tickSize: Number.NaN }, 'market: tickSize must be finite and above 0, was NaN'],
    ['lotSize', { lotSize: '0.1' }, 'market: lotSize must be finite and above 0, was "0.1"'],
    [
      'minNotional',
      { minNotional: undefined },
      'market: minNotional must be finite and not negative, was undefined',
    ],
    ['takerFeeBps', { takerFeeBps: null }, 'market: takerFeeBps must be finite, was null'],
    ['quote', { quote: 3 }, 'market: quote must be a name, was 3'],
    ['listedAt', { listedAt: 'x' }, 'market: listedAt must be whole epoch milliseconds, was "x"'],
  ];
  const brokenTickers: readonly (readonly [string, object, string])[] = [
    ['time', { time: Number.NaN }, 'ticker: time must be whole epoch milliseconds, was NaN'],
    ['last', { last: '5' }, 'ticker: last must be a finite price above 0, was "5"'],
    ['bid', { bid: null }, 'ticker: bid must be a finite price above 0, was null'],
    ['crossed', { bid: 101, ask: 100 }, 'ticker: bid must not be above ask, was 101'],
    [
      'quoteVolume24h',
      { quoteVolume24h: '1e9' },
      'ticker: quoteVolume24h must be finite and not negative, was "1e9"',
    ],
    ['change24h', { change24h: -1.5 }, 'ticker: change24h must be finite and above -1, was -1.5'],
  ];

  test.each([
    ...brokenMarkets.map((row) => ['fetchMarkets', ...row] as const),
    ...brokenTickers.map((row) => ['fetchTickers', ...row] as const),
  ])('%s: a broken %s fails its symbol alone', async (method, _, fault, message) => {
    const truth = honest[method] as (...call: unknown[]) => Promise<(Market | Ticker)[]>;
    const report = await scan({
      ...honest,
      [method]: async (...call: unknown[]) =>
        (await truth(...call)).map((entry) =>
          entry.symbol === BAD ? { ...entry, ...fault } : entry,
        ),
    });
    expectSound(report, SYMBOLS);
    expect(report.failures).toEqual([
      { symbol: BAD, error: expect.objectContaining({ code: 'bad_data', symbol: BAD, message }) },
    ]);
    expect(others(report)).toEqual(others(await scan(honest)));
  });

  test.each(['fetchMarkets', 'fetchTickers'] as const)(
    'that names a symbol twice in %s does not say which entry counts',
    async (method) => {
      const truth = honest[method] as (...call: unknown[]) => Promise<(Market | Ticker)[]>;
      const report = await scan({
        ...honest,
        [method]: async (...call: unknown[]) => {
          const entries = await truth(...call);
          return [...entries, ...entries.filter(({ symbol }) => symbol === BAD)];
        },
      });
      expectSound(report, SYMBOLS);
      expect(report.failures[0]).toMatchObject({
        symbol: BAD,
        error: { code: 'bad_data', message: `${method} must give a symbol once, gave it again` },
      });
    },
  );

  test('whose entry throws when it is read fails that symbol', async () => {
    const report = await scan({
      ...honest,
      fetchTickers: async (...call) =>
        (await honest.fetchTickers(...call)).map((entry) =>
          entry.symbol === BAD
            ? Object.defineProperty({ ...entry }, 'last', {
                get: () => {
                  throw new Error('later');
                },
              })
            : entry,
        ),
    });
    expect(report.failures).toEqual([
      {
        symbol: BAD,
        error: expect.objectContaining({
          code: 'bad_data',
          message: 'fetchTickers gave an entry that cannot be read: "later"',
        }),
      },
    ]);
  });

  test('that is refused with "aborted" though nobody aborted is a failure like any other', async () => {
    const gone = async (): Promise<never> => {
      throw new ScannerError('aborted', 'the socket went away');
    };
    const blind = await scan({ ...honest, fetchMarkets: gone });
    expect(blind).toMatchObject({ complete: false, error: { code: 'aborted' } });
    const report = await scan({ ...honest, fetchTickers: gone });
    expectSound(report, SYMBOLS);
    expect(report.failures).toHaveLength(SYMBOLS.length);
  });
});

describe('a source that hangs', () => {
  test.each(['fetchTime', 'fetchMarkets', 'fetchTickers'] as const)(
    'in %s holds a scan up for its deadline and no longer',
    async (method) => {
      const timers = new VirtualTimers();
      await using scanner = new EnhancedMarketScanner({
        provider: { ...honest, [method]: () => new Promise(() => {}) },
        timers,
        config: { ...SETTINGS, deadlineMs: DEADLINE_MS },
      });
      const scanning = scanner.scan({ symbols: SYMBOLS });
      await timers.advance(DEADLINE_MS);
      const report = await scanning;
      expectSound(report, SYMBOLS);
      expect(report.durationMs).toBe(DEADLINE_MS);
      expect(timers.pending).toBe(0);
      expect(report.failures.map(({ error }) => error.code)).toEqual(SYMBOLS.map(() => 'timeout'));
      expect(report.error?.message).toMatch(`${method} must finish within`);
    },
  );
});
