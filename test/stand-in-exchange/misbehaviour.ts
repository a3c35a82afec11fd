import type { ServerResponse } from 'node:http';
import type { Answer, Dialect } from './dialect.js';

/** One way an exchange can go wrong, each seen in the wild. */
export type Misbehaviour =
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'body'; readonly change: (body: unknown, dialect: Dialect) => unknown }
  | { readonly kind: 'connection'; readonly end: (response: ServerResponse) => void };

/** An answer of another status; objects are sent as JSON. */
export function status(
  code: number,
  body: unknown = '',
  headers: Readonly<Record<string, string>> = {},
): Misbehaviour {
  return { kind: 'answer', answer: { status: code, body, headers } };
}

/** A page of HTML where JSON was due, with status 200: a proxy or a firewall speaks. */
export const HTML_PAGE: Misbehaviour = status(200, '<html><body>Just a moment…</body></html>');
export const EMPTY_BODY: Misbehaviour = status(200, '');
export const GARBAGE: Misbehaviour = status(200, '{"code":"00000","data":[[17');

/** The list is empty. */
export const EMPTY_LIST: Misbehaviour = onList(() => []);
/** `null` where the data was due. */
export const NULL_DATA: Misbehaviour = {
  kind: 'body',
  change: (body, { listAt }) => replaceAt(body, listAt, () => null),
};
/** The newest row has no values. */
export const ROW_WITHOUT_VALUES: Misbehaviour = onList((rows) => [...rows.slice(0, -1), []]);
/** Each row twice. */
export const DUPLICATES: Misbehaviour = onList((rows) => rows.flatMap((row) => [row, row]));
/** Newest first. */
export const NEWEST_FIRST: Misbehaviour = onList((rows) => rows.toReversed());
/** The newest row but one is there twice, with another volume. */
export const CONFLICT: Misbehaviour = onList((rows) => {
  const row = rows.at(-2) as unknown[];
  return [...rows.slice(0, -1), withNumber(row, 5, Number(row[5]) + 7), ...rows.slice(-1)];
});
/** A row opens between two candles. */
export const OFF_GRID: Misbehaviour = onList((rows) =>
  rows.map((row, i) => (i === 1 ? withNumber(row, 0, Number((row as unknown[])[0]) + 1_234) : row)),
);
/** The price of a row is no number. */
export const NO_PRICE: Misbehaviour = onList((rows) =>
  rows.map((row, i) => (i === 1 ? (row as unknown[]).with(4, 'NaN') : row)),
);
/** A row's low lies above its high. */
export const LOW_ABOVE_HIGH: Misbehaviour = onList((rows) =>
  rows.map((row, i) => (i === 1 ? (row as unknown[]).with(3, '1e9') : row)),
);
/** A candle of tomorrow. */
export const FROM_THE_FUTURE: Misbehaviour = onList((rows) => {
  const last = rows.at(-1) as unknown[];
  return [...rows, withNumber(last, 0, Number(last[0]) + 86_400_000)];
});

/** Bids above asks, as a book merged wrongly has them. */
export const CROSSED_BOOK: Misbehaviour = {
  kind: 'body',
  change: (body, { listAt }) =>
    replaceAt(body, listAt, (book) => {
      const { bids, asks, ...rest } = book as { bids: unknown[]; asks: unknown[] };
      return { ...rest, bids: asks, asks: bids };
    }),
};

/** The connection is accepted and nothing is ever said. */
export const HUNG: Misbehaviour = { kind: 'connection', end: () => {} };
/** The headers come, and the body never ends. */
export const STALLED_BODY: Misbehaviour = {
  kind: 'connection',
  end(response) {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write('{"code":"00000","data":[');
  },
};
/** The connection is torn down without an answer. */
export const RESET: Misbehaviour = {
  kind: 'connection',
  end(response) {
    response.socket?.resetAndDestroy();
  },
};

function onList(change: (rows: readonly unknown[]) => unknown): Misbehaviour {
  return {
    kind: 'body',
    change: (body, { listAt }) =>
      replaceAt(body, listAt, (rows) => (Array.isArray(rows) ? change(rows) : rows)),
  };
}

function replaceAt(
  body: unknown,
  path: readonly string[],
  change: (value: unknown) => unknown,
): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return change(body);
  const object = body as Record<string, unknown>;
  return { ...object, [key]: replaceAt(object[key], rest, change) };
}

function withNumber(row: unknown, index: number, value: number): unknown[] {
  const cells = row as unknown[];
  return cells.with(index, typeof cells[index] === 'string' ? String(value) : value);
}
