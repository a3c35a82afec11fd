/**
 * What a bot author's file may look like. It touches every subpath, and the lines marked as errors must be errors, so that a
 * declaration that turns into `any` is noticed.
 */
export const CONSUMER_SOURCE = `
import { CandleSeries, EnhancedMarketScanner, ScannerError, configFromEnv, defineFactor } from 'enhanced-market-scanner';
import type { DataProvider, MarketSignal, ScanReport, ScannerConfigInput } from 'enhanced-market-scanner';
import { Rsi, macd, rsi } from 'enhanced-market-scanner/analysis';
import { type McpScorer, mcpScorer } from 'enhanced-market-scanner/mcp';
import { syntheticProvider } from 'enhanced-market-scanner/providers';
import { ccxtProvider, ccxtProviderByName, type CcxtLike } from 'enhanced-market-scanner/providers/ccxt';
import { checkDataProvider } from 'enhanced-market-scanner/testing';

const provider: DataProvider = syntheticProvider({ seed: 7 });
const config: ScannerConfigInput = { ...configFromEnv({}), timeframes: ['5m', '1h'], equity: 10_000 };
const bookOnly = defineFactor({
  id: 'book-only',
  needs: ['orderBook'],
  weight: 1,
  evaluate(input) {
    // @ts-expect-error trades were not declared
    void input.trades;
    return { bias: input.orderBook.bids.length > 0 ? 1 : 0, confidence: 1, reason: 'bids rest' };
  },
});
const scanner = new EnhancedMarketScanner({ provider, config, factors: [bookOnly] });
export const signals: Promise<readonly MarketSignal[]> = scanner.scanMarketsParallel();
export const report: Promise<ScanReport> = scanner.scan({ symbols: ['BTC/USDT'] });

const close: Float64Array = rsi(CandleSeries.empty().close, 14);
export const histogram: number = macd(close).histogram[0];
export const next: number = new Rsi(14).next(100);
export const scorer: McpScorer = mcpScorer({ serverUrl: 'http://localhost:8812' });
export const checks: unknown = checkDataProvider;
export const exchangeProvider = (exchange: CcxtLike): DataProvider => ccxtProvider(exchange);
export const named: Promise<DataProvider> = ccxtProviderByName('bitget', { env: {} });
export const retryable: boolean = new ScannerError('timeout', 'late').retryable;

// @ts-expect-error a timeframe must be one of the list
export const wrongTimeframe: ScannerConfigInput = { timeframes: ['7m'] };
// @ts-expect-error an unknown setting
export const wrongSetting: ScannerConfigInput = { timeframe: '5m' };
// @ts-expect-error not one of the codes
export const wrongCode = new ScannerError('oops', 'text');
`;
