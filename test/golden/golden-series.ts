import { CandleSeries } from '../../src/market/candle-series.js';
import { sharedFiles, sharedJson } from '../shared-data.js';

/** A parameter of the reference; each indicator has its own few. */
export type GoldenParam = 'period' | 'fast' | 'slow' | 'signal' | 'dev' | 'k' | 'd';

/** What the reference says of one indicator on one series; `lines.x[i]` belongs to candle `begIndex + i`. */
export interface GoldenOutput {
  readonly params: Readonly<Record<GoldenParam, number>>;
  /** `null` where the series is too short for any output. */
  readonly begIndex: number | null;
  readonly lines: Readonly<Record<string, readonly (number | null)[]>>;
  /** Present where the reference itself is off: the definition evaluated exactly, which we answer to instead. */
  readonly exactLines?: Readonly<Record<string, readonly (number | null)[]>>;
}

/** One reference file. */
export interface GoldenSeries {
  readonly name: string;
  readonly candles: CandleSeries;
  readonly outputs: Readonly<Record<string, GoldenOutput>>;
}

interface GoldenFile {
  readonly name: string;
  readonly n: number;
  readonly input: Readonly<Record<'open' | 'high' | 'low' | 'close' | 'volume', number[]>> & {
    readonly time?: number[];
  };
  readonly outputs: Readonly<Record<string, GoldenOutput>>;
}

/** Every reference series, or none where the reference data is absent. */
export function goldenSeries(): GoldenSeries[] {
  return sharedFiles('golden')
    .filter((file) => file.endsWith('.json') && file !== 'MANIFEST.json')
    .map((file) => {
      const { name, n, input, outputs } = sharedJson(`golden/${file}`) as GoldenFile;
      const candles = CandleSeries.fromColumns({
        time: Float64Array.from({ length: n }, (_, i) => input.time?.[i] ?? i * 60_000),
        open: Float64Array.from(input.open),
        high: Float64Array.from(input.high),
        low: Float64Array.from(input.low),
        close: Float64Array.from(input.close),
        volume: Float64Array.from(input.volume),
      });
      return { name, candles, outputs };
    });
}
