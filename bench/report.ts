/** One line of a result: a name, numbers, and words. */
export type Row = Readonly<Record<string, number | string>> & { readonly name: string };

/** What one bench found. `ratio` of a row is how many times our time it took; only ratios carry over to other machines. */
export interface Result {
  readonly title: string;
  readonly notes: readonly string[];
  readonly rows: readonly Row[];
}

/** Hands a result to the process that runs the benches. */
export function report(result: Result): void {
  console.log(JSON.stringify(result));
}

/** A cell of a table. */
export function show(value: number | string | undefined): string {
  if (typeof value !== 'number') return value ?? '-';
  if (Number.isInteger(value)) return String(value);
  return Math.abs(value) < 1000 ? value.toPrecision(3) : String(Math.round(value));
}
