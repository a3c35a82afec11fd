import type { Candle } from '../../src/market/candle-series.js';
import type { OrderBook } from '../../src/market/order-book.js';
import type { Timeframe } from '../../src/market/timeframe.js';
import type { StreamDialect, StreamRequest, StreamTopic } from './stream-dialect.js';

interface Argument {
  readonly instType: string;
  readonly channel: string;
  readonly instId: string;
}

/** Bitget's v2 public websocket. A subscription to candles begins with a thousand of them, as recordings of the exchange show. */
export function bitgetStreams(): StreamDialect {
  return {
    snapshotRows: 1_000,
    read(text): StreamRequest {
      if (text === 'ping') return { kind: 'ping', answer: 'pong' };
      const { op, args } = JSON.parse(text) as { op: string; args: Argument[] };
      if (op !== 'subscribe') throw new Error(`the stand-in knows no ${op}`);
      return {
        kind: 'subscribe',
        topics: args.map(topicOf),
        answers: args.map((arg) => ({ event: 'subscribe', arg })),
      };
    },
    refusal(answer, refused) {
      const { arg } = answer as { arg: Argument };
      if (!refused.has(arg.instId)) return undefined;
      const { instType, channel, instId } = arg;
      const msg = `instType:${instType},channel:${channel},instId:${instId} doesn't exist`;
      return { event: 'error', arg, code: 30001, msg };
    },
    candles(topic, rows, isFirst) {
      const data = rows.map(candleRow);
      // All at once to begin with, and then each by itself.
      const parts = isFirst ? [data] : data.map((row) => [row]);
      const action = isFirst ? 'snapshot' : 'update';
      return parts.map((part) => ({ action, arg: argumentOf(topic), data: part }));
    },
    book(topic, book) {
      const data = [{ asks: levels(book.asks), bids: levels(book.bids), ts: String(book.time) }];
      return { action: 'snapshot', arg: argumentOf(topic), data, ts: book.time };
    },
  };
}

function topicOf({ channel, instId: id }: Argument): StreamTopic {
  if (channel.startsWith('candle')) {
    const timeframe = channel.slice('candle'.length).toLowerCase() as Timeframe;
    return { kind: 'candles', id, timeframe };
  }
  const levels = /^books(\d+)$/.exec(channel)?.[1];
  if (levels === undefined) throw new Error(`the stand-in has no channel ${channel}`);
  return { kind: 'book', id, levels: Number(levels) };
}

function argumentOf(topic: StreamTopic): Argument {
  const channel =
    topic.kind === 'book'
      ? `books${topic.levels}`
      : `candle${topic.timeframe.replace(/[hd]$/, (unit) => unit.toUpperCase())}`;
  return { instType: 'USDT-FUTURES', channel, instId: topic.id };
}

function candleRow({ time, open, high, low, close, volume }: Candle): string[] {
  return [time, open, high, low, close, volume, volume * close, volume * close].map(String);
}

function levels({ price, amount }: OrderBook['bids']): string[][] {
  return Array.from(price, (at, i) => [String(at), String(amount[i])]);
}
