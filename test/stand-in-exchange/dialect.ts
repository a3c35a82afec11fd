/** The parameters of a request. */
export type Query = URLSearchParams;

/** What is sent back. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One limit that a request draws on. */
export interface DrawnLimit {
  readonly name: string;
  readonly weight: number;
  readonly limit: number;
  readonly perMs: number;
}

/** How one exchange speaks over HTTP. */
export interface Dialect {
  readonly routes: ReadonlyMap<string, (query: Query) => Promise<Answer>>;
  limits(path: string, query: Query): readonly DrawnLimit[];
  tooMany(): Answer;
  notFound(path: string): Answer;
  /** The keys that lead from an answer's body to its list; none where the body is the list. */
  readonly listAt: readonly string[];
}

/** How many decimal places a step has. */
export function decimals(step: number): number {
  const [mantissa, exponent = '0'] = step.toExponential().split('e');
  return Math.max(0, (mantissa.split('.')[1]?.length ?? 0) - Number(exponent));
}
