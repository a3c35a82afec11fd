import { CandleSeries } from '../../market/candle-series.js';

/** More decimals than this no exchange gives an amount. */
const MOST_DECIMALS = 12;

/**
 * Folded candles with the volumes that an exchange would give: it adds decimal numbers, which leaves no rounding error, where a
 * sum of doubles leaves one in the last place. Volumes that are not decimal stay as they are.
 *
 * @param parts - The candles that were folded.
 */
export function withExactVolumes(folded: CandleSeries, parts: CandleSeries): CandleSeries {
  const unit = unitOf(parts.volume);
  if (unit === undefined) return folded;
  const volume = folded.volume.map((sum) => Math.round(sum * unit) / unit);
  const { time, open, high, low, close } = folded;
  return CandleSeries.fromColumns({ time, open, high, low, close, volume });
}

/** How many of the smallest step that all volumes are multiples of make 1: a power of ten. */
function unitOf(volumes: Float64Array): number | undefined {
  for (let decimals = 0; decimals <= MOST_DECIMALS; decimals++) {
    const unit = 10 ** decimals;
    if (volumes.every((volume) => isMultiple(volume, unit))) return unit;
  }
  return undefined;
}

function isMultiple(volume: number, unit: number): boolean {
  const steps = Math.round(volume * unit);
  return steps <= Number.MAX_SAFE_INTEGER && steps / unit === volume;
}
