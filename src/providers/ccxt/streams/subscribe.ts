import { ScannerError } from '../../../errors.js';
import { type CcxtLike, isCapable } from '../exchange.js';
import { type Channel, STREAMED_LEVELS } from './channel.js';
import type { StreamView } from './stream-view.js';

/** Whether an exchange streams candles at all. */
export function streamsCandles(exchange: CcxtLike): boolean {
  return (
    isCapable(exchange, 'watchOHLCV') && 'watchOHLCV' in exchange && 'handleMessage' in exchange
  );
}

/**
 * Whether an exchange streams books that are whole with every push. Elsewhere a book is kept by merging changes, and after a
 * reconnect ccxt merges the new book into the old one.
 */
export function streamsBooks(exchange: CcxtLike): boolean {
  return exchange.id === 'bitget' && streamsCandles(exchange);
}

/** Whether a subscription to candles begins with many of them, as recordings of Bitget show: a thousand. */
export function streamsHistory(exchange: CcxtLike): boolean {
  return exchange.id === 'bitget' && streamsCandles(exchange);
}

/** Whether an exchange lists the market of a channel, as far as is known. */
export function isListed({ markets }: CcxtLike, { symbol }: Pick<Channel, 'symbol'>): boolean {
  return markets === undefined || symbol in markets;
}

/** Subscribes channels, with one message for all candles and one for all books where the exchange takes that. */
export async function subscribe(view: StreamView, channels: readonly Channel[]): Promise<void> {
  await useAgent(view);
  const series = channels.flatMap(({ topic, symbol }) =>
    topic.kind === 'candles' ? [{ symbol, timeframe: topic.timeframe }] : [],
  );
  const books = channels.filter(({ topic }) => topic.kind === 'book').map(({ symbol }) => symbol);
  await Promise.all([
    ...(series.length === 0 ? [] : subscribeCandles(view, series)),
    ...(books.length === 0 ? [] : [view.watchOrderBookForSymbols?.(books, STREAMED_LEVELS)]),
  ]);
}

/** What Bitget says of a channel that it does not stream. */
interface Refusal {
  readonly event: 'error';
  readonly arg: {
    readonly instType?: unknown;
    readonly channel?: unknown;
    readonly instId?: unknown;
  };
}

/** Whether a message refuses a channel by name. */
export function isRefusal(view: StreamView, { topic, symbol }: Channel, message: unknown): boolean {
  if (!isRefusing(message) || !isListed(view, { symbol })) return false;
  // A market of spot and one of contracts may have the same name there.
  const { instType, instId } = instrumentOf(view, symbol);
  if (message.arg.instId !== instId || message.arg.instType !== instType) return false;
  const channel = String(message.arg.channel);
  return topic.kind === 'book'
    ? channel.startsWith('books')
    : channel === candleChannel(view, topic.timeframe);
}

function isRefusing(message: unknown): message is Refusal {
  const { event, arg } = (message ?? {}) as { event?: unknown; arg?: unknown };
  return event === 'error' && typeof arg === 'object' && arg !== null;
}

interface Series {
  readonly symbol: string;
  readonly timeframe: string;
}

function subscribeCandles(
  view: StreamView,
  series: readonly Series[],
): (Promise<unknown> | undefined)[] {
  if (view.id === 'bitget') return [subscribeBitgetCandles(view, series)];
  if (isCapable(view, 'watchOHLCVForSymbols')) {
    return [
      view.watchOHLCVForSymbols?.(series.map(({ symbol, timeframe }) => [symbol, timeframe])),
    ];
  }
  return series.map(({ symbol, timeframe }) => view.watchOHLCV?.(symbol, timeframe));
}

/** ccxt would send a message for each series, and Bitget takes ten a second. */
function subscribeBitgetCandles(
  view: StreamView,
  series: readonly Series[],
): Promise<unknown> | undefined {
  if ((view.options as { uta?: unknown }).uta === true) {
    throw new ScannerError(
      'unsupported',
      'candles of a unified account of bitget are not streamed',
    );
  }
  const args = series.map(({ symbol, timeframe }) => ({
    ...instrumentOf(view, symbol),
    channel: candleChannel(view, timeframe),
  }));
  const hashes = series.map(({ symbol, timeframe }) => `candles:${timeframe}:${symbol}`);
  return view.watchPublicMultiple?.(false, hashes, args);
}

/** What Bitget calls a market. */
function instrumentOf(view: StreamView, symbol: string): { instType: unknown; instId: unknown } {
  const market = view.market(symbol);
  const [instType] = view.getInstType?.('watchOHLCV', market, false, {}) ?? [];
  return { instType, instId: market.id };
}

function candleChannel(view: StreamView, timeframe: string): string {
  const { timeframes = {} } = view.options as { timeframes?: Readonly<Record<string, string>> };
  return `candle${timeframes[timeframe] ?? timeframe}`;
}

/** ccxt refuses an unencrypted connection, such as one to a proxy on this machine, unless its agent is loaded. */
async function useAgent(view: StreamView): Promise<void> {
  if (JSON.stringify(view.urls).includes('"ws://')) await view.loadHttpProxyAgent?.();
}

/** A name for a channel: equal names are the same stream. */
export function channelName({ topic, symbol }: Pick<Channel, 'topic' | 'symbol'>): string {
  return topic.kind === 'candles' ? `${topic.timeframe} ${symbol}` : `book ${symbol}`;
}
