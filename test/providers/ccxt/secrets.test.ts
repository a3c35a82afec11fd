import { inspect } from 'node:util';
import ccxt from 'ccxt';
import { describe, expect, it, vi } from 'vitest';
import type { Logger } from '../../../src/ports/logger.js';
import { cachedProvider } from '../../../src/providers/cached.js';
import { ccxtProvider } from '../../../src/providers/ccxt/ccxt-provider.js';
import { ccxtProviderByName } from '../../../src/providers/ccxt/provider-by-name.js';
import { recordedProvider } from '../../../src/providers/recorded.js';
import { EnhancedMarketScanner } from '../../../src/scanner/enhanced-market-scanner.js';
import { status } from '../../stand-in-exchange/misbehaviour.js';
import { StandInExchange } from '../../stand-in-exchange/stand-in-exchange.js';
import { TurnTimers } from '../../stand-in-exchange/turn-timers.js';
import { connect, NOW } from './ccxt-stand-in.js';

const KEY = 'canary-key-5f1c';
const SECRET = 'canary-secret-9b2e';
const PASSWORD = 'canary-password-77';
const SIGNED = /access-|apikey|signature|x-mbx-apikey/i;

describe('credentials', () => {
  it.each(['bitget', 'binanceusdm'] as const)(
    'of %s sign no request and appear nowhere',
    async (exchange) => {
      await using standIn = await StandInExchange.start({ exchange, symbols: 3, now: () => NOW });
      const heard: unknown[] = [];
      const hear = (...args: unknown[]): void => void heard.push(args);
      const logger: Logger = { debug: hear, info: hear, warn: hear, error: hear };
      const prefix = exchange.toUpperCase();
      const provider = await ccxtProviderByName(exchange, {
        env: {
          [`${prefix}_API_KEY`]: KEY,
          [`${prefix}_API_SECRET`]: SECRET,
          [`${prefix}_API_PASSWORD`]: PASSWORD,
        },
        ...{ baseUrl: standIn.baseUrl, clock: () => NOW, logger },
      });
      const config = { minQuoteVolume24h: 0, minChange24h: 0, timeframes: ['1h'] as const };
      const scanner = new EnhancedMarketScanner({ provider, config, logger });
      scanner.on('failure', hear);
      standIn.misbehave('symbol=ETHUSDT', status(400, { code: '40037', msg: `no key ${KEY}` }));
      const report = await scanner.scan();
      expect(report.failures.length + report.rejections.length + report.signals.length).toBe(3);

      expect(standIn.count('account')).toBe(0);
      for (const { headers, query } of standIn.requests) {
        expect(Object.keys(headers).filter((name) => SIGNED.test(name))).toEqual([]);
        expect(query.toString()).not.toMatch(SIGNED);
      }
      const output =
        inspect([report, heard], { depth: 12, showHidden: true }) + JSON.stringify(report);
      expect(output).toContain('[redacted]');
      expect(output).not.toMatch(/canary/);
    },
  );

  it('leave a caller’s instance signing nothing, though it does not say which kind of account it is', async () => {
    await using standIn = await StandInExchange.start({
      exchange: 'bitget',
      symbols: 2,
      now: () => NOW,
    });
    const exchange = new ccxt.bitget({ apiKey: KEY, secret: SECRET, password: PASSWORD });
    const provider = ccxtProvider(exchange, { baseUrl: standIn.baseUrl, clock: () => NOW });
    await provider.fetchCandles('BTC/USDT', '1h', 5);
    expect(standIn.requests.map(({ path }) => path)).toEqual([
      '/api/v2/public/time',
      ...Array.from({ length: 1 }, () => '/api/v2/spot/public/symbols'),
      '/api/v2/margin/currencies',
      ...Array.from({ length: 6 }, () => '/api/v2/mix/market/contracts'),
      '/api/v2/spot/market/candles',
    ]);
  });
  it('are in nothing that a scan leaves behind', async () => {
    const timers = new TurnTimers();
    const now = (): number => NOW + timers.elapsed();
    const heard: unknown[] = [];
    const hear = (...args: unknown[]): void => void heard.push(args);
    const logger: Logger = { debug: hear, info: hear, warn: hear, error: hear };
    await using connected = await connect({
      ...{ exchange: 'bitget', symbols: 3, timers, now },
      settings: { apiKey: KEY, secret: SECRET, password: PASSWORD },
      provider: { logger, streamBooks: true, streamHistory: true },
    });
    const { standIn, provider: own } = connected;
    const provider = recordedProvider(cachedProvider(own, { live: true, timers, logger }), {
      clock: now,
    });
    const config = { minQuoteVolume24h: 0, minChange24h: 0, timeframes: ['1m'] as const };
    await using scanner = new EnhancedMarketScanner({ provider, config, logger, timers });
    for (const event of ['change', 'failure', 'progress', 'report', 'signal'] as const) {
      scanner.on(event, hear);
    }
    hear(await scanner.plan());
    standIn.misbehave(
      'symbol=ETHUSDT',
      status(400, { code: '40037', msg: `no key ${KEY} ${SECRET}` }),
    );
    const report = await scanner.scan();
    await timers.pass(5_000);
    standIn.streams.open[0].drop();
    await timers.pass(5_000);
    const refused = await provider
      .fetchTrades?.('ETH/USDT:USDT', 5)
      .catch((error: unknown) => error);
    const { durationMs } = report;
    const capsule = provider.capsule({ config: scanner.config, versions: {}, durationMs });
    const left = [report, heard, refused, capsule, scanner.health(), scanner.metrics()];
    const output = inspect(left, { depth: 12, showHidden: true }) + JSON.stringify(left);
    expect(output).toContain('[redacted]');
    expect(output).toContain('a stream was interrupted');
    expect(output).not.toMatch(/canary/);
  });

  it('that an exchange repeats on a stream are not in the log', async () => {
    const timers = new TurnTimers();
    const heard: unknown[] = [];
    const hear = (...args: unknown[]): void => void heard.push(args);
    const logger: Logger = { debug: hear, info: hear, warn: hear, error: hear };
    await using connected = await connect({
      ...{ exchange: 'bitget', symbols: 2, timers, now: () => NOW + timers.elapsed() },
      settings: { apiKey: KEY, secret: SECRET, password: PASSWORD },
      provider: { logger },
    });
    const { standIn, provider } = connected;
    const { connections } = standIn.streams;
    vi.spyOn(connections, 'push').mockImplementation((connection) => {
      vi.spyOn(connection, 'send').mockImplementationOnce(() =>
        connection.send({ event: 'error', code: 30001, msg: `not ${KEY} ${SECRET}` }),
      );
      return Array.prototype.push.call(connections, connection);
    });
    const stop = new AbortController();
    const watched = provider.watchCandles?.('BTC/USDT:USDT', '1m', { signal: stop.signal });
    const next = watched?.[Symbol.asyncIterator]().next();
    await timers.pass(2_000);
    stop.abort();
    await next;
    const output = inspect(heard, { depth: 12 });
    expect(output).toContain('[redacted]');
    expect(output).not.toMatch(/canary/);
  });

  it.each(['proxyUrl', 'httpProxy', 'httpsProxy'])(
    'of a %s are in no message and no cause',
    async (setting) => {
      const exchange = new ccxt.bitget({ [setting]: `http://canary:${PASSWORD}@127.0.0.1:1/` });
      const provider = ccxtProvider(exchange, { clock: () => NOW, random: () => 0 });
      const error = await provider.fetchMarkets().catch((failure: unknown) => failure);
      expect(error).toMatchObject({ name: 'ScannerError', cause: expect.any(Error) });
      expect(inspect(error, { depth: 12, showHidden: true })).not.toMatch(/canary/);
    },
  );
});
