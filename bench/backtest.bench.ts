/**
 * A replay with a decision at every candle, over the recorded spot markets of the reference data beside the repository: what
 * the scanner says of each symbol every five minutes, on one core. Reading the files is not counted.
 *
 * Goals: 34 symbols of 43,776 candles in 15 s and 500 MB, and time in proportion to candles.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type ReplayHistory, readReplayHistory, SymbolReplay } from '../dist/backtest.js';
import { defaultFactors, parseScannerConfig, timeframeMs } from '../dist/index.js';
import { filesProvider } from '../dist/providers.js';
import { report } from './report.js';

const FOLDER = fileURLToPath(new URL('../../shared/data/ohlcv/binance', import.meta.url));
const config = parseScannerConfig({ minQuoteVolume24h: 0, minChange24h: 0 });
const WHOLE = { symbols: 34, candles: 43_776 };

async function histories(): Promise<readonly ReplayHistory[]> {
  const provider = filesProvider(FOLDER);
  const found: ReplayHistory[] = [];
  for (const market of await provider.fetchMarkets()) {
    found.push(await readReplayHistory(provider, market, config.timeframes));
  }
  return found;
}

/** Seconds of processor time for the first part of every history, and how many decisions it took. */
function replay(all: readonly ReplayHistory[], share: number): { seconds: number; count: number } {
  const start = process.cpuUsage();
  let count = 0;
  for (const history of all) {
    const one = new SymbolReplay(history, { config, factors: defaultFactors });
    const { base, baseTimeframe } = history;
    const end = Math.floor(base.length * share);
    for (let i = 0; i < end; i++) {
      if (one.judge(base.time[i] + timeframeMs(baseTimeframe)) !== undefined) count++;
    }
  }
  const { user, system } = process.cpuUsage(start);
  return { seconds: (user + system) / 1e6, count };
}

if (existsSync(FOLDER)) {
  const all = await histories();
  const half = replay(all, 0.5);
  const whole = replay(all, 1);
  const scale = (WHOLE.symbols * WHOLE.candles) / whole.count;
  report({
    title: 'A replay with a decision at every candle',
    notes: ['processor time; goal 15 s for 34 symbols of 43,776 candles, in 500 MB'],
    rows: [
      {
        name: `${all.length} symbols`,
        decisions: whole.count,
        seconds: whole.seconds,
        'seconds for 34 x 43,776': whole.seconds * scale,
        'microseconds a decision': (1e6 * whole.seconds) / whole.count,
        'whole over half': whole.seconds / half.seconds,
        'resident MB': process.memoryUsage().rss / 1e6,
      },
    ],
  });
} else {
  report({ title: 'A replay: needs the reference data, which is absent', notes: [], rows: [] });
}
