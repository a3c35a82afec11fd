import { fileURLToPath } from 'node:url';
import { type ReplayHistory, readReplayHistory, SymbolReplay } from '../dist/backtest.js';
import { defaultFactors, parseScannerConfig, timeframeMs } from '../dist/index.js';
import { filesProvider } from '../dist/providers.js';

export const FOLDER: string = fileURLToPath(
  new URL('../../shared/data/ohlcv/binance', import.meta.url),
);

const config = parseScannerConfig({ minQuoteVolume24h: 0, minChange24h: 0 });

/** What a replay reads of the recorded spot markets. */
export async function readHistories(only?: readonly string[]): Promise<readonly ReplayHistory[]> {
  const provider = filesProvider(FOLDER);
  const found: ReplayHistory[] = [];
  for (const market of await provider.fetchMarkets()) {
    if (only !== undefined && !only.includes(market.symbol)) continue;
    found.push(await readReplayHistory(provider, market, config.timeframes));
  }
  return found;
}

/** A decision at every candle of the first part of every history. @returns How many there were. */
export function replayAll(all: readonly ReplayHistory[], share: number): number {
  let count = 0;
  for (const history of all) {
    const one = new SymbolReplay(history, { config, factors: defaultFactors });
    const { base, baseTimeframe } = history;
    const end = Math.floor(base.length * share);
    for (let i = 0; i < end; i++) {
      if (one.judge(base.time[i] + timeframeMs(baseTimeframe)) !== undefined) count++;
    }
  }
  return count;
}
