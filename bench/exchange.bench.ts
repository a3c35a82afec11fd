/**
 * What scans of an exchange take and ask: the real ccxt client against a stand-in for Bitget in a process of its own, which answers after
 * 80 ms and counts 20 requests a second for each endpoint.
 *
 * Candles of five timeframes and books of 15 levels; trades are left out. Between two scans a minute passes: clocks that jump are
 * another story.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import ccxt from 'ccxt';
import { defaultFactors, EnhancedMarketScanner } from '../dist/index.js';
import { ccxtProvider } from '../dist/providers/ccxt.js';
import { cachedProvider } from '../dist/providers.js';
import { ExchangeProcess } from '../test/stand-in-exchange/exchange-process.js';
import { report } from './report.js';

const LATENCY_MS = 80;
const MINUTE_MS = 60_000;
const factors = defaultFactors.filter(({ needs }) => !needs.includes('trades'));
const silent = { debug() {}, info() {}, warn() {}, error: console.error };

interface Taken {
  readonly seconds: number;
  readonly requests: number;
}

interface Measured {
  readonly cold: Taken;
  readonly again: Taken;
  readonly worstWindow: number;
}

/** A first scan, and one a minute later. */
async function measure(symbols: number, overStreams: boolean): Promise<Measured> {
  await using exchange = await ExchangeProcess.start({
    ...{ exchange: 'bitget', symbols, latencyMs: LATENCY_MS, goesOn: true },
  });
  const client = new ccxt.pro.bitget({ options: { fetchMarkets: { types: ['swap'] } } });
  const source = ccxtProvider(client, {
    ...{ marketTypes: ['swap'], baseUrl: exchange.baseUrls[0], logger: silent },
    ...{ streamBooks: overStreams, streamHistory: overStreams },
  });
  await using scanner = new EnhancedMarketScanner({
    provider: cachedProvider(source, { live: overStreams }),
    factors,
    config: {
      ...{ minQuoteVolume24h: 0, minChange24h: 0, maxSpreadBps: 10_000, orderBookDepth: 15 },
      ...{ concurrency: 30, symbolTimeoutMs: 600_000, deadlineMs: 600_000 },
    },
  });
  const scan = async (): Promise<Taken> => {
    const { requests } = await exchange.counts();
    const { failures, scanned, error, durationMs } = await scanner.scan();
    if (failures.length > 0 || scanned !== symbols) {
      throw new Error(`${scanned} of ${symbols} were scanned`, { cause: error ?? failures[0] });
    }
    const after = await exchange.counts();
    return { seconds: durationMs / 1_000, requests: after.requests - requests };
  };
  const cold = await scan();
  await sleep(MINUTE_MS);
  // Where streams are followed they begin now: what closed before they did is asked for once.
  if (overStreams) {
    await scan();
    await sleep(MINUTE_MS);
  }
  const again = await scan();
  return { cold, again, worstWindow: (await exchange.counts()).worstWindow };
}

async function main(): Promise<void> {
  const thirty = await measure(30, false);
  const streamed = await measure(30, true);
  const ten = await measure(10, false);
  const one = await measure(1, false);
  const row = (name: string, { seconds, requests }: Taken, goal: string) => ({
    ...{ name, seconds, requests, goal },
  });
  const worst = [thirty, streamed, ten, one].map(({ worstWindow }) => worstWindow);
  report({
    title: 'Scans of an exchange, 80 ms away, 20 requests a second for each endpoint',
    notes: [
      'goals: seconds, requests; of one symbol beside its network time, which is two round trips of 80 ms',
      `the fullest second that the exchange counted at any endpoint: ${Math.max(...worst) * 100} % of its limit`,
      'five timeframes of 300 candles or more, and a book of 15 levels, of each symbol; wall time, on a machine that was busy with other work',
      'why a first scan over requests alone takes so long is in decision 15',
    ],
    rows: [
      row('30 symbols, first scan, requests', thirty.cold, '5'),
      row('30 symbols, first scan, streams', streamed.cold, '5'),
      row('30 symbols, a minute later, requests', thirty.again, '3.2, 61'),
      row('30 symbols, a minute later, streams', streamed.again, '3.2, 31'),
      row('10 symbols, a minute later, requests', ten.again, '1'),
      row('1 symbol, a minute later, requests', one.again, '0.1'),
    ],
  });
}

await main();
