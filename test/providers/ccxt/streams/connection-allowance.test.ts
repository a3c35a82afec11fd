import { describe, expect, it } from 'vitest';
import {
  ConnectionAllowance,
  connectionAllowance,
} from '../../../../src/providers/ccxt/streams/connection-allowance.js';
import { VirtualTimers } from '../../../parallel/virtual-timers.js';
import { TurnTimers } from '../../../stand-in-exchange/turn-timers.js';
import { connect } from '../ccxt-stand-in.js';

const LIMIT_OPEN = 100;
const LIMIT_OPENED = 300;
const MINUTE = 60_000;

describe('the connections to an exchange', () => {
  it('are one count for all who reach it by the same name', () => {
    const timers = new VirtualTimers();
    let held = 0;
    while (connectionAllowance(timers, 'bitget').hold()) held++;
    expect(held).toBeGreaterThan(LIMIT_OPEN / 2);
    expect(held).toBeLessThan(LIMIT_OPEN);
    expect(connectionAllowance(timers, 'bitget').hold()).toBe(false);
    expect(connectionAllowance(timers, 'okx').hold()).toBe(true);
    connectionAllowance(timers, 'bitget').release();
    expect(connectionAllowance(timers, 'bitget').hold()).toBe(true);
  });

  it('are opened no faster than the exchange bears, whatever breaks', async () => {
    const timers = new VirtualTimers();
    const allowance = new ConnectionAllowance(timers);
    const opened: number[] = [];
    for (let line = 0; line < 80; line++) {
      const open = (): void => {
        const waitMs = allowance.open();
        if (waitMs === 0) opened.push(timers.elapsed());
        // It breaks at once, and is tried again a few seconds later.
        timers.after(waitMs > 0 ? waitMs : 4_000, open);
      };
      open();
    }
    await timers.advance(20 * MINUTE);
    const within = opened.map((at) =>
      opened.filter((other) => other >= at && other < at + 5 * MINUTE),
    );
    expect(Math.max(...within.map(({ length }) => length))).toBeLessThan(LIMIT_OPENED);
    expect(opened.length).toBeGreaterThan(3 * 200);
  });

  it('are not taken from where none is left: candles are asked for', async () => {
    const timers = new TurnTimers(5);
    await using connected = await connect({ exchange: 'bitget', symbols: 2, timers });
    const { provider, standIn } = connected;
    const allowance = connectionAllowance(timers, `bitget@${standIn.baseUrl}`);
    while (allowance.hold());
    const [{ symbol }] = await provider.fetchMarkets();
    const watching = provider.watchCandles?.(symbol, '1m')[Symbol.asyncIterator]().next();
    await expect(watching).rejects.toMatchObject({
      code: 'rate_limit',
      message: 'all connections to bitget carry streams',
    });
    expect(standIn.streams.connections).toEqual([]);
    expect((await provider.fetchCandles(symbol, '1m', 5)).length).toBe(5);
  });
});
