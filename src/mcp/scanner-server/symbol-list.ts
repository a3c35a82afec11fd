import { z } from 'zod';
import type { KeptScan } from './scan-shelf.js';
import { plain } from './scan-view.js';

/** Where the symbols of a scan ended up, as an assistant is shown it. */
export interface SymbolListView {
  readonly as_of: number;
  readonly total: number;
  readonly symbols: readonly {
    readonly symbol: string;
    readonly place: 'signal' | 'rejected' | 'failed';
    /** The rule that keeps it from being a signal, or why it failed. */
    readonly why?: string;
  }[];
  readonly next_offset?: number;
}

/** Which symbols are listed. */
export interface SymbolFilter {
  readonly contains?: string | undefined;
  readonly limit: number;
  readonly offset: number;
}

/** A page of the symbols of a scan: signals by rank, then what was rejected, then what failed. */
export function symbolList(
  { report }: KeptScan,
  { contains = '', limit, offset }: SymbolFilter,
): SymbolListView {
  const all: SymbolListView['symbols'] = [
    ...report.signals.map(({ symbol }) => ({ symbol, place: 'signal' as const })),
    ...report.rejections.map(({ symbol, rule }) => ({
      ...{ symbol, place: 'rejected' as const, why: rule },
    })),
    ...report.failures.map(({ symbol, error }) => ({
      ...{ symbol, place: 'failed' as const, why: error.code },
    })),
  ];
  const wanted = all.filter(({ symbol }) => symbol.toUpperCase().includes(contains.toUpperCase()));
  const end = offset + limit;
  return {
    as_of: report.asOf,
    total: wanted.length,
    symbols: wanted.slice(offset, end).map((each) => ({ ...each, symbol: plain(each.symbol) })),
    ...(end < wanted.length && { next_offset: end }),
  };
}

/** The schema of {@link SymbolListView}. */
export const symbolListSchema: z.ZodType = z.object({
  as_of: z.int(),
  total: z.int(),
  symbols: z.array(z.object({ symbol: z.string(), place: z.string(), why: z.string().optional() })),
  next_offset: z.int().optional(),
});
