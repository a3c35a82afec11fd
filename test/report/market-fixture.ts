import type { TimeframeReadings } from '../../src/analysis/timeframe-reader.js';
import { ScannerError } from '../../src/errors.js';
import type { ScanReport } from '../../src/scanner/scan-report.js';
import type { SymbolAnalysis } from '../../src/scanner/symbol-analysis.js';
import type { Rejection } from '../../src/scoring/rejection.js';
import type { MarketSignal } from '../../src/scoring/signal.js';

const AS_OF = Date.UTC(2024, 4, 1);

/** A long signal whose ledger adds up; `over` replaces what a test speaks of. */
export function signal(over: Partial<MarketSignal> = {}): MarketSignal {
  return {
    symbol: 'AVAX/USDT',
    timestamp: AS_OF,
    price: 35.21,
    volume: 123_456_789,
    direction: 'long',
    bias: 0.612,
    score: 0.612,
    baseScore: 0.612,
    aiEnhancedScore: undefined,
    scoreInterval: [0.548, 0.671],
    confidence: 0.81,
    coverage: 0.85,
    trendDirection: 'up',
    trendStrength: 0.74,
    volumeScore: 0.31,
    momentumScore: 0.42,
    microstructureScore: undefined,
    marketPhase: 'markup',
    opportunityType: 'trend-continuation',
    riskLevel: 'medium',
    entryPrice: 35.22,
    stopLoss: 34.1,
    takeProfit: 37.9,
    positionSize: 178.57,
    riskFraction: 0.02,
    notionalMultiple: 0.63,
    rewardToRisk: 2.39,
    roundTripCost: 0.0026,
    expectedReturn: undefined,
    winProbability: undefined,
    opportunity: undefined,
    tradeable: false,
    ledger: [
      entry('trend', 352_000, 'up on 4 of 5 timeframes, strongest on 4h'),
      entry('momentum', 281_500, 'RSI 63 and a rising MACD on 1h'),
      entry('volume', -20_500, 'volume 0.8 times its mean'),
      { kind: 'penalty', id: 'coverage', microPoints: -1000, reason: 'no order book' },
    ],
    contributions: [
      contribution('trend', 0.352, 0.9),
      contribution('momentum', 0.2815, 0.7),
      contribution('volume', -0.0205, 0.4),
    ],
    quality: ['no-order-book'],
    absent: { winProbability: 'no calibrated model', expectedReturn: 'needs a win probability' },
    ai: undefined,
    ...over,
  };
}

function entry(id: string, microPoints: number, reason: string) {
  return { kind: 'factor', id, microPoints, reason } as const;
}

function contribution(factor: string, part: number, confidence: number) {
  return { factor, weight: 0.3, bias: part, confidence, contribution: part, reason: factor };
}

/** A short signal of a market with many decimals. */
export const SHORT: MarketSignal = signal({
  symbol: '1000SATS/USDT',
  direction: 'short',
  bias: -0.344,
  score: 0.344,
  confidence: 0.55,
  coverage: 1,
  volume: undefined,
  riskLevel: 'extreme',
  opportunityType: 'breakout',
  marketPhase: 'undetermined',
  entryPrice: 0.00023141,
  stopLoss: 0.00024,
  takeProfit: 0.0002112,
  rewardToRisk: 2.35,
  winProbability: {
    value: 0.2914,
    noSkill: 0.2861,
    timeout: 0.1203,
    low: 0.2312,
    high: 0.3604,
    sampleSize: 27_483,
    horizonMs: 86_400_000,
    model: 'a-card',
  },
  expectedReturn: -0.00193,
  opportunity: 37.4,
  positionSize: undefined,
  ledger: [entry('trend', 344_000, 'down on every timeframe that was read, and falling faster')],
});

export function rejection(over: Partial<Rejection> = {}): Rejection {
  return {
    symbol: 'DUST/USDT',
    rule: 'min-volume',
    value: 412_000.5,
    threshold: 1_000_000,
    nearestMiss: 'minQuoteVolume24h of 412000.5 or less would admit it to the analysis',
    remedy: { setting: 'minQuoteVolume24h', to: 412_000.5 },
    quality: [],
    ...over,
  };
}

/** A timeframe in an uptrend, its 200-candle average still warming up. */
const READINGS: TimeframeReadings = {
  count: 150,
  time: AS_OF - 3_600_000,
  close: 35.21,
  rsi: 63.2,
  macd: 0.004,
  macdSignal: 0.003,
  macdHistogram: 0.001,
  atr: 0.0123,
  adx: 31,
  plusDi: 28,
  minusDi: 14,
  bandPosition: 0.62,
  bandWidth: 0.05,
  stochasticK: 81,
  stochasticD: 77,
  emaDistance20: 0.01,
  emaDistance50: 0.02,
  emaDistance200: Number.NaN,
  vwapDistance: 0.012,
  volumeFlow: 0.3,
  relativeVolume: 1.42,
  roc: 0.02,
  slope: 0.0004,
  slopeT: 12.4,
  trendStrength: 1.31,
  efficiency: 0.4,
  volatility: 0.004,
};

/** How a market was judged that is in no danger of being a signal. */
export const ANALYSIS: SymbolAnalysis = {
  symbol: 'DUST/USDT',
  asOf: AS_OF,
  signal: undefined,
  rejection: undefined,
  direction: 'short',
  bias: -0.0712,
  score: 0.0712,
  confidence: 0.33,
  coverage: 0.6,
  ledger: [
    entry('trend', 81_200, 'down on 3 of 5 timeframes'),
    entry('volume', -10_000, 'volume 1.2 times its mean'),
  ],
  candles: new Map(),
  readings: new Map([
    ['5m', { ...READINGS, trendStrength: -0.2, macdHistogram: -0.0004 }],
    ['1h', READINGS],
    [
      '4h',
      { ...READINGS, count: 12, adx: Number.NaN, slopeT: Number.NaN, trendStrength: Number.NaN },
    ],
  ]),
  quality: ['short-history'],
};

/** Two signals, three rejections, one failure. */
export function report(over: Partial<ScanReport> = {}): ScanReport {
  return {
    startedAt: AS_OF,
    asOf: AS_OF,
    durationMs: 12,
    scanned: 4,
    signals: [signal(), SHORT],
    rejections: [
      rejection(),
      rejection({ symbol: 'MOTH/USDT', value: undefined, nearestMiss: 'no volume is known' }),
      rejection({
        symbol: 'ATOM/USDT',
        rule: 'min-score',
        value: 0.18412,
        threshold: 0.25,
        nearestMiss: 'minScore of 0.18412 or less would admit it to the signals',
      }),
    ],
    funnel: [
      { rule: 'listed', remaining: 6 },
      { rule: 'min-volume', remaining: 4 },
      { rule: 'min-score', remaining: 2 },
    ],
    failures: [
      { symbol: 'BAD/USDT', error: new ScannerError('bad_data', 'row 17: high 3 is below low 5') },
    ],
    complete: true,
    error: undefined,
    ai: 'absent',
    ...over,
  };
}
