import { quote, ScannerError } from '../../errors.js';
import { type CcxtLike, internalsOf, isCapable } from './exchange.js';
import type { Gateway } from './gateway.js';
import type { TimeQuestion } from './server-clock.js';

/** How an exchange is asked for its time; `undefined` where it does not tell. */
export function timeQuestionOf(exchange: CcxtLike, gateway: Gateway): TimeQuestion | undefined {
  if (!isCapable(exchange, 'fetchTime')) return undefined;
  return (options) =>
    gateway.call({
      endpoint: 'time',
      priority: 'urgent',
      options,
      ask: async () => {
        const time = await internalsOf(exchange).fetchTime?.();
        if (Number.isSafeInteger(time)) return time as number;
        throw new ScannerError(
          'bad_data',
          `the exchange's time must be whole epoch milliseconds, was ${quote(time)}`,
        );
      },
    });
}
