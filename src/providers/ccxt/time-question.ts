import { quote, ScannerError } from '../../errors.js';
import { type CcxtLike, internalsOf, isCapable } from './exchange.js';
import type { Gateway } from './gateway.js';
import type { TimeQuestion } from './server-clock.js';

/** No exchange is older, and none of today's will tell a later time: the first block of Bitcoin, and the year 2100. */
const EARLIEST = Date.UTC(2009, 0, 3);
const LATEST = Date.UTC(2100, 0);

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
        if (isTime(time)) return time;
        throw new ScannerError(
          'bad_data',
          `the exchange's time must be whole epoch milliseconds of this century, was ${quote(time)}`,
        );
      },
    });
}

function isTime(time: unknown): time is number {
  return Number.isSafeInteger(time) && Number(time) >= EARLIEST && Number(time) < LATEST;
}
