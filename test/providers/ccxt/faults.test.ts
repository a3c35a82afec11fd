import { gzipSync } from 'node:zlib';
import ccxt from 'ccxt';
import { describe, expect, it } from 'vitest';
import { ScannerError } from '../../../src/errors.js';
import type { CandleSeries } from '../../../src/market/candle-series.js';
import { LocalRateBudget } from '../../../src/parallel/rate-budget.js';
import { ccxtProvider } from '../../../src/providers/ccxt/ccxt-provider.js';
import { VirtualTimers } from '../../parallel/virtual-timers.js';
import * as faults from '../../stand-in-exchange/misbehaviour.js';
import { TurnTimers } from '../../stand-in-exchange/turn-timers.js';
import { type Connected, connect, NOW } from './ccxt-stand-in.js';

const { status } = faults;
const TIMEOUT_MS = 8_000;
/** What a few turns of the event loop may add to it. */
const TURNS_MS = 100;
const SYMBOL = 'BTC/USDT:USDT';
const CANDLES = '/market/candles';
const HTML = '<html><body>Access denied</body></html>';

/** An error of Bitget's, in its own form. */
const bitget = (http: number, code: string) =>
  status(http, { code, msg: `says ${code}`, requestTime: 1, data: null });

/** Starts with markets and clocks known, so that what is counted is candles alone. */
async function prepared(timers: TurnTimers = new TurnTimers()): Promise<Connected> {
  const connected = await connect({ exchange: 'bitget', symbols: 2, timers });
  await connected.provider.fetchMarkets();
  return connected;
}

function candles({ provider }: Connected): Promise<unknown> {
  return provider.fetchCandles(SYMBOL, '1m', 5).catch((error: unknown) => error);
}

function codeOf(result: unknown): string {
  return ScannerError.is(result) ? result.code : 'answered';
}

describe('an exchange that fails', () => {
  it.each([
    ['a reset connection', faults.RESET, 'network', 3],
    ['an internal error', status(500, 'oops'), 'network', 3],
    ['a bad gateway', status(502, HTML), 'network', 3],
    ['an overload', status(503, ''), 'network', 3],
    ['a redirect', status(302, '', { location: 'http://127.0.0.1:1/' }), 'network', 3],
    ['a path that is gone', status(404, HTML), 'unsupported', 1],
    ['a firewall', status(403, HTML), 'network', 1],
    ['a country that is not served', status(451, ''), 'network', 1],
    ['a ban', status(418, { code: '418', msg: 'banned' }), 'rate_limit', 1],
    ['maintenance', bitget(200, '40200'), 'network', 1],
    ['a symbol that is gone', bitget(400, '40309'), 'unknown_symbol', 1],
    ['a key that does not exist', bitget(400, '40037'), 'config', 1],
    ['a parameter it does not know', bitget(400, '40034'), 'bad_data', 1],
    ['a service that stumbles', bitget(400, '45001'), 'bad_data', 2],
    ['a page of HTML', faults.HTML_PAGE, 'bad_data', 2],
    ['an empty body', faults.EMPTY_BODY, 'bad_data', 2],
    ['half an answer', faults.GARBAGE, 'bad_data', 2],
    ['an empty list', faults.EMPTY_LIST, 'bad_data', 2],
    ['null for a list', faults.NULL_DATA, 'bad_data', 2],
    ['a row without values', faults.ROW_WITHOUT_VALUES, 'bad_data', 2],
    ['two candles of one time', faults.CONFLICT, 'bad_data', 2],
    ['a candle off the grid', faults.OFF_GRID, 'bad_data', 2],
    ['a price that is no number', faults.NO_PRICE, 'bad_data', 2],
    ['a low above the high', faults.LOW_ABOVE_HIGH, 'bad_data', 2],
    ['a candle of the future', faults.FROM_THE_FUTURE, 'bad_data', 2],
    ['too many requests, for too long', status(429, '', { 'retry-after': '60' }), 'rate_limit', 1],
  ])('with %s is answered for', async (_, misbehaviour, code, requests) => {
    await using connected = await prepared();
    connected.standIn.misbehave(CANDLES, misbehaviour);
    expect(codeOf(await candles(connected))).toBe(code);
    expect(connected.standIn.count(CANDLES)).toBe(requests);
  });

  it.each([
    ['never answers', faults.HUNG],
    ['stops in the middle of an answer', faults.STALLED_BODY],
  ])('and %s costs no more than the deadline', async (_, misbehaviour) => {
    const timers = new TurnTimers();
    await using connected = await prepared(timers);
    connected.standIn.misbehave(CANDLES, misbehaviour);
    const before = timers.elapsed();
    expect(codeOf(await candles(connected))).toBe('timeout');
    expect(timers.elapsed() - before).toBeLessThan(TIMEOUT_MS + TURNS_MS);
    expect(connected.standIn.count(CANDLES)).toBe(2);
  });

  it.each([
    ['a reset connection', faults.RESET],
    ['a bad gateway', status(502, HTML)],
    ['a page of HTML', faults.HTML_PAGE],
    ['too many requests', bitget(429, '429')],
    ['a stalled body', faults.STALLED_BODY],
  ])('once, with %s, is asked once more and believed', async (_, misbehaviour) => {
    await using connected = await prepared();
    const expected = await candles(connected);
    connected.standIn.misbehave(CANDLES, misbehaviour, 1);
    expect(await candles(connected)).toEqual(expected);
    expect(connected.standIn.count(CANDLES)).toBe(3);
  });

  it('to sort its rows is understood', async () => {
    await using connected = await prepared();
    const expected = await candles(connected);
    connected.standIn.misbehave(CANDLES, faults.NEWEST_FIRST);
    expect(await candles(connected)).toEqual(expected);
  });

  it('and says everything twice is understood, though ccxt cuts the list to half the candles', async () => {
    await using connected = await prepared();
    const expected = (await candles(connected)) as CandleSeries;
    connected.standIn.misbehave(CANDLES, faults.DUPLICATES);
    expect([...((await candles(connected)) as CandleSeries)]).toEqual([...expected.slice(-2)]);
  });

  it('with a crossed or an empty book has no book', async () => {
    await using connected = await prepared();
    const { provider, standIn } = connected;
    for (const misbehaviour of [faults.CROSSED_BOOK, faults.NULL_DATA, faults.HTML_PAGE]) {
      standIn.behave();
      standIn.misbehave('merge-depth', misbehaviour);
      const book = await provider.fetchOrderBook?.(SYMBOL, 15).catch((error: unknown) => error);
      expect(codeOf(book)).toBe('bad_data');
    }
  });

  it('and sends more than anybody could use is cut off, and not asked again', async () => {
    await using connected = await connect({ exchange: 'bitget', symbols: 2 });
    await connected.provider.fetchMarkets();
    const bomb = gzipSync(Buffer.alloc(64 * 2 ** 20, ' '));
    connected.standIn.misbehave(CANDLES, {
      kind: 'connection',
      end(response) {
        const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
        response.writeHead(200, headers).end(bomb);
      },
    });
    expect(await candles(connected)).toMatchObject({
      code: 'bad_data',
      message: 'an answer must be at most 8388608 bytes, was larger',
    });
    expect(connected.standIn.count(CANDLES)).toBe(1);
  });

  it('and cannot be reached at all is a failure of the network', async () => {
    const connected = await prepared();
    await connected[Symbol.asyncDispose]();
    expect(await candles(connected)).toMatchObject({
      code: 'network',
      message: expect.stringMatching(
        /^bitget could not be reached: "fetch failed: connect ECONNREFUSED 127\.0\.0\.1:\d+"$/,
      ),
    });
  });
});

describe('an exchange that wants to be left alone', () => {
  it('for seven seconds is left alone for as long, where it was asked too often and nowhere else', async () => {
    await using connected = await prepared();
    const { standIn, provider } = connected;
    standIn.misbehave(CANDLES, status(429, 'Too Many Requests', { 'retry-after': '7' }), 1);
    expect(codeOf(await candles(connected))).toBe('rate_limit');
    const waiting = candles(connected);
    await provider.fetchOrderBook?.(SYMBOL, 5);
    expect(codeOf(await waiting)).toBe('answered');
    const [refused, answered] = standIn.requests.filter(({ path }) => path.endsWith(CANDLES));
    const [book] = standIn.requests.filter(({ path }) => path.endsWith('merge-depth'));
    expect(answered.at - refused.at).toBeGreaterThanOrEqual(7_000);
    expect(book.at - refused.at).toBeLessThan(7_000);
  });

  it('until a moment is left alone until then, by its own clock', async () => {
    await using connected = await prepared();
    const { standIn } = connected;
    const date = 'Sat, 01 Jun 2030 00:00:00 GMT';
    const until = 'Sat, 01 Jun 2030 00:00:07 GMT';
    standIn.misbehave(CANDLES, status(429, 'Too Many', { date, 'retry-after': until }), 1);
    await candles(connected);
    expect(codeOf(await candles(connected))).toBe('answered');
    const [refused, answered] = standIn.requests.filter(({ path }) => path.endsWith(CANDLES));
    expect(answered.at - refused.at).toBeGreaterThanOrEqual(7_000);
  });

  it.each([
    ['bans', status(418, { code: '418', msg: 'banned' }), 'rate_limit'],
    ['has a firewall', status(403, HTML), 'network'],
    ['is under maintenance', bitget(200, '40200'), 'network'],
  ])('because it %s is asked nothing more', async (_, misbehaviour, code) => {
    await using connected = await prepared();
    const { standIn, provider } = connected;
    standIn.misbehave(CANDLES, misbehaviour, 1);
    await candles(connected);
    const seen = standIn.requests.length;
    const book = await provider.fetchOrderBook?.(SYMBOL, 5).catch((error: unknown) => error);
    expect(codeOf(book)).toBe(code);
    expect(codeOf(await candles(connected))).toBe(code);
    expect(standIn.requests.length).toBe(seen);
  });

  it('because it bans hears no more than was under way, and who waits for the budget is told at once', async () => {
    const timers = new TurnTimers();
    await using connected = await prepared(timers);
    const { standIn } = connected;
    standIn.latencyMs = 150;
    standIn.misbehave(CANDLES, status(418, { code: '418', msg: 'banned' }), 1);
    const startedAt = timers.elapsed();
    const asked = await Promise.all(Array.from({ length: 40 }, () => candles(connected)));
    expect(timers.elapsed() - startedAt).toBeLessThan(2_000);
    const refused = asked.filter((result) => codeOf(result) === 'rate_limit').length;
    const answered = asked.filter((result) => codeOf(result) === 'answered').length;
    expect(refused + answered).toBe(40);
    expect(standIn.count(CANDLES)).toBe(answered + 1);
    expect(answered).toBeLessThan(10);
    // Though calls that were under way have succeeded since.
    await timers.pass(110_000);
    expect(codeOf(await candles(connected))).toBe('rate_limit');
    expect(standIn.count(CANDLES)).toBe(answered + 1);
  });

  it('and limits each endpoint for itself is left alone by all who share its budget', async () => {
    const timers = new VirtualTimers();
    const budget = new LocalRateBudget(timers);
    let requests = 0;
    const open = () => {
      const exchange = new ccxt.okx({
        fetchImplementation: async () => {
          const isFirst = requests++ === 0;
          await new Promise<void>((resolve) => timers.after(isFirst ? 50 : 400, resolve));
          const headers = { 'content-type': 'application/json' };
          if (isFirst) return new Response('{"code":"418","msg":"ban"}', { status: 418, headers });
          const row = [String(NOW - 60_000), ...Array<string>(8).fill('1')];
          return new Response(JSON.stringify({ code: '0', msg: '', data: [row] }), { headers });
        },
      });
      const market = {
        ...{ id: 'BTC-USDT', symbol: 'BTC/USDT', base: 'BTC', quote: 'USDT', type: 'spot' },
        ...{ spot: true, active: true, limits: {}, precision: { price: 0.1, amount: 0.1 } },
      };
      exchange.has = { ...exchange.has, fetchTime: false };
      exchange.setMarkets([market]);
      exchange.fetchMarkets = async () => [market as never];
      return ccxtProvider(exchange, { budget, timers, clock: () => NOW + timers.elapsed() });
    };
    const asking = [open(), open()].flatMap((provider) =>
      Array.from({ length: 30 }, () =>
        provider.fetchCandles('BTC/USDT', '1m', 1).then(
          () => 'answered',
          (error: unknown) => codeOf(error),
        ),
      ),
    );
    await timers.advance(1_000);
    const ended = await Promise.all(asking);
    const sentBefore = requests;
    expect(ended.filter((code) => code === 'answered')).toHaveLength(requests - 1);
    expect(ended.filter((code) => code === 'rate_limit')).toHaveLength(61 - requests);
    expect(requests).toBeLessThan(12);
    await timers.advance(100_000);
    expect(requests).toBe(sentBefore);
  });

  it('is not taken for down when it drops twenty calls of one moment', async () => {
    await using connected = await prepared();
    const { standIn } = connected;
    // Longer than it takes to send all of them at the pace that is kept.
    standIn.latencyMs = 1_500;
    standIn.misbehave(CANDLES, faults.RESET, 20);
    const asked = await Promise.all(Array.from({ length: 20 }, () => candles(connected)));
    expect(asked.map(codeOf)).toEqual(asked.map(() => 'answered'));
    expect(standIn.count(CANDLES)).toBe(40);
  });

  it('because it is down is probed with one request when its time is over', async () => {
    const timers = new TurnTimers();
    await using connected = await prepared(timers);
    const { standIn } = connected;
    standIn.misbehave(CANDLES, faults.RESET, 6);
    await candles(connected);
    await candles(connected);
    const seen = standIn.count(CANDLES);
    expect(seen).toBe(5);
    expect(codeOf(await candles(connected))).toBe('network');
    expect(standIn.count(CANDLES)).toBe(seen);
    standIn.behave();
    await timers.pass(10_000);
    standIn.latencyMs = 500;
    const [probe, other] = await Promise.all([candles(connected), candles(connected)]);
    expect([codeOf(probe), codeOf(other)]).toEqual(['answered', 'network']);
    expect(standIn.count(CANDLES)).toBe(seen + 1);
    expect(codeOf(await candles(connected))).toBe('answered');
  });
});
