import type { Timeframe } from '../../src/market/timeframe.js';
import { timeframeMs } from '../../src/market/timeframe.js';
import type { StreamDialect, StreamRequest, StreamTopic } from './stream-dialect.js';

/** Binance's websocket for USD-margined perpetuals: candles alone. */
export function binanceUsdmStreams(): StreamDialect {
  return {
    snapshotRows: 1,
    read(text): StreamRequest {
      const { params, id } = JSON.parse(text) as { params: string[]; id: number };
      return {
        kind: 'subscribe',
        topics: params.map(topicOf),
        answers: [{ result: null, id }],
      };
    },
    candles(topic, rows) {
      const timeframe = topic.kind === 'candles' ? topic.timeframe : '1m';
      return rows.map(({ time, open, high, low, close, volume }, i) => ({
        e: 'kline',
        E: time,
        s: topic.id,
        k: {
          ...{ t: time, T: time + timeframeMs(timeframe) - 1, s: topic.id, i: timeframe },
          ...{ o: String(open), h: String(high), l: String(low), c: String(close) },
          ...{ v: String(volume), q: String(volume * close), x: i < rows.length - 1 },
        },
      }));
    },
    book() {
      throw new Error('the stand-in streams no books of Binance');
    },
  };
}

function topicOf(stream: string): StreamTopic {
  const [, id, timeframe] = /^(\w+)@kline_(\w+)$/.exec(stream) ?? [];
  if (id === undefined) throw new Error(`the stand-in has no stream ${stream}`);
  return { kind: 'candles', id: id.toUpperCase(), timeframe: timeframe as Timeframe };
}
