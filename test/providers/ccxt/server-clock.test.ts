import { describe, expect, it } from 'vitest';
import { ScannerError } from '../../../src/errors.js';
import { ServerClock } from '../../../src/providers/ccxt/server-clock.js';
import { status } from '../../stand-in-exchange/misbehaviour.js';
import { TurnTimers } from '../../stand-in-exchange/turn-timers.js';
import { connect, NOW } from './ccxt-stand-in.js';

const MINUTE = 60_000;

/** A machine whose clock can be set anew, and a server that is asked for its time. */
function machine({
  skewMs = 0,
  answers = [],
}: {
  skewMs?: number;
  answers?: (number | Error)[];
} = {}) {
  const timers = new TurnTimers();
  const server = (): number => NOW + timers.elapsed();
  const state = { setBy: skewMs, asked: 0 };
  const clock = new ServerClock(
    () => server() + state.setBy,
    timers,
    async () => {
      state.asked++;
      const answer = answers.shift() ?? server();
      if (answer instanceof Error) throw answer;
      return answer;
    },
  );
  return { clock, timers, server, state };
}

describe('the clock of an exchange', () => {
  it('is asked once in ten minutes, and told by the difference in between', async () => {
    const { clock, timers, server, state } = machine({ skewMs: -1_500 });
    await Promise.all([clock.synchronize(), clock.synchronize()]);
    await timers.pass(9 * MINUTE);
    await clock.synchronize();
    expect(clock.now()).toBe(server());
    expect(state.asked).toBe(1);
    await timers.pass(MINUTE);
    await clock.synchronize();
    expect(state.asked).toBe(2);
  });

  it.each([90_000, -90_000, 3_600_000, -2_000])(
    'is not moved when the clock of this machine is set by %i ms',
    async (setBy) => {
      const { clock, timers, server, state } = machine();
      await clock.synchronize();
      await timers.pass(MINUTE);
      state.setBy = setBy;
      expect(clock.now()).toBe(server());
      await clock.synchronize();
      expect(state.asked).toBe(2);
      expect(clock.now()).toBe(server());
      await timers.pass(MINUTE);
      await clock.synchronize();
      expect(state.asked).toBe(2);
    },
  );

  it('is not what one answer says that nobody expected', async () => {
    for (const told of [0, 1, NOW + 45_000, NOW + 86_400_000, 9_999_999_999_999]) {
      const { clock, server, state } = machine({ answers: [told] });
      await clock.synchronize();
      expect(clock.now()).toBe(server());
      expect(state.asked).toBe(2);
    }
  });

  it('is believed over a machine whose clock is wrong, when it says the same twice', async () => {
    const { clock, server, state } = machine({ skewMs: 86_400_000 });
    await clock.synchronize();
    expect(clock.now()).toBe(server());
    expect(state.asked).toBe(2);
  });

  it('that tells two times is no clock; one that was right before goes on', async () => {
    const nonsense = [1, NOW + 86_400_000];
    await expect(machine({ answers: [...nonsense] }).clock.synchronize()).rejects.toMatchObject({
      code: 'bad_data',
      message: expect.stringContaining('told 1 and then'),
    });
    const lost = new ScannerError('network', 'lost');
    for (const answers of [nonsense, [lost]]) {
      const { clock, timers, server } = machine({ answers: [NOW, ...answers] });
      await clock.synchronize();
      await timers.pass(10 * MINUTE);
      await clock.synchronize();
      expect(clock.now()).toBe(server());
    }
  });
});

it.each(['1', '0', '9999999999999', `${NOW + 86_400_000}`])(
  'no forming candle is taken for a closed one when an exchange once tells %s',
  async (serverTime) => {
    await using connected = await connect({
      exchange: 'bitget',
      symbols: 1,
      now: () => NOW + 30_000,
    });
    const answer = { code: '00000', msg: 'success', requestTime: 1, data: { serverTime } };
    connected.standIn.misbehave('/public/time', status(200, answer), 1);
    const [{ symbol }] = await connected.provider.fetchMarkets();
    const candles = await connected.provider.fetchCandles(symbol, '1m', 3);
    expect(candles.at(-1)?.time).toBe(NOW - MINUTE);
  },
);
