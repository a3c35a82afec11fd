import { CandleSeries } from '../dist/index.js';

/** Five hundred series, as a scan of a hundred symbols over five timeframes reads them. */
export const SERIES = 500;
export const CANDLES = 500;

/** Candles as columns of plain numbers and as objects, for peers that want them so; built outside every clock. */
export interface Workload {
  readonly candles: CandleSeries;
  readonly open: number[];
  readonly high: number[];
  readonly low: number[];
  readonly close: number[];
  readonly volume: number[];
  readonly rows: { open: number; high: number; low: number; close: number; volume: number }[];
}

/** Deterministic walks on decimal ticks, from 1e-4 to 6e4. */
export function workload(): Workload[] {
  const random = mulberry32(20_261_101);
  return Array.from({ length: SERIES }, (_, s) => {
    const decimals = s % 7;
    const tick = 10 ** -decimals;
    const start = 10 ** (4.8 - decimals) * (0.5 + random());
    return series(random, start, tick, decimals);
  });
}

function series(random: () => number, start: number, tick: number, decimals: number): Workload {
  let close = start;
  const price = (value: number): number =>
    Number((Math.max(1, Math.round(value / tick)) * tick).toFixed(decimals));
  const rows = Array.from({ length: CANDLES }, () => {
    const open = price(close);
    close = price(close * (1 + (random() - 0.5) * 0.01));
    const high = price(Math.max(open, close) * (1 + random() * 0.003));
    const low = price(Math.min(open, close) * (1 - random() * 0.003));
    const volume = Number((1000 * random() ** 3).toFixed(3));
    return {
      open,
      high: Math.max(high, open, close),
      low: Math.min(low, open, close),
      close,
      volume,
    };
  });
  const candles = CandleSeries.from(rows.map((row, i) => ({ time: i * 60_000, ...row })));
  const column = (field: 'open' | 'high' | 'low' | 'close' | 'volume'): number[] =>
    rows.map((row) => row[field]);
  return {
    candles,
    rows,
    open: column('open'),
    high: column('high'),
    low: column('low'),
    close: column('close'),
    volume: column('volume'),
  };
}

function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
