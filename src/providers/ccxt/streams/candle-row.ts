/** The close of a candle, in a row as ccxt keeps it: time, open, high, low, close, volume. */
export function closeOf(row: readonly unknown[]): unknown {
  return row[4];
}

/** Whether a row says what another one says. */
export function isSameRow(row: unknown, other: readonly unknown[]): boolean {
  return (
    Array.isArray(row) && row.length === other.length && row.every((value, i) => value === other[i])
  );
}

/** The newest of some rows: ccxt puts a candle that it did not know behind the others, be it older than they are. */
export function newestOf(rows: readonly unknown[]): unknown {
  return rows.reduce(
    (newest, row) => ((timeOf(newest) ?? 0) > (timeOf(row) ?? 0) ? newest : row),
    undefined,
  );
}

/** The row of a candle that opened at a moment. */
export function rowAt(rows: readonly unknown[], time: number): readonly unknown[] | undefined {
  return rows.find((row): row is readonly unknown[] => timeOf(row) === time);
}

/** When the candle of a row opened; `undefined` for what is none. */
export function timeOf(row: unknown): number | undefined {
  const time: unknown = Array.isArray(row) ? row[0] : undefined;
  return Number.isSafeInteger(time) ? (time as number) : undefined;
}
