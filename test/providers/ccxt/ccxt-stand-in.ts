import ccxt from 'ccxt';
import { LocalRateBudget } from '../../../src/parallel/rate-budget.js';
import { systemTimers } from '../../../src/parallel/system-timers.js';
import type { DataProvider } from '../../../src/ports/data-provider.js';
import { ccxtProvider } from '../../../src/providers/ccxt/ccxt-provider.js';
import type { CcxtProviderOptions } from '../../../src/providers/ccxt/provider-options.js';
import { StandInExchange, type StandInOptions } from '../../stand-in-exchange/stand-in-exchange.js';

/** A real ccxt client, the provider over it, and the stand-in they speak to. */
export interface Connected extends AsyncDisposable {
  readonly standIn: StandInExchange;
  readonly exchange:
    | InstanceType<typeof ccxt.pro.bitget>
    | InstanceType<typeof ccxt.pro.binanceusdm>;
  readonly provider: DataProvider;
}

/** What a connection may have otherwise than usual. */
export interface ConnectOptions extends StandInOptions {
  readonly settings?: object;
  readonly provider?: CcxtProviderOptions;
}

export const NOW: number = Date.UTC(2024, 5, 1);

/** Starts a stand-in and points ccxt at it. For both time passes as `timers` have it, from {@link NOW} on unless told otherwise. */
export async function connect(options: ConnectOptions): Promise<Connected> {
  const { timers = systemTimers } = options;
  const begun = timers.elapsed();
  const now = options.now ?? (() => NOW + Math.floor(timers.elapsed() - begun));
  const standIn = await StandInExchange.start({ ...options, now });
  const { exchange: id, settings } = options;
  const types = id === 'bitget' ? ['swap'] : ['linear'];
  const exchange = new ccxt.pro[id]({ options: { fetchMarkets: { types } }, ...settings });
  exchange.milliseconds = now;
  const provider = ccxtProvider(exchange, {
    marketTypes: ['swap'],
    baseUrl: standIn.baseUrl,
    ...(options.timers && { timers: options.timers }),
    budget: new LocalRateBudget(options.timers),
    clock: now,
    random: () => 0,
    ...options.provider,
  });
  return {
    standIn,
    exchange,
    provider,
    async [Symbol.asyncDispose]() {
      await provider.close?.();
      await standIn[Symbol.asyncDispose]();
    },
  };
}
