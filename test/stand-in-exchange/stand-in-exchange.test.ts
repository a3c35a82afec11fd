import { describe, expect, test } from 'vitest';
import { EMPTY_LIST, HTML_PAGE, NEWEST_FIRST, RESET } from './misbehaviour.js';
import { StandInExchange } from './stand-in-exchange.js';

const CANDLES = '/api/v2/mix/market/candles?symbol=BTCUSDT&granularity=5m&limit=3';
const NOW = Date.UTC(2024, 5, 1, 0, 7, 30);

function start(exchange: 'bitget' | 'binanceusdm' = 'bitget'): Promise<StandInExchange> {
  return StandInExchange.start({ exchange, symbols: 2, now: () => NOW });
}

async function get(standIn: StandInExchange, path: string): Promise<unknown> {
  return (await fetch(`${standIn.baseUrl}${path}`)).json();
}

describe('the stand-in exchange', () => {
  test('ends a list of candles with the one that is still forming', async () => {
    await using standIn = await start();
    const { data } = (await get(standIn, CANDLES)) as { data: string[][] };
    const minutes = data.map(([time]) => (NOW - Number(time)) / 60_000);
    expect(minutes).toEqual([12.5, 7.5, 2.5]);
  });

  test('gives history from a start on, as Binance does', async () => {
    await using standIn = await start('binanceusdm');
    const since = NOW - 3_600_000 * 5;
    const path = `/fapi/v1/klines?symbol=BTCUSDT&interval=1h&limit=2&startTime=${since}`;
    const rows = (await get(standIn, path)) as number[][];
    expect(rows.map(([time]) => time)).toEqual([
      Date.UTC(2024, 4, 31, 20),
      Date.UTC(2024, 4, 31, 21),
    ]);
  });

  test('refuses the 21st request of a second to one endpoint, and remembers', async () => {
    await using standIn = await start();
    const answers = await Promise.all(
      Array.from({ length: 21 }, () => fetch(`${standIn.baseUrl}/api/v2/public/time`)),
    );
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(1);
    expect(standIn.worstWindow).toBe(21 / 20);
    expect(standIn.count('public/time')).toBe(21);
  });

  test('weighs requests as Binance does', async () => {
    await using standIn = await start('binanceusdm');
    await get(standIn, '/fapi/v1/klines?symbol=BTCUSDT&interval=1m&limit=499');
    await get(standIn, '/fapi/v1/ticker/24hr');
    expect(standIn.worstWindow).toBeCloseTo(42 / 2_400, 12);
  });

  test('misbehaves as often as it is told to', async () => {
    await using standIn = await start();
    standIn.misbehave('candles', HTML_PAGE, 1);
    standIn.misbehave('candles', EMPTY_LIST, 1);
    standIn.misbehave('candles', NEWEST_FIRST, 1);
    standIn.misbehave('candles', RESET, 1);
    expect(await (await fetch(standIn.baseUrl + CANDLES)).text()).toContain('<html>');
    expect(await get(standIn, CANDLES)).toMatchObject({ code: '00000', data: [] });
    const { data } = (await get(standIn, CANDLES)) as { data: string[][] };
    expect(Number(data[0][0])).toBeGreaterThan(Number(data[1][0]));
    await expect(fetch(standIn.baseUrl + CANDLES)).rejects.toThrow();
    expect(await get(standIn, CANDLES)).toMatchObject({ code: '00000' });
  });
});
