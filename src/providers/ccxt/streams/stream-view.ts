import { ScannerError } from '../../../errors.js';
import type { CcxtLike } from '../exchange.js';

/** What a connection of ccxt's has besides what it sends. */
interface CcxtSocket {
  close?: () => unknown;
  readonly connection?: { terminate?: () => void };
}

/** As much of ccxt's streaming half as the provider uses. */
export interface StreamView extends CcxtLike {
  clients: Readonly<Record<string, CcxtSocket>>;
  /** Newest rows by symbol and timeframe, oldest first. */
  ohlcvs: Readonly<Record<string, Readonly<Record<string, readonly unknown[]>> | undefined>>;
  orderbooks: Readonly<Record<string, unknown>>;
  enableRateLimit?: boolean;
  /** Whether ccxt writes all it does to the console, as somebody asked it to. */
  readonly verbose?: boolean;
  log?: (...said: unknown[]) => void;
  /** ccxt's connection to an address, made where there is none. */
  client?: (url: string) => unknown;
  handleMessage?: (client: unknown, message: unknown) => void;
  onError?: (client: unknown, error: unknown) => void;
  onClose?: (client: unknown, event: unknown) => void;
  deepExtend: (...objects: object[]) => object;
  loadHttpProxyAgent?: () => Promise<unknown>;
  market: (symbol: string) => { readonly id?: unknown };
  getInstType?: (method: string, market: unknown, uta: boolean, params: object) => unknown[];
  watchPublicMultiple?: (uta: boolean, hashes: string[], args: object[]) => Promise<unknown>;
  watchOHLCV?: (symbol: string, timeframe: string) => Promise<unknown>;
  watchOHLCVForSymbols?: (pairs: string[][]) => Promise<unknown>;
  watchOrderBookForSymbols?: (symbols: string[], limit: number) => Promise<unknown>;
}

/** Who hears of what happens on the connections of a view. */
export interface ViewListener {
  /** Something came, and what it said is in the view's caches. */
  heard(): void;
  /** A connection is gone. */
  dropped(reason: unknown): void;
  /** @returns Whether a message refuses one channel; ccxt would take it for the failure of all. */
  refused(message: unknown): boolean;
}

/** What ccxt writes beside a message that is no JSON. */
const UNREADABLE = 'onMessage JSON.parse';

/**
 * An exchange seen with connections and caches of its own. ccxt puts all channels of an exchange object on one connection, and
 * merges what comes after a reconnect into what it knew before; a view is thrown away instead. Everything else, such as
 * markets, proxies and agents, is the exchange's.
 *
 * @param keptRows - Rows of candles that are kept of each series, the newest.
 */
export function openView(exchange: CcxtLike, keptRows: number, listener: ViewListener): StreamView {
  const parent = exchange as StreamView;
  const { handleMessage, onError, onClose, log } = parent;
  const view: StreamView = Object.create(exchange);
  Object.assign(view, {
    ...{ clients: {}, ohlcvs: {}, orderbooks: {}, tickers: {}, trades: {} },
    options: parent.deepExtend(exchange.options, {
      OHLCVLimit: keptRows,
      ws: { backoff: { base: 0 } },
    }),
    // Messages are paced by the line that sends them.
    enableRateLimit: false,
    // ccxt writes to the console, and to nobody else, that it could not read a message. Whatever that one said is missing now.
    log(...said: unknown[]) {
      if (view.verbose === true) log?.apply(view, said);
      if (said.includes(UNREADABLE)) listener.dropped('a message was not whole');
    },
    handleMessage(client: unknown, message: unknown) {
      if (listener.refused(message)) return;
      handleMessage?.call(view, client, message);
      listener.heard();
    },
    onError(client: unknown, error: unknown) {
      onError?.call(view, client, error);
      listener.dropped(error);
    },
    onClose(client: unknown, event: unknown) {
      onClose?.call(view, client, event);
      listener.dropped(event);
    },
  });
  return view;
}

/**
 * Tears down the connections of a view without waiting for the other side, which may be gone. On some exchanges ccxt asks for a
 * token before it connects: who still waits for that finds that no connection is made any more.
 */
export function closeView(view: StreamView): void {
  view.client = () => {
    throw new ScannerError('aborted', 'the stream is closed');
  };
  for (const client of Object.values(view.clients)) {
    Promise.resolve(client.close?.()).catch(() => {});
    client.connection?.terminate?.();
  }
}
